package org.bcdi.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

@Tag("docker")
@EnabledIf("org.bcdi.deploy.TangoDatabase#engineAvailable")
class ProductImageIT {
    @Test
    void theImageRunsTheDemo(@TempDir Path results) throws IOException {
        Object whoeverRunsThis = Files.getAttribute(results, "unix:uid");
        Program.run(results, Duration.ofMinutes(1), "bcdi", "simulate", "scan.h5", "--shape", "24,48,48");
        ImageFromDockerfile image = new ImageFromDockerfile("bcdi-online", false)
                .withDockerfile(Path.of("Dockerfile").toAbsolutePath())
                .withBuildImageCmdModifier(build -> build.withNetworkMode("host"));
        try (GenericContainer<?> demo = new GenericContainer<>(image)
                .withNetworkMode("host")
                .withCreateContainerCmdModifier(create -> create.withUser(whoeverRunsThis.toString())
                        .getHostConfig()
                        .withBinds(new Bind(results.toString(), new Volume("/results"))))
                .withCommand("demo", "--scan", "scan.h5", "--out", "/results/demo")
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(8)))) {
            demo.start();

            assertThat(demo.getLogs()).contains(".cxi");
            try (Stream<Path> files = Files.list(results.resolve("demo"))) {
                assertThat(files.map(Path::toString))
                        .anyMatch(file -> file.endsWith(".cxi"))
                        .anyMatch(file -> file.endsWith(".png"));
            }
        }
    }
}
