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
import org.jspecify.annotations.Nullable;

/**
 * Change events of the detector, taken as wake-ups only. They are subscribed to when the detector was first seen to answer,
 * on a thread of its own; after a restart of the detector Tango itself subscribes again, within some 10 s. A failure is
 * logged once and nothing else, since the follower looks by itself. The fields are guarded by this.
 */
final class WakeUps implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(WakeUps.class);
    private static final List<String> ATTRIBUTES = List.of("acq_status", "last_image_ready");

    private final String address;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private @Nullable Runnable wakeUp;
    private boolean tried;
    private boolean closed;

    private record Subscription(DeviceProxy proxy, int id) {}

    WakeUps(String address) {
        this.address = address;
    }

    /** Remembers whom to wake up. */
    synchronized void onWakeUp(Runnable follower) {
        wakeUp = follower;
        tried = address.toLowerCase(Locale.ROOT).endsWith("#dbase=no");
        if (tried) {
            LOG.info("Detector {} is polled: the Java client of Tango needs a database for events", address);
        }
    }

    /** The detector answers, so now is the time to subscribe. Returns at once. */
    synchronized void detectorAnswers() {
        Runnable follower = wakeUp;
        if (follower != null && !tried && !closed) {
            tried = true;
            Thread subscriber = new Thread(() -> subscribe(follower), "lima-subscribe");
            subscriber.setDaemon(true);
            subscriber.start();
        }
    }

    /** Whether events of both attributes come, as far as Tango says. */
    synchronized boolean subscribed() {
        return subscriptions.size() == ATTRIBUTES.size();
    }

    private void subscribe(Runnable follower) {
        CallBack callback = new CallBack() {
            private static final long serialVersionUID = 1L;

            @Override
            public void push_event(EventData event) {
                follower.run();
            }
        };
        try {
            DeviceProxy proxy = new DeviceProxy(address);
            for (String attribute : ATTRIBUTES) {
                keep(new Subscription(
                        proxy,
                        proxy.subscribe_event(attribute, TangoConst.CHANGE_EVENT, callback, new String[0], true)));
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
