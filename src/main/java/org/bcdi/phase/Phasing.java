package org.bcdi.phase;

/** The phasing engines that are there. */
public final class Phasing {
    private Phasing() {}

    /** On the CPU, for any shape. Its memory is about 60 bytes a voxel of the phased region. */
    public static PhaseRetriever onCpu() {
        return new CpuPhaseRetriever(CpuPhaseRetriever.MOST_VOXELS);
    }
}
