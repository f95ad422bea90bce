package org.bcdi.pipeline;

/** Takes scans of one shape from what the looks at the detector show. Acquire thread only. */
interface Taker {
    /** Takes what is new.
     *
     * @throws org.bcdi.detector.DetectorLostException when the detector does not answer any more */
    void look(Sight sight);

    /** BeginScan. */
    void begin(ScanPlan plan);

    /** EndScan: no more frames are to come than those that the next look shows, or the one after it where that shows none. */
    void end();

    /** The detector has not answered for several looks, so that an end is not to wait for it any longer. */
    void lost();

    /** Ends the scan being taken with what is in.
     *
     * @param reason completes "Scan X is incomplete: " */
    void close(String reason);

    /** Forgets the scan being taken, the rest of its frames, and what was announced. */
    void drop();
}
