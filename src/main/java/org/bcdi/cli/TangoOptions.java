package org.bcdi.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.InputException;

/**
 * Options that the Tango layer takes from system properties, although users give them as arguments: {@code -DOAPort=N},
 * {@code -ORBendPoint giop:tcp:HOST:PORT} as C++ and Python servers know it, and the address a device announces.
 */
final class TangoOptions {
    static final String PORT = "OAPort";
    static final String ADDRESS = "OAIAddr";

    private static final Logger LOG = LogManager.getLogger(TangoOptions.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int DATABASE_PORT = 10000;

    private TangoOptions() {}

    /**
     * Takes {@code -DNAME=VALUE} and {@code -ORBendPoint} out of the arguments and sets them as system properties, which the
     * ORB reads when it starts.
     *
     * @return the other arguments
     */
    static String[] apply(String... args) {
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            int equals = arg.indexOf('=');
            if (arg.startsWith("-D") && equals > 2) {
                System.setProperty(arg.substring(2, equals), arg.substring(equals + 1));
            } else if (arg.equals("-ORBendPoint")) {
                i++;
                endPoint(i < args.length ? args[i] : "");
            } else {
                rest.add(arg);
            }
        }
        return rest.toArray(String[]::new);
    }

    private static void endPoint(String endPoint) {
        String[] parts = endPoint.split(":", -1);
        if (parts.length != 4 || !parts[0].equals("giop") || !parts[1].equals("tcp")) {
            throw new InputException(
                    "-ORBendPoint '" + endPoint + "' is not understood; write giop:tcp:HOST:PORT, HOST may be empty.");
        }
        if (!parts[2].isEmpty()) {
            System.setProperty(ADDRESS, parts[2]);
        }
        usePort(parts[3]);
    }

    static void usePort(String port) {
        try {
            int number = Integer.parseInt(port);
            if (number >= 1 && number <= 65535) {
                System.setProperty(PORT, port);
                return;
            }
        } catch (NumberFormatException e) {
            LOG.debug("port", e);
        }
        throw new InputException("Port '" + port + "' is not a number from 1 to 65535.");
    }

    /**
     * Settles the address that devices announce to their clients: the one that was asked for, else the one from which this
     * host reaches its Tango database, else loopback, where a server without a database is safe from the network.
     */
    static void settleAddress(boolean database) {
        String asked = System.getenv("BCDI_ADDRESS");
        if (asked != null && !asked.isBlank()) {
            System.setProperty(ADDRESS, resolvable("BCDI_ADDRESS", asked.strip()));
        } else if (System.getProperty(ADDRESS) == null) {
            System.setProperty(ADDRESS, database ? addressTowards(tangoHost()) : LOOPBACK);
        } else {
            resolvable("The address of -DOAIAddr or -ORBendPoint", System.getProperty(ADDRESS));
        }
        LOG.info("Devices announce the address {}.", System.getProperty(ADDRESS));
    }

    /**
     * The same address.
     *
     * @param origin who gives it
     * @throws InputException when no host has this name
     */
    static String resolvable(String origin, String address) {
        try {
            InetAddress.getByName(address);
            return address;
        } catch (UnknownHostException e) {
            throw new InputException(
                    origin + " is '" + address
                            + "', which no host of this network is called; set it to a name or address of this host, or leave it away.");
        }
    }

    /** {@code HOST:PORT} of the Tango database as the environment names it, empty where it does not. */
    static String tangoHost() {
        String host = System.getProperty("TANGO_HOST", System.getenv("TANGO_HOST"));
        return host == null ? "" : host.strip();
    }

    /** The address of this host on the way to another; connecting a datagram socket sends nothing. */
    static String addressTowards(String tangoHost) {
        if (tangoHost.isEmpty()) {
            return LOOPBACK;
        }
        String[] parts = tangoHost.split(",", 2)[0].split(":", 2);
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress host = InetAddress.getByName(parts[0]);
            socket.connect(new InetSocketAddress(host, DATABASE_PORT));
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException e) {
            LOG.warn(
                    "The Tango database host in TANGO_HOST={} is not known, devices announce {}.", tangoHost, LOOPBACK);
            LOG.debug("address", e);
            return LOOPBACK;
        }
    }
}
