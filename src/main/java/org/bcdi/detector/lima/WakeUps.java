package org.bcdi.detector.lima;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.CallBack;
import fr.esrf.TangoApi.DeviceProxy;
import fr.esrf.TangoApi.events.EventData;
import fr.esrf.TangoDs.TangoConst;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Change events of the detector, taken as wake-ups only. Subscribing happens on a thread of its own, because a detector
 * that is away would hold the caller up; a failure is logged once and nothing else, since the follower looks by itself.
 */
final class WakeUps implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(WakeUps.class);
    private static final List<String> ATTRIBUTES = List.of("acq_status", "last_image_ready");

    private final String address;

    /** Guarded by this. */
    private final List<Subscription> subscriptions = new ArrayList<>();

    /** Guarded by this. */
    private boolean closed;

    private record Subscription(DeviceProxy proxy, int id) {}

    WakeUps(String address) {
        this.address = address;
    }

    void subscribe(Runnable wakeUp) {
        if (address.toLowerCase(Locale.ROOT).endsWith("#dbase=no")) {
            LOG.info("Detector {} is polled: the Java client of Tango needs a database for events", address);
            return;
        }
        Thread subscriber = new Thread(() -> subscribeNow(wakeUp), "lima-subscribe");
        subscriber.setDaemon(true);
        subscriber.start();
    }

    private void subscribeNow(Runnable wakeUp) {
        CallBack callback = new CallBack() {
            private static final long serialVersionUID = 1L;

            @Override
            public void push_event(EventData event) {
                wakeUp.run();
            }
        };
        try {
            DeviceProxy proxy = new DeviceProxy(address);
            for (String attribute : ATTRIBUTES) {
                // Stateless: Tango itself tries again when the detector is away or was restarted
                int id = proxy.subscribe_event(attribute, TangoConst.CHANGE_EVENT, callback, new String[0], true);
                keep(new Subscription(proxy, id));
            }
        } catch (DevFailed e) {
            LOG.warn("Detector {} gives no events and is only polled: {}", address, TangoLink.words(e));
        }
    }

    private synchronized void keep(Subscription subscription) {
        if (closed) {
            drop(subscription);
        } else {
            subscriptions.add(subscription);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        subscriptions.forEach(this::drop);
        subscriptions.clear();
    }

    private void drop(Subscription subscription) {
        try {
            subscription.proxy().unsubscribe_event(subscription.id());
        } catch (DevFailed e) {
            LOG.debug("Detector {}: {}", address, TangoLink.words(e));
        }
    }
}
