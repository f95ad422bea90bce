/**
 * The commands of {@code bcdi}. Uses every room; no room uses it.
 */
@NullMarked
package org.bcdi.cli;

import org.jspecify.annotations.NullMarked;
