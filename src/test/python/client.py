"""What the client scripts share: waiting, listening to events, running a scan on the simulated detector."""

import time

import tango


def wait_until(what, condition, limit=60.0):
    """Asks every 50 ms; fails after `limit` seconds, saying what was waited for."""
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {limit:.0f} s for {what}")
        time.sleep(0.05)


def connect(name, limit=90.0):
    """A proxy of a device, as soon as its server answers."""
    proxies = []

    def answers():
        try:
            proxies.append(tango.DeviceProxy(name))
            proxies[-1].ping()
            return True
        except tango.DevFailed:
            return False

    wait_until(f"{name} to answer", answers, limit)
    return proxies[-1]


class Listener:
    """Keeps the values and errors of every change event of some attributes."""

    def __init__(self, device, names):
        self.values = {name.lower(): [] for name in names}
        self.errors = []
        self.device = device
        self.subscriptions = [
            device.subscribe_event(name, tango.EventType.CHANGE_EVENT, self.push_event) for name in names
        ]

    def push_event(self, event):
        if event.err:
            self.errors.append(f"{event.attr_name}: {event.errors[0].desc}")
        else:
            self.values[event.attr_value.name.lower()].append(event.attr_value)

    def of(self, name):
        """The values pushed, oldest first; None where the attribute had none."""
        return [attribute.value for attribute in self.values[name.lower()]]

    def close(self):
        for subscription in self.subscriptions:
            self.device.unsubscribe_event(subscription)


def acquire(detector, frames, exposure):
    """One acquisition of `frames` frames; returns when the detector is done."""
    detector.acq_nb_frames = frames
    detector.acq_expo_time = exposure
    detector.prepareAcq()
    detector.startAcq()
    wait_until("the detector to finish", lambda: detector.acq_status == "Ready")


def scan(device, detector, frames, exposure=0.005, limit=120.0):
    """An acquisition that the device follows to its end; returns the words of `stage` seen on the way.

    What the detector did before the device first looked at it is no scan of the device's: so that look is waited for.
    """
    wait_until("the device to watch the detector", lambda: "Waiting for" in device.status())
    before = device.scanCount
    acquire(detector, frames, exposure)
    stages = []

    def finished():
        stage = device.stage
        if not stages or stages[-1] != stage:
            stages.append(stage)
        return stage in ("done", "failed") and device.scanCount > before

    wait_until("the scan's result", finished, limit)
    if device.stage != "done":
        raise AssertionError(f"the scan ended {device.stage}: {device.status()}")
    return stages
