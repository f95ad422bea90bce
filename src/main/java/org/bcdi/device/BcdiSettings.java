package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import fr.esrf.Tango.DispLevel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.bcdi.phase.Phasing;
import org.bcdi.phase.Recipe;
import org.bcdi.pipeline.Wishes;
import org.bcdi.stack.RoiChoice;
import org.bcdi.task.InputException;
import org.tango.server.annotation.Attribute;
import org.tango.server.annotation.AttributeProperties;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.TransactionType;

/**
 * Attributes that clients write; memorized, so that they survive a restart where there is a Tango database, by
 * {@link MemorizedSettings}.
 */
@Device(transactionType = TransactionType.NONE)
public abstract class BcdiSettings extends BcdiVolumes {
    private static final int DEFAULT_SEED = 1;

    private final AtomicReference<Wishes> wishes =
            new AtomicReference<>(new Wishes(true, true, true, "auto", DEFAULT_SEED, new RoiChoice.Whole()));
    private final AtomicReference<SliceChoice> slice =
            new AtomicReference<>(new SliceChoice(0, SliceChoice.THROUGH_PEAK));

    @Attribute(isMemorized = true, isMemorizedAtInit = false, pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Process scans",
            description =
                    "Fill the gaps of each scan that ends (default true); switched off, only the last scan is kept, for Reprocess")
    public boolean getAutoProcess() {
        return wishes().process();
    }

    public void setAutoProcess(boolean wished) {
        wish("autoProcess", now -> now.withProcess(wished));
    }

    @Attribute(isMemorized = true, isMemorizedAtInit = false, pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Phase scans",
            description = "Reconstruct the object of each processed scan (default true)")
    public boolean getAutoPhase() {
        return wishes().phase();
    }

    public void setAutoPhase(boolean wished) {
        wish("autoPhase", now -> now.withPhase(wished));
    }

    @Attribute(isMemorized = true, isMemorizedAtInit = false, pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Save results",
            description =
                    "Write each result into ResultDirectory under a name of its own (default true); nothing is overwritten")
    public boolean getAutoSave() {
        return wishes().save();
    }

    public void setAutoSave(boolean wished) {
        wish("autoSave", now -> now.withSave(wished));
    }

    @Attribute(isMemorized = true, isMemorizedAtInit = false, pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Recipe",
            format = "%s",
            description =
                    "How the next phasing that begins is done: auto (default), none, or steps such as HIO300/RAAR500/ER200")
    public String getRecipe() {
        return wishes().recipe();
    }

    public void setRecipe(String wished) throws DevFailed {
        Failures.asked("recipe", () -> understood(wished));
        wish("recipe", now -> now.withRecipe(wished));
    }

    @Attribute(isMemorized = true, isMemorizedAtInit = false, pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Seed",
            format = "%d",
            description =
                    "Of the random choices of phasing: the same scan, recipe and seed give the same object, another"
                            + " seed another try (default 1)")
    public int getSeed() {
        return (int) wishes().seed();
    }

    public void setSeed(int wished) {
        wish("seed", now -> now.withSeed(wished));
    }

    @Attribute(isMemorized = true, isMemorizedAtInit = false, pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Region of interest",
            format = "%s",
            description = "Kept of the next scan's frames: auto:256 for a square around the Bragg peak, y0:y1,x0:x1, or"
                    + " nothing for all (default); rows and columns of the frames as Lima delivers them")
    public String getRoi() {
        return wishes().roi().toString();
    }

    public void setRoi(String wished) throws DevFailed {
        RoiChoice roi = Failures.asked("roi", () -> RoiChoice.parse(wished));
        wish("roi", now -> now.withRoi(roi));
    }

    @Attribute(
            isMemorized = true,
            isMemorizedAtInit = false,
            pushChangeEvent = true,
            checkChangeEvent = false,
            displayLevel = DispLevel._EXPERT)
    @AttributeProperties(
            label = "Slice axis",
            format = "%d",
            description =
                    "Across which the slices are cut and along which the projection sums: 0 rocking step, 1 row, 2"
                            + " column (default 0)")
    public int getSliceAxis() {
        return slice().axis();
    }

    public void setSliceAxis(int axis) throws DevFailed {
        if (axis < 0 || axis > 2) {
            Failures.refuse("sliceAxis", "The slice axis is 0, 1 or 2, not " + axis + ".");
        }
        slice.updateAndGet(now -> new SliceChoice(axis, now.index()));
        changed("sliceAxis");
    }

    @Attribute(
            isMemorized = true,
            isMemorizedAtInit = false,
            pushChangeEvent = true,
            checkChangeEvent = false,
            displayLevel = DispLevel._EXPERT)
    @AttributeProperties(
            label = "Slice index",
            format = "%d",
            description = "Where along the axis the slices are cut; -1 through the Bragg peak (default)")
    public int getSliceIndex() {
        return slice().index();
    }

    public void setSliceIndex(int index) throws DevFailed {
        if (index < SliceChoice.THROUGH_PEAK) {
            Failures.refuse("sliceIndex", "The slice index is 0 or more, or -1 for the Bragg peak, not " + index + ".");
        }
        slice.updateAndGet(now -> new SliceChoice(now.axis(), index));
        changed("sliceIndex");
    }

    final Wishes wishes() {
        return Objects.requireNonNull(wishes.get(), "there are wishes from the start");
    }

    final SliceChoice slice() {
        return Objects.requireNonNull(slice.get(), "there is a slice from the start");
    }

    /** Hands the wishes on to where they are followed, after a setting was written. */
    abstract void changed(String setting);

    private void wish(String setting, UnaryOperator<Wishes> change) {
        wishes.updateAndGet(change);
        changed(setting);
    }

    /** The parser quotes a part of the recipe; the client wants to see what it wrote. */
    private void understood(String recipe) {
        try {
            Phasing.check(Recipe.parse(recipe), settings().phasingModel());
        } catch (InputException e) {
            throw new InputException("The recipe '" + recipe + "' cannot be followed: " + e.getMessage(), e);
        }
    }
}
