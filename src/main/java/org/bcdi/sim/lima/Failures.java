package org.bcdi.sim.lima;

import fr.esrf.Tango.DevError;
import fr.esrf.Tango.DevFailed;
import fr.esrf.Tango.ErrSeverity;

/** Tells clients about failures as Lima's Python server does. */
final class Failures {
    private Failures() {}

    static DevFailed of(CameraException failure) {
        return of(
                "PyDs_PythonError",
                "limacore.Exception: Control: CtControl(control/src/CtControl.cpp, 0): Error: " + failure.getMessage());
    }

    static DevFailed of(String reason, String description) {
        return new DevFailed(
                description, new DevError[] {new DevError(reason, ErrSeverity.ERR, description, "LimaCCDs")});
    }
}
