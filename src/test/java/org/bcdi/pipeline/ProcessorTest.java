package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.inpaint.Inpainted;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.phase.PhaseRetriever;
import org.bcdi.phase.PhasingProblem;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.CancelledException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    private static final Shape3 SHAPE = new Shape3(1, 2, 3);

    private final List<PhasingProblem> problems = new ArrayList<>();

    @Test
    void fillsThenPhasesAndWritesDownHow() {
        ProcessedScan scan = processor("linear").process(curve(), StageMonitor.NONE);

        assertThat(scan.intensity().data()).containsExactly(1, 2, 7, 4, 5, 6);
        assertThat(scan.gapFraction()).isEqualTo(1 / 6.0);
        assertThat(scan.reconstruction()).isPresent();
        assertThat(scan.result().provenance().models()).containsEntry("net", "abc");
        assertThat(scan.result().provenance().metrics())
                .containsEntry("rFactor", 0.5)
                .containsEntry("gapVoxels", 1.0);
        assertThat(scan.result().provenance().settings())
                .contains("\"recipe\":\"ER2\"")
                .contains("\"fill\":\"linear\"");
    }

    @Test
    void reportsEachStageFromStartToEnd() {
        List<String> heard = new ArrayList<>();
        processor("linear").process(curve(), listener(heard, false));
        assertThat(heard).containsExactly("inpainting 0.0", "inpainting 1.0", "phasing 0.0", "phasing 1.0");
    }

    @Test
    void doesNotPhaseByTheRecipeNone() {
        Processor processor = processor("linear");
        ProcessedScan filled = processor.inpaint(curve(), StageMonitor.NONE);
        assertThat(processor.phase(filled, "none", 1, StageMonitor.NONE)).isSameAs(filled);
        assertThat(problems).isEmpty();
    }

    @Test
    void holdsFilledVoxelsByTheirDeviationAndByThatOfCountingWhereTheFillerKnowsNone() {
        processor("linear").process(curve(), StageMonitor.NONE);
        assertThat(problems.get(0).deviation().data()).containsExactly(0, 0, (float) Math.sqrt(7), 0, 0, 0);
        assertThat(problems.get(0).free().masked(2)).isTrue();
    }

    @Test
    void leavesVoxelsFreeThatNothingFilled() {
        processor("none").process(curve(), StageMonitor.NONE);
        assertThat(problems.get(0).deviation()).isNull();
    }

    @Test
    void stopsBeforeTheWorkWhenCancelled() {
        assertThatThrownBy(() -> processor("linear").process(curve(), listener(new ArrayList<>(), true)))
                .isInstanceOf(CancelledException.class);
        assertThat(problems).isEmpty();
    }

    private Processor processor(String fill) {
        GapFiller filler = new GapFiller() {
            @Override
            public String name() {
                return fill;
            }

            @Override
            public Optional<ModelCard> model() {
                ModelCard.Tensor tensor = new ModelCard.Tensor("t", List.of(-1L));
                return Optional.of(new ModelCard(
                        "net",
                        "1",
                        "inpainting",
                        "net.onnx",
                        "abc",
                        tensor,
                        tensor,
                        new ModelCard.Normalisation("log1p", 0.1, "linear", 0),
                        null,
                        "",
                        "MIT"));
            }

            @Override
            public Inpainted fill(Volume counts, Mask mask, Monitor monitor) {
                return new Inpainted(
                        new Volume(SHAPE, new float[] {1, 2, 7, 4, 5, 6}),
                        new Volume(SHAPE, new float[] {0, 0, Float.NaN, 0, 0, 0}),
                        1,
                        0,
                        Double.NaN);
            }
        };
        PhaseRetriever retriever = (problem, recipe, seed, monitor) -> {
            problems.add(problem);
            return new Reconstruction(
                    new ComplexVolume(SHAPE, new float[12]),
                    Mask.none(SHAPE),
                    Region3.whole(SHAPE),
                    recipe.text(),
                    seed,
                    new Reconstruction.Metrics(0.5, 1.5, 3, List.of(), 1, 0));
        };
        return new Processor(
                new ProcessingSettings(fill, "none", "ER2", 3, ExecutionProvider.CPU, 0),
                new Engines(filler, retriever));
    }

    private static RockingCurve curve() {
        return new RockingCurve(
                "scan",
                new Volume(SHAPE, new float[] {1, 2, 0, 4, 5, 6}),
                new Mask(SHAPE, new byte[] {0, 0, 1, 0, 0, 0}),
                new Roi(0, 2, 0, 3),
                List.of(),
                List.of());
    }

    private static StageMonitor listener(List<String> heard, boolean cancelled) {
        return new StageMonitor() {
            @Override
            public void progress(Stage stage, double fraction) {
                heard.add(stage.word() + " " + fraction);
            }

            @Override
            public boolean cancelled() {
                return cancelled;
            }
        };
    }
}
