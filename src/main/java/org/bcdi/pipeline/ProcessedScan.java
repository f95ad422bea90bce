package org.bcdi.pipeline;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Map;
import java.util.Optional;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.Provenance;
import org.bcdi.store.ScanResult;
import org.bcdi.volume.Volume;

/**
 * A scan with its gaps filled and, unless that was not asked for or failed, phased.
 *
 * @param result what a result file holds
 * @param provider where the network ran, {@code cuda} or {@code cpu}
 * @param phaseProvider where it was phased, {@code cuda} only if all of it ran there; empty where it was not phased
 * @param patches run through the network, 0 for interpolation
 * @param gapVoxels that were filled
 * @param timings of the work
 */
public record ProcessedScan(
        ScanResult result, String provider, String phaseProvider, int patches, int gapVoxels, Timings timings) {
    /** Intensity and its standard deviation. */
    private static final long FILLED_VOXEL = 8;

    /** Object and support. */
    private static final long PHASED_VOXEL = 9;

    public RockingCurve curve() {
        return result.curve();
    }

    /** Photons: counts where measured, the expected rate in the gaps. */
    public Volume intensity() {
        return result.intensity();
    }

    /** Standard deviation of the intensity in photons. */
    public Volume deviation() {
        return result.deviation();
    }

    /** Empty when nothing was phased. */
    public Optional<Reconstruction> reconstruction() {
        return Optional.ofNullable(result.reconstruction());
    }

    /** Memory that it takes, counts and mask included. */
    long bytes() {
        long phased = reconstruction()
                .map(object -> PHASED_VOXEL * object.object().shape().size())
                .orElse(0L);
        return Published.bytesOf(curve())
                + FILLED_VOXEL * curve().counts().shape().size()
                + phased;
    }

    /** Part of the voxels that held no data, 0 to 1. */
    public double gapFraction() {
        return (double) gapVoxels / result.curve().counts().shape().size();
    }

    /** The same, told to come from another command. */
    public ProcessedScan withCommand(String command) {
        Provenance told = result.provenance();
        return with(new Provenance(command, told.settings(), told.models(), told.metrics(), told.seed()));
    }

    /**
     * The same, with what the beamline said of the scan where an earlier result of it tells.
     *
     * @param earlier settings of that result
     */
    public ProcessedScan withScanOf(String earlier) {
        String said = History.said(earlier);
        return said.equals(ScanPlan.NONE.json()) ? this : withSettings(Map.of(History.SCAN, new RawValue(said)));
    }

    /** The same, with more written down about how it came about. */
    ProcessedScan withSettings(Map<String, ?> told) {
        Provenance known = result.provenance();
        return with(new Provenance(
                known.command(), History.with(known.settings(), told), known.models(), known.metrics(), known.seed()));
    }

    public ProcessedScan withTimings(Timings changed) {
        return new ProcessedScan(result, provider, phaseProvider, patches, gapVoxels, changed);
    }

    /** The same, phased. */
    ProcessedScan with(Reconstruction object, String where, Provenance provenance, Timings changed) {
        return new ProcessedScan(
                new ScanResult(result.curve(), result.intensity(), result.deviation(), object, provenance),
                provider,
                where,
                patches,
                gapVoxels,
                changed);
    }

    private ProcessedScan with(Provenance provenance) {
        return new ProcessedScan(
                new ScanResult(
                        result.curve(), result.intensity(), result.deviation(), result.reconstruction(), provenance),
                provider,
                phaseProvider,
                patches,
                gapVoxels,
                timings);
    }
}
