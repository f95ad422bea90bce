package org.bcdi.inpaint;

import org.bcdi.volume.Volume;

/**
 * A filled volume.
 *
 * @param intensity photons: measured voxels as counted, gap voxels the expected rate, finite and not negative
 * @param deviation standard deviation of the intensity in photons: of a gap voxel as the filler estimates it (NaN where
 *     the filler knows none), of a measured one 0
 * @param gapVoxels that were filled
 * @param patches run through a network, 0 for interpolation
 */
public record Inpainted(Volume intensity, Volume deviation, int gapVoxels, int patches) {}
