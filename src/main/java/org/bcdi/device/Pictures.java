package org.bcdi.device;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bcdi.phase.Reconstruction;
import org.bcdi.pipeline.ProcessedScan;
import org.bcdi.pipeline.Published;
import org.bcdi.volume.Volume;

/**
 * Slices of one result at one place, each made when it is first asked for. Empty where there is no result, or where it does
 * not reach that far. Immutable; safe for any number of threads.
 */
final class Pictures {
    static final Pictures NONE = new Pictures(Optional.empty(), new SliceChoice(0, SliceChoice.THROUGH_PEAK));

    private final Optional<Published> published;
    private final SliceChoice choice;

    final Supplier<Optional<int[][]>> raw =
            new Memo<>(() -> ofCurve(last -> last.curve().counts()).map(Cuts::whole));
    final Supplier<Optional<byte[][]>> mask = new Memo<>(this::cutMask);
    final Supplier<Optional<float[][]>> inpainted = new Memo<>(() -> ofScan(ProcessedScan::intensity));
    final Supplier<Optional<float[][]>> uncertainty = new Memo<>(() -> ofScan(ProcessedScan::deviation));
    final Supplier<Optional<float[][]>> projection = new Memo<>(this::project);
    final Supplier<Optional<byte[][]>> support = new Memo<>(this::cutSupport);
    final Supplier<Optional<float[][]>> amplitude = new Memo<>(() -> ofObject((re, im) -> (float) Math.hypot(re, im)));

    /** 0 outside the support. */
    final Supplier<Optional<float[][]>> phase = new Memo<>(this::cutPhase);

    Pictures(Optional<Published> published, SliceChoice choice) {
        this.published = published;
        this.choice = choice;
    }

    /** Whether these are the pictures of this result at this place. */
    boolean show(Optional<Published> last, SliceChoice place) {
        return published.equals(last) && choice.equals(place);
    }

    private Optional<float[][]> ofCurve(Function<Published, Volume> volume) {
        return published.flatMap(last -> Cuts.of(volume.apply(last), choice.axis(), place(last)));
    }

    private Optional<float[][]> ofScan(Function<ProcessedScan, Volume> volume) {
        return published.flatMap(
                last -> last.scan().flatMap(scan -> Cuts.of(volume.apply(scan), choice.axis(), place(last))));
    }

    private Optional<float[][]> ofObject(Cuts.Part part) {
        return object().flatMap(found -> Cuts.of(found.object(), choice.axis(), middle(found), part));
    }

    private Optional<byte[][]> cutMask() {
        return published.flatMap(last -> Cuts.of(last.curve().mask(), choice.axis(), place(last)));
    }

    private Optional<byte[][]> cutSupport() {
        return object().flatMap(found -> Cuts.of(found.support(), choice.axis(), middle(found)));
    }

    private Optional<float[][]> cutPhase() {
        return ofObject((re, im) -> (float) Math.atan2(im, re))
                .map(angles -> Cuts.inside(angles, support.get().orElseThrow()));
    }

    private Optional<float[][]> project() {
        return published.flatMap(Published::scan).map(scan -> Cuts.sum(scan.intensity(), choice.axis()));
    }

    private Optional<Reconstruction> object() {
        return published.flatMap(Published::scan).flatMap(ProcessedScan::reconstruction);
    }

    private int place(Published last) {
        return choice.at(
                switch (choice.axis()) {
                    case 0 -> last.peak().z();
                    case 1 -> last.peak().y();
                    default -> last.peak().x();
                });
    }

    private int middle(Reconstruction object) {
        return choice.at(object.support().shape().length(choice.axis()) / 2);
    }
}
