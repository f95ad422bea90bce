package org.bcdi.store;

import hdf.hdf5lib.exceptions.HDF5Exception;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;

/**
 * What a file tells of where on the detector its frames are.
 *
 * @param binned whether pixels of the detector were added up or turned by a quarter, so that no region of it has the frames' pixels
 * @param flipped whether they were mirrored or turned by a half, so that its gaps may be elsewhere
 * @param accumulated whether each is the sum of several images, in which what marks pixels without data is summed too
 * @param region of the detector, empty when the file does not tell or the frames are binned
 */
record ToldRegion(boolean binned, boolean flipped, boolean accumulated, Optional<Roi> region) {
    private static final ToldRegion NOTHING = new ToldRegion(false, false, false, Optional.empty());
    private static final int DEEPEST = 8;

    /** Lima notes it beside the data; so do its files behind a virtual dataset, and this program in its results. */
    static ToldRegion of(Hdf5File file, Hdf5Dataset frames) {
        if (file.text(ResultWriter.PROCESS + "/program").equals(Optional.of(ResultWriter.PROGRAM))) {
            return new ToldRegion(false, false, false, ofResult(file));
        }
        return of(frames, DEEPEST);
    }

    /** Virtual datasets may lead to others. */
    private static ToldRegion of(Hdf5Dataset frames, int deepest) {
        Optional<VirtualSources.Source> source = frames.source();
        VirtualSources.Source place = source.orElseGet(frames::place);
        try (Hdf5File file = Hdf5File.open(place.file())) {
            if (source.isEmpty()) {
                return ofLima(file, place.dataset());
            }
            try (Hdf5Dataset behind = file.dataset(place.dataset())) {
                return deepest > 0 ? of(behind, deepest - 1) : NOTHING;
            }
        } catch (HDF5Exception | InputException e) {
            // Its frames are masked, and the log tells
            return NOTHING;
        }
    }

    /** A region at the corner tells nothing: so begin all frames of which nobody knew the place. */
    private static Optional<Roi> ofResult(Hdf5File file) {
        List<Integer> told = ResultReader.integers(file, ResultWriter.REGION);
        return told.size() == 4 && told.get(0) + told.get(2) > 0
                ? roi(told.get(0), told.get(1), told.get(2), told.get(3))
                : Optional.empty();
    }

    private static ToldRegion ofLima(Hdf5File lima, String path) {
        String own = lima.realPath(path);
        String detector = own.substring(0, Math.max(own.lastIndexOf("/data"), 0));
        String operation = detector + "/image_operation";
        boolean accumulated = lima.text(detector + "/acquisition/mode")
                .filter(mode -> mode.toUpperCase(Locale.ROOT).startsWith("ACC"))
                .isPresent();
        boolean binned = number(lima, operation + "/binning/x") > 1 || number(lima, operation + "/binning/y") > 1;
        String rotation = lima.text(operation + "/rotation").orElse("");
        boolean flipped = number(lima, operation + "/flipping/x") != 0
                || number(lima, operation + "/flipping/y") != 0
                || rotation.contains("180");
        if (binned || isQuarter(rotation)) {
            return new ToldRegion(true, flipped, accumulated, Optional.empty());
        }
        String roi = operation + "/region_of_interest";
        int y0 = number(lima, roi + "/ystart");
        int x0 = number(lima, roi + "/xstart");
        return new ToldRegion(
                false,
                flipped,
                accumulated,
                roi(y0, y0 + number(lima, roi + "/ysize"), x0, x0 + number(lima, roi + "/xsize")));
    }

    /** By 90 or 270 degrees, however that is written. */
    private static boolean isQuarter(String rotation) {
        return rotation.contains("90") || rotation.contains("270");
    }

    private static Optional<Roi> roi(int y0, int y1, int x0, int x1) {
        return y0 >= 0 && x0 >= 0 && y1 > y0 && x1 > x0 ? Optional.of(new Roi(y0, y1, x0, x1)) : Optional.empty();
    }

    private static int number(Hdf5File file, String path) {
        return file.number(path).map(Double::intValue).orElse(0);
    }
}
