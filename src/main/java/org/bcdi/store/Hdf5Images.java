package org.bcdi.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.jspecify.annotations.Nullable;

/** Frames in an HDF5 file: of Lima, of BLISS, of a result, or plain. */
final class Hdf5Images implements ImageStack {
    private final Hdf5File file;
    private final Hdf5Dataset dataset;
    private final PixelType type;
    private final int[] shape;

    /** Which frames the file holds, looked up once; empty before. */
    private boolean[] held = {};

    /** What the file tells of them, looked up once; null before. */
    private @Nullable ToldRegion told;

    private Hdf5Images(Hdf5File file, Hdf5Dataset dataset) {
        this.file = file;
        this.dataset = dataset;
        long[] extent = dataset.shape();
        if (extent.length != 3) {
            throw new InputException("Dataset " + dataset.path() + " of " + file.path() + " has " + extent.length
                    + " axes (" + DatasetFinder.describe(dataset)
                    + "); a rocking curve has three: frames, rows, columns.");
        }
        if (dataset.size() == 0) {
            throw new InputException("Dataset " + dataset.path() + " of " + file.path() + " is empty ("
                    + DatasetFinder.describe(dataset) + "); the scan wrote no frame.");
        }
        if (Arrays.stream(extent).anyMatch(length -> length > Integer.MAX_VALUE)) {
            throw new InputException(
                    "Dataset " + dataset.path() + " of " + file.path() + " has an axis of more than 2^31 elements ("
                            + DatasetFinder.describe(dataset) + "); the file is damaged, or this is no rocking curve.");
        }
        this.shape = Arrays.stream(extent).mapToInt(Math::toIntExact).toArray();
        this.type = dataset.pixelType()
                .orElseThrow(() -> new InputException("Dataset " + dataset.path() + " of " + file.path() + " holds "
                        + dataset.typeWord() + " elements; counts are integers or floating-point numbers."));
    }

    /** @throws InputException when the file holds no frames, or several volumes and none is named */
    static ImageStack open(Path path, Optional<String> wanted) {
        List<String> datasets;
        try (Hdf5File file = Hdf5File.open(path)) {
            datasets = DatasetFinder.find(file, wanted);
        }
        List<Hdf5Images> parts = new ArrayList<>();
        try {
            for (String dataset : datasets) {
                parts.add(of(path, dataset));
            }
            return parts.size() == 1 ? parts.get(0) : new SplitImages(parts);
        } catch (RuntimeException e) {
            parts.forEach(Hdf5Images::close);
            throw e;
        }
    }

    private static Hdf5Images of(Path path, String name) {
        Hdf5File file = Hdf5File.open(path);
        try {
            Hdf5Dataset dataset = file.dataset(name);
            try {
                return new Hdf5Images(file, dataset);
            } catch (RuntimeException e) {
                dataset.close();
                throw e;
            }
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Path, extent and type of the dataset. */
    String describe() {
        return dataset.path() + " (" + DatasetFinder.describe(dataset) + ")";
    }

    @Override
    public int frames() {
        return shape[0];
    }

    @Override
    public int height() {
        return shape[1];
    }

    @Override
    public int width() {
        return shape[2];
    }

    @Override
    public PixelType type() {
        return type;
    }

    @Override
    public FrameBlock read(int first, int count) {
        ByteBuffer pixels = dataset.read(new long[] {first, 0, 0}, new long[] {count, height(), width()});
        return new FrameBlock(first, count, height(), width(), type, pixels);
    }

    @Override
    public boolean[] written() {
        if (held.length == 0) {
            held = dataset.writtenFrames();
            missing().forEach(frame -> held[frame] = false);
        }
        return held.clone();
    }

    /** A result tells of them, where it holds zeros for them. */
    @Override
    public List<Integer> missing() {
        return dataset.path().equals(ResultWriter.DETECTOR + "/data")
                ? ResultReader.integers(file, ResultWriter.DETECTOR + "/missing_frames").stream()
                        .filter(frame -> frame >= 0 && frame < frames())
                        .toList()
                : List.of();
    }

    private ToldRegion told() {
        if (told == null) {
            told = ToldRegion.of(file, dataset);
        }
        return told;
    }

    @Override
    public boolean binned() {
        return told().binned();
    }

    @Override
    public boolean flipped() {
        return told().flipped();
    }

    @Override
    public boolean accumulated() {
        return told().accumulated();
    }

    @Override
    public Optional<Roi> region() {
        return told().region().filter(part -> part.height() == height() && part.width() == width());
    }

    @Override
    public List<Double> positions() {
        return ScanPositions.find(file, dataset.path(), taken());
    }

    /** A CXI file may have one beside its counts for all frames. */
    @Override
    public Optional<FrameMask> frameMask() {
        return mask(new long[] {height(), width()}, mask -> new FrameMask(height(), width(), MaskReader.nonZero(mask)));
    }

    /** A CXI file may have one beside its counts, as a result has. */
    @Override
    public Optional<Mask> volumeMask() {
        return mask(
                dataset.shape(), mask -> new Mask(new Shape3(frames(), height(), width()), MaskReader.nonZero(mask)));
    }

    private <T> Optional<T> mask(long[] extent, Function<Hdf5Dataset, T> reader) {
        String path = dataset.path().replaceFirst("/data$", "/mask");
        if (!file.has("/cxi_version") || !file.has(path)) {
            return Optional.empty();
        }
        try (Hdf5Dataset mask = file.dataset(path)) {
            return Arrays.equals(mask.shape(), extent) ? Optional.of(reader.apply(mask)) : Optional.empty();
        }
    }

    @Override
    public void close() {
        dataset.close();
        file.close();
    }
}
