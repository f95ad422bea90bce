package org.bcdi.picture;

import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;

/**
 * A reconstructed object.
 *
 * @param recipe it was made with, for the heading
 * @param object complex, amplitude in sqrt(photons), phase in radians
 * @param support 1 inside the particle
 */
public record ObjectView(String recipe, ComplexVolume object, Mask support) {}
