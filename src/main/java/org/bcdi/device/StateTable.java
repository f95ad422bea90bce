package org.bcdi.device;

import org.bcdi.pipeline.Condition;
import org.tango.DeviceState;

/** The pipeline's condition as a Tango state; docs/reference/state.md explains each. */
final class StateTable {
    private StateTable() {}

    static DeviceState of(Condition condition) {
        return switch (condition) {
            case LOADING -> DeviceState.INIT;
            case STANDBY -> DeviceState.STANDBY;
            case ARMED -> DeviceState.ON;
            case BUSY -> DeviceState.RUNNING;
            case WARNING -> DeviceState.ALARM;
            case BROKEN -> DeviceState.FAULT;
        };
    }
}
