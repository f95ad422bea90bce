package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.task.InputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TangoOptionsTest {
    private String address;

    @BeforeEach
    void remember() {
        address = System.getProperty(TangoOptions.ADDRESS, "");
        System.clearProperty(TangoOptions.ADDRESS);
        System.clearProperty(TangoOptions.PORT);
    }

    @AfterEach
    void restore() {
        System.setProperty(TangoOptions.ADDRESS, address);
        System.clearProperty(TangoOptions.PORT);
    }

    @Test
    void takesSystemPropertiesOutOfTheArguments() {
        assertThat(TangoOptions.apply("serve", "1", "-nodb", "-DOAPort=12101", "-dlist", "a/b/c"))
                .containsExactly("serve", "1", "-nodb", "-dlist", "a/b/c");
        assertThat(System.getProperty(TangoOptions.PORT)).isEqualTo("12101");
    }

    @Test
    void anAddressOfNoHostIsRefusedByTheNameOfItsVariable() {
        assertThat(TangoOptions.resolvable("BCDI_ADDRESS", "127.0.0.1")).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> TangoOptions.resolvable("BCDI_ADDRESS", "127.0.0.1   # the network address"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("BCDI_ADDRESS is '127.0.0.1   # the network address'");
    }

    @Test
    void anAddressOfNoHostIsRefusedHoweverItIsGiven() {
        for (String[] options : new String[][] {{"-DOAIAddr=no host"}, {"-ORBendPoint", "giop:tcp:no host:12102"}}) {
            TangoOptions.apply(options);
            assertThatThrownBy(() -> TangoOptions.settleAddress(false))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("The address of -DOAIAddr or -ORBendPoint is 'no host', which no host");
        }
        TangoOptions.apply("-DOAIAddr=127.0.0.1");
        TangoOptions.settleAddress(false);
        assertThat(System.getProperty(TangoOptions.ADDRESS)).isEqualTo("127.0.0.1");
    }

    @Test
    void understandsTheEndPointOfOtherTangoServers() {
        assertThat(TangoOptions.apply("-ORBendPoint", "giop:tcp:10.0.0.7:12102", "serve"))
                .containsExactly("serve");
        assertThat(System.getProperty(TangoOptions.PORT)).isEqualTo("12102");
        assertThat(System.getProperty(TangoOptions.ADDRESS)).isEqualTo("10.0.0.7");
    }

    @Test
    void leavesTheAddressOpenInAnEndPointWithoutHost() {
        TangoOptions.apply("-ORBendPoint", "giop:tcp::12103");
        assertThat(System.getProperty(TangoOptions.ADDRESS)).isNull();
    }

    @Test
    void refusesAnEndPointOrPortItDoesNotUnderstand() {
        assertThatThrownBy(() -> TangoOptions.apply("-ORBendPoint")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> TangoOptions.usePort("70000"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("70000");
    }

    @Test
    void announcesLoopbackWithoutADatabaseAndTheWayToTheDatabaseWithOne() {
        TangoOptions.settleAddress(false);
        assertThat(System.getProperty(TangoOptions.ADDRESS)).isEqualTo("127.0.0.1");
        assertThat(TangoOptions.addressTowards("127.0.0.1:10000")).isEqualTo("127.0.0.1");
    }
}
