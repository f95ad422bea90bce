package org.bcdi.pipeline;

/** How it stands between the follower and the detector. */
public enum Following {
    /** Nobody asked for it. */
    NOT,
    /** The detector is looked for: it has not answered since following began, or answers no more. */
    SEEKING,
    /** The last look saw the detector; what it does from now on is seen. */
    WATCHING
}
