/**
 * The Tango class BcdiOnline, thin: commands hand on, attributes show the latest snapshot.
 */
@NullMarked
package org.bcdi.device;

import org.jspecify.annotations.NullMarked;
