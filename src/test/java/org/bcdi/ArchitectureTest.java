package org.bcdi;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;

/** The directions and fences of the house (docs/explanations/architecture.md). */
@AnalyzeClasses(packages = "org.bcdi", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] TANGO = {"fr.esrf..", "org.tango.."};

    @ArchTest
    static final ArchRule ROOMS_USE_ONLY_WHAT_THEY_MAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("task")
            .definedBy("org.bcdi.task..")
            .layer("volume")
            .definedBy("org.bcdi.volume..")
            .layer("mask")
            .definedBy("org.bcdi.mask..")
            .layer("detector")
            .definedBy("org.bcdi.detector..")
            .layer("stack")
            .definedBy("org.bcdi.stack..")
            .layer("model")
            .definedBy("org.bcdi.model..")
            .layer("inpaint")
            .definedBy("org.bcdi.inpaint..")
            .layer("fourier")
            .definedBy("org.bcdi.fourier..")
            .layer("phase")
            .definedBy("org.bcdi.phase..")
            .layer("store")
            .definedBy("org.bcdi.store..")
            .layer("pipeline")
            .definedBy("org.bcdi.pipeline..")
            .layer("device")
            .definedBy("org.bcdi.device..")
            .layer("sim")
            .definedBy("org.bcdi.sim..")
            .layer("picture")
            .definedBy("org.bcdi.picture..")
            .layer("cli")
            .definedBy("org.bcdi.cli..")
            .whereLayer("task")
            .mayNotAccessAnyLayer()
            .whereLayer("volume")
            .mayOnlyAccessLayers("task")
            .whereLayer("mask")
            .mayOnlyAccessLayers("task", "volume")
            .whereLayer("detector")
            .mayOnlyAccessLayers("task", "volume")
            .whereLayer("stack")
            .mayOnlyAccessLayers("task", "volume", "mask", "detector")
            .whereLayer("model")
            .mayOnlyAccessLayers("task", "volume")
            .whereLayer("inpaint")
            .mayOnlyAccessLayers("task", "volume", "mask", "model", "fourier")
            .whereLayer("fourier")
            .mayOnlyAccessLayers("task", "volume")
            .whereLayer("phase")
            .mayOnlyAccessLayers("task", "volume", "mask", "model", "fourier")
            .whereLayer("store")
            .mayOnlyAccessLayers("task", "volume", "mask", "detector", "stack", "phase")
            .whereLayer("pipeline")
            .mayOnlyAccessLayers(
                    "task", "volume", "mask", "detector", "stack", "model", "inpaint", "fourier", "phase", "store")
            .whereLayer("device")
            .mayOnlyAccessLayers("task", "volume", "mask", "detector", "stack", "model", "pipeline", "phase")
            .whereLayer("sim")
            .mayOnlyAccessLayers("task", "volume", "mask", "fourier", "detector")
            .whereLayer("picture")
            .mayOnlyAccessLayers("task", "volume", "mask")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule ROOMS_HAVE_NO_CYCLES =
            slices().matching("org.bcdi.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule TANGO_STAYS_AT_THE_DOORS = noClasses()
            .that()
            .resideOutsideOfPackages("org.bcdi.detector.lima..", "org.bcdi.device..", "org.bcdi.sim.lima..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TANGO);

    /** Commands go through the one class that only the two commands that read images are handed to. */
    @ArchTest
    static final ArchRule THE_DETECTOR_IS_ONLY_READ = noClasses()
            .that()
            .resideInAPackage("org.bcdi.detector..")
            .should()
            .callMethodWhere(target(owner(resideInAPackage("fr.esrf.TangoApi..")))
                    .and(target(nameMatching("write.*|command_inout.*|put_.*|set_source|lock"))));

    @ArchTest
    static final ArchRule NETWORKS_STAY_IN_MODEL = noClasses()
            .that()
            .resideOutsideOfPackage("org.bcdi.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "ai.onnxruntime..");

    @ArchTest
    static final ArchRule HDF5_STAYS_IN_STORE = noClasses()
            .that()
            .resideOutsideOfPackage("org.bcdi.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.jhdf..", "org.bytedeco.hdf5..", "hdf.hdf5lib..");

    @ArchTest
    static final ArchRule TRANSFORMS_STAY_IN_FOURIER = noClasses()
            .that()
            .resideOutsideOfPackage("org.bcdi.fourier..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jtransforms..", "pl.edu.icm..", "org.visnow..");

    @ArchTest
    static final ArchRule PICOCLI_STAYS_IN_CLI = noClasses()
            .that()
            .resideOutsideOfPackage("org.bcdi.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "me.tongfei..");

    @ArchTest
    static final ArchRule THREADS_STAY_IN_PIPELINE = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.bcdi.pipeline..", "org.bcdi.detector.lima..", "org.bcdi.sim.lima..", "org.bcdi.cli..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executor.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Lock.class);

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS_AND_EXITS = noClasses()
            .that()
            .resideOutsideOfPackage("org.bcdi.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);
}
