package org.bcdi.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.junit.jupiter.api.Test;

/** The files of {@code deploy/} name things that exist and agree with each other. */
class DeployFilesTest {
    private static final Path DEPLOY = Path.of("deploy");

    @Test
    void theServiceStartsALauncherThatIsThere() throws IOException {
        List<String> unit = Files.readAllLines(DEPLOY.resolve("systemd/bcdi-online@.service"));

        String start = unit.stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();
        assertThat(start).isEqualTo("ExecStart=/opt/bcdi/deploy/bin/BcdiOnline %i");
        assertThat(DEPLOY.resolve("bin/BcdiOnline")).isExecutable();
    }

    @Test
    @EnabledIfPython("yaml")
    void theContainersShareOneDatabaseAndAreBuiltFromFoldersWithADockerfile() throws IOException {
        String json = Python.run(
                "import json, sys, yaml\nprint(json.dumps(yaml.safe_load(open(sys.argv[1]))))",
                DEPLOY.resolve("compose.yaml"));
        JsonNode services = new ObjectMapper().readTree(json).get("services");

        assertThat(services.fieldNames()).toIterable().containsExactly("tango-db", "detector", "server");
        for (JsonNode service : services) {
            assertThat(service.at("/environment/TANGO_HOST").asText()).isEqualTo("127.0.0.1:10000");
            Path context = DEPLOY.resolve(service.at("/build/context").asText());
            assertThat(context.resolve("Dockerfile")).exists();
        }
        assertThat(services.at("/detector/command").asText()).isEqualTo("lima-sim sim");
        assertThat(services.at("/server/command").asText()).isEqualTo("serve 1 --property ResultDirectory=/results");
    }

    @Test
    void theInstancesThatTheContainersStartAreRegistered() throws IOException {
        JsonNode servers = new ObjectMapper()
                .readTree(Path.of("tango-db/registration.json").toFile())
                .get("servers");

        assertThat(servers.at("/LimaCCDs/sim/LimaCCDs").has("sim/lima/1")).isTrue();
        JsonNode server = servers.at("/BcdiOnline/1/BcdiOnline").get("id01/bcdi/1");
        assertThat(server.at("/properties/DetectorDevice/0").asText()).isEqualTo("sim/lima/1");
    }
}
