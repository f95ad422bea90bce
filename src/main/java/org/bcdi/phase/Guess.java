package org.bcdi.phase;

import org.bcdi.volume.ComplexVolume;

/** What a solver starts from: an object with its origin at index 0, and where it may be. */
record Guess(ComplexVolume object, Support support) {}
