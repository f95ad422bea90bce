package org.bcdi.phase;

import org.bcdi.volume.ComplexVolume;

/** What a solver ends with: an object that is zero outside its support, lying anywhere, and the response as fitted. */
record Solution(ComplexVolume object, Support support, Response response) {}
