package org.bcdi.sim.lima;

import org.bcdi.detector.lima.DataArray;

/**
 * Which frames a client of {@code readImageSeq} wants.
 *
 * @param start first frame
 * @param end one after the last
 */
record SequenceRequest(long start, long end) {
    /** @param present tag of the prepared acquisition or {@link DataArray#NONE} */
    static SequenceRequest of(long[] request, long present) {
        if (request.length < 2 || request.length > 4) {
            throw new CameraException(
                    "readImageSeq takes start, end, step and acq_tag, got " + request.length + " values");
        }
        if (request[0] >= request[1]) {
            throw new CameraException("AttributeError: 'NoneType' object has no attribute 'buffer'");
        }
        if (request.length > 2 && request[2] != 1) {
            throw new CameraException("Discontiguous sequences not supported yet");
        }
        if (request.length > 3) {
            checkTag(request[3], present);
        }
        return new SequenceRequest(request[0], request[1]);
    }

    private static void checkTag(long tag, long present) {
        if (present == DataArray.NONE) {
            throw new CameraException("No acq_tag has been set yet");
        }
        if (tag != present) {
            throw new CameraException(String.format("Acq. #%d (0x%08x) is not available", tag, tag));
        }
    }
}
