package org.bcdi.sim;

import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Volume;

/**
 * A simulated rocking curve with its truth, all on one grid with the origin at N/2.
 *
 * @param rate expected photons of each voxel
 * @param counts drawn from the rate by Poisson statistics
 * @param object complex; its orthonormal transform squared is the rate (before any coherence blur), so its amplitude is
 *     in sqrt(photons); phase in radians
 */
public record SimulatedScan(Volume rate, Volume counts, ComplexVolume object) {}
