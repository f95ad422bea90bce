/** What tests share: the measured scan and Python as an outside oracle. */
@NullMarked
package org.bcdi.testing;

import org.jspecify.annotations.NullMarked;
