package org.bcdi.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bcdi.task.InputException;

/**
 * Finds the frames in an HDF5 file: those that are named, those where Lima, a result file or BLISS has them, or the only
 * volume there is.
 */
final class DatasetFinder {
    private static final List<Pattern> USUAL = Stream.of(
                    "/entry_\\d+/measurement/data",
                    "/entry_\\d+/[^/]+/[^/]+/data(/array)?",
                    "/entry_1/instrument_1/detector_1/data",
                    ".*\\d+\\.\\d+/measurement/[^/]+",
                    ".*\\d+\\.\\d+/.*")
            .map(Pattern::compile)
            .toList();

    private static final int DEEPEST = 12;
    private static final int MOST_LISTED = 8;

    private final Hdf5File file;
    private final Set<String> visited = new HashSet<>();
    private final Map<String, Volume> found = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();

    /** A numeric dataset of three axes. */
    private record Volume(String path, String description) {
        /** Position of the first usual place it is in. */
        int rank() {
            for (int i = 0; i < USUAL.size(); i++) {
                if (USUAL.get(i).matcher(path).matches()) {
                    return i;
                }
            }
            return USUAL.size();
        }
    }

    private DatasetFinder(Hdf5File file) {
        this.file = file;
    }

    /**
     * Path of the frames.
     *
     * @param wanted path of a dataset, or of a group to look in
     * @throws InputException when there are none or several, naming those that there are
     */
    static String find(Hdf5File file, Optional<String> wanted) {
        String path = "/" + wanted.orElse("").replaceAll("^/+|/+$", "");
        return switch (file.kind(path)) {
            case DATASET -> path;
            case GROUP -> new DatasetFinder(file).onlyVolume(path);
            case NOTHING ->
                throw new InputException(
                        "File " + file.path() + " has no dataset " + path + "; " + new DatasetFinder(file).offer());
        };
    }

    private String onlyVolume(String group) {
        walk(group, 0);
        if (found.isEmpty()) {
            throw new InputException("File " + file.path() + " has no dataset of three axes (frames, rows, columns)"
                    + (group.equals("/") ? "" : " in " + group) + lost() + ".");
        }
        int best = found.values().stream().mapToInt(Volume::rank).min().orElseThrow();
        List<Volume> choice =
                found.values().stream().filter(volume -> volume.rank() == best).toList();
        if (choice.size() > 1) {
            throw new InputException("File " + file.path() + " holds " + choice.size()
                    + " volumes; choose one by bcdi process --dataset: " + list(choice) + ".");
        }
        return choice.get(0).path();
    }

    private String offer() {
        walk("/", 0);
        return found.isEmpty()
                ? "it has no dataset of three axes" + lost() + "."
                : "choose one that it has: " + list(List.copyOf(found.values())) + ".";
    }

    /** What the links that lead nowhere may have led to. */
    private String lost() {
        return broken.isEmpty()
                ? ""
                : "; " + broken.stream().limit(MOST_LISTED).collect(Collectors.joining(", "))
                        + " cannot be found: bring the files together again";
    }

    private void walk(String group, int depth) {
        if (depth > DEEPEST || !visited.add(file.identity(group))) {
            return;
        }
        List<String> groups = new ArrayList<>();
        for (String name : file.children(group)) {
            String path = group.equals("/") ? "/" + name : group + "/" + name;
            switch (file.kind(path)) {
                case GROUP -> groups.add(path);
                case DATASET -> note(path);
                case NOTHING -> file.linkTarget(path).ifPresent(target -> broken.add(path + " -> " + target));
            }
        }
        groups.forEach(child -> walk(child, depth + 1));
    }

    private void note(String path) {
        try (Hdf5Dataset dataset = file.dataset(path)) {
            if (dataset.rank() == 3 && dataset.isNumeric()) {
                Volume volume = new Volume(path, path + " (" + describe(dataset) + ")");
                found.merge(
                        file.identity(path),
                        volume,
                        (one, other) -> Stream.of(one, other)
                                .min(Comparator.comparing(Volume::rank))
                                .orElseThrow());
            }
        }
    }

    static String describe(Hdf5Dataset dataset) {
        return Arrays.stream(dataset.shape()).mapToObj(Long::toString).collect(Collectors.joining("x")) + " "
                + dataset.typeWord();
    }

    private static String list(List<Volume> volumes) {
        String listed =
                volumes.stream().limit(MOST_LISTED).map(Volume::description).collect(Collectors.joining(", "));
        return volumes.size() > MOST_LISTED ? listed + ", ..." : listed;
    }
}
