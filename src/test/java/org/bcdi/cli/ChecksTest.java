package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    @TempDir
    Path directory;

    @Test
    void findsRoomOnTheDisk() {
        assertThat(Checks.disk(directory).finding()).contains("GiB free");
    }

    @Test
    void missesADirectoryAndNamesTheCure() {
        Check check = Checks.disk(directory.resolve("absent"));
        assertThat(check.verdict()).isEqualTo(Check.Verdict.FAIL);
        assertThat(check.line()).startsWith("FAIL").contains("absent", "-> choose another");
    }

    @Test
    void findsATangoDatabaseThatListens() throws IOException {
        try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Check check = Checks.tango("127.0.0.1:" + database.getLocalPort());
            assertThat(check.verdict()).isEqualTo(Check.Verdict.OK);
            assertThat(check.finding()).contains("devices announce 127.0.0.1");
        }
    }

    @Test
    void missesATangoDatabaseThatDoesNot() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(Checks.tango("127.0.0.1:" + port).verdict()).isEqualTo(Check.Verdict.FAIL);
        assertThat(Checks.tango("127.0.0.1:port").finding()).contains("no valid port");
        assertThat(Checks.tango("127.0.0.1:100000").finding()).contains("no valid port");
        assertThat(Checks.tango("").verdict()).isEqualTo(Check.Verdict.NOTE);
    }

    @Test
    void looksAtTheShippedNetworksAndAtNothingElseInTheirFolder() {
        assertThat(Checks.models())
                .isNotEmpty()
                .allSatisfy(
                        check -> assertThat(check.verdict()).as(check.line()).isEqualTo(Check.Verdict.OK));
    }
}
