package org.bcdi.picture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/** Writes the sheets by which a person judges a result. Stateless. */
public final class Pictures {
    private static final int ZOOM = 40;

    private Pictures() {}

    /**
     * Writes {@code summary.png}, {@code inpainting.png} and, with an object, {@code object.png}.
     *
     * @param directory that exists
     * @return the files written
     * @throws org.bcdi.task.BcdiException when one cannot be written
     */
    public static List<Path> write(Path directory, ScanView scan, @Nullable ObjectView object) {
        List<Path> files = new ArrayList<>();
        files.add(write(directory.resolve("summary.png"), summary(scan, object)));
        files.add(write(directory.resolve("inpainting.png"), inpainting(scan)));
        if (object != null) {
            files.add(write(directory.resolve("object.png"), object(scan.name(), object)));
        }
        return List.copyOf(files);
    }

    private static Path write(Path file, Sheet sheet) {
        sheet.write(file);
        return file;
    }

    /** All at one glance: the neighbourhood of the Bragg peak above, the object below. */
    static Sheet summary(ScanView scan, @Nullable ObjectView object) {
        ScanPanels panels = new ScanPanels(scan);
        Shape3 shape = scan.counts().shape();
        int[] reach = {ZOOM, ZOOM, ZOOM};
        List<List<Panel>> rows = new ArrayList<>();
        rows.add(panels.row(Cut.around(shape, 0, panels.peak(), reach)));
        if (object != null) {
            ObjectPanels objects = new ObjectPanels(object);
            Cut front = objects.cut(0);
            Cut above = objects.cut(1);
            rows.add(List.of(
                    objects.amplitude(front), objects.phase(front), objects.amplitude(above), objects.phase(above)));
        }
        return new Sheet(
                scan.name(), panels.numbers() + (object == null ? "" : "; phased by " + object.recipe()), rows);
    }

    /** The three planes through the Bragg peak. */
    static Sheet inpainting(ScanView scan) {
        ScanPanels panels = new ScanPanels(scan);
        Shape3 shape = scan.counts().shape();
        List<List<Panel>> rows = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            rows.add(panels.row(Cut.whole(shape, axis, panels.peak()[axis])));
        }
        return new Sheet(scan.name() + ": diffraction", panels.numbers(), rows);
    }

    /** The three planes through the middle of the particle. */
    static Sheet object(String name, ObjectView object) {
        ObjectPanels panels = new ObjectPanels(object);
        List<List<Panel>> rows = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            Cut cut = panels.cut(axis);
            rows.add(List.of(panels.amplitude(cut), panels.phase(cut), panels.support(cut)));
        }
        return new Sheet(name + ": object", "phased by " + object.recipe(), rows);
    }

    /** Position (z, y, x) of the largest value among the voxels where the mask is {@code among}. */
    static int[] largest(Volume volume, Mask mask, boolean among) {
        float[] data = volume.data();
        int best = -1;
        for (int i = 0; i < data.length; i++) {
            if (mask.masked(i) == among && (best < 0 || data[i] > data[best])) {
                best = i;
            }
        }
        Shape3 shape = volume.shape();
        int at = Math.max(best, 0);
        return new int[] {at / shape.frameSize(), at / shape.nx() % shape.ny(), at % shape.nx()};
    }
}
