/** The product from outside: its processes, its images, a Tango database and PyTango as the client. */
@NullMarked
package org.bcdi.deploy;

import org.jspecify.annotations.NullMarked;
