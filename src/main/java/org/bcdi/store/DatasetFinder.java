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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
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

    /** How DECTRIS detectors number the datasets of one scan. */
    private static final Pattern PART = Pattern.compile("(.*/data_)\\d{6}");

    private static final Logger LOG = LogManager.getLogger(DatasetFinder.class);
    private static final String ARROW = " -> ";
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
     * Paths of the frames: of one dataset, or of those into which a DECTRIS detector has split a scan, in their order.
     *
     * @param wanted path of a dataset, or of a group to look in
     * @throws InputException when there are none or several, naming those that there are
     */
    static List<String> find(Hdf5File file, Optional<String> wanted) {
        String path = "/" + wanted.orElse("").replaceAll("^/+|/+$", "");
        return switch (file.kind(path)) {
            case DATASET -> List.of(path);
            case GROUP -> new DatasetFinder(file).scan(path);
            case NOTHING ->
                throw new InputException(
                        "File " + file.path() + " has no dataset " + path + "; " + new DatasetFinder(file).offer());
        };
    }

    private List<String> scan(String group) {
        walk(group, 0);
        if (found.isEmpty()) {
            throw new InputException("File " + file.path() + " has no dataset of three axes (frames, rows, columns)"
                    + (group.equals("/") ? "" : " in " + group) + lost() + ".");
        }
        int best = found.values().stream().mapToInt(Volume::rank).min().orElseThrow();
        List<Volume> choice =
                found.values().stream().filter(volume -> volume.rank() == best).toList();
        if (choice.stream().allMatch(volume -> part(volume.path()).isPresent())) {
            return parts(choice.stream().map(Volume::path).sorted().toList());
        }
        if (choice.size() > 1) {
            throw new InputException("File " + file.path() + " holds " + choice.size()
                    + " volumes; choose one by bcdi process --dataset: " + list(choice) + ".");
        }
        return List.of(choice.get(0).path());
    }

    /** What a dataset is a part of, by its name up to the number; empty for other names. */
    private static Optional<String> part(String path) {
        Matcher name = PART.matcher(path);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** @throws InputException when one in between is not there, or they are parts of several scans */
    private List<String> parts(List<String> paths) {
        String scan = part(paths.get(0)).orElseThrow();
        int first = number(paths.get(0));
        for (int i = 0; i < paths.size(); i++) {
            if (!part(paths.get(i)).equals(Optional.of(scan)) || number(paths.get(i)) != first + i) {
                throw new InputException("File " + file.path() + " holds " + paths.size() + " volumes from "
                        + paths.get(0) + " to " + paths.get(paths.size() - 1) + " that are no whole scan" + lost()
                        + "; choose one by bcdi process --dataset.");
            }
        }
        List<Integer> gone = broken.stream()
                .map(link -> link.substring(0, link.indexOf(ARROW)))
                .filter(link -> part(link).equals(Optional.of(scan)))
                .map(DatasetFinder::number)
                .toList();
        if (gone.stream().anyMatch(number -> number < first)) {
            throw new InputException("File " + file.path() + " begins with " + paths.get(0)
                    + ", so that nobody knows which frames of the scan these are" + lost()
                    + ", or choose one by bcdi process --dataset.");
        }
        if (!gone.isEmpty()) {
            LOG.warn("{} holds the scan up to {}{}.", file.path(), paths.get(paths.size() - 1), lost());
        }
        return paths;
    }

    private static int number(String path) {
        return Integer.parseInt(path.substring(path.lastIndexOf('_') + 1));
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
                case NOTHING -> file.linkTarget(path).ifPresent(target -> broken.add(path + ARROW + target));
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
