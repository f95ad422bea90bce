package org.bcdi.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bcdi.task.InputException;

/** Finds the positions of the scanned motor beside the frames, where BLISS and others write them. */
final class ScanPositions {
    private static final List<String> ROCKING_MOTORS = List.of("eta", "phi", "th", "omega", "mu");

    private ScanPositions() {}

    /**
     * Positions of the motor named in the scan's title, else of a motor that rocking scans use, else of the first one that
     * moved; empty when there is none.
     *
     * @param dataset path of the frames; its first part is the scan's entry
     * @param frames of the scan before it ended
     */
    static List<Double> find(Hdf5File file, String dataset, int frames) {
        String entry = dataset.substring(0, Math.max(dataset.indexOf('/', 1), 0));
        Map<String, List<Double>> moved = new LinkedHashMap<>();
        for (String group : List.of("/instrument/positioners", "/instrument_1/positioners", "/measurement")) {
            if (file.kind(entry + group) == Hdf5File.Kind.GROUP) {
                for (String name : file.children(entry + group)) {
                    column(file, entry + group + "/" + name, frames)
                            .filter(values -> !group.equals("/measurement") || ROCKING_MOTORS.contains(name))
                            .ifPresent(values -> moved.putIfAbsent(name, values));
                }
            }
        }
        if (moved.isEmpty()) {
            return List.of();
        }
        List<String> title = List.of(file.text(entry + "/title").orElse("").split("\\W+"));
        String motor = title.stream()
                .filter(moved::containsKey)
                .findFirst()
                .or(() -> ROCKING_MOTORS.stream().filter(moved::containsKey).findFirst())
                .orElseGet(() -> moved.keySet().iterator().next());
        return moved.getOrDefault(motor, List.of());
    }

    /** A column of at least so many values that are not all the same. */
    private static Optional<List<Double>> column(Hdf5File file, String path, int frames) {
        if (file.kind(path) != Hdf5File.Kind.DATASET) {
            return Optional.empty();
        }
        try (Hdf5Dataset dataset = file.dataset(path)) {
            if (dataset.rank() != 1 || !dataset.isNumeric() || dataset.size() < frames) {
                return Optional.empty();
            }
            double[] values = Arrays.copyOf(dataset.readDoubles(), frames);
            boolean moved = Arrays.stream(values).distinct().count() > 1 || frames == 1;
            return moved ? Optional.of(Arrays.stream(values).boxed().toList()) : Optional.empty();
        } catch (InputException e) {
            return Optional.empty();
        }
    }
}
