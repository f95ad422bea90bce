/**
 * Reads detector and mask files, writes results as CXI. The only room that knows HDF5.
 */
@NullMarked
package org.bcdi.store;

import org.jspecify.annotations.NullMarked;
