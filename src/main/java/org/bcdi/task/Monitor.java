package org.bcdi.task;

/**
 * The one line between a long computation and whoever waits for it: the computation reports its progress and looks here
 * whether it should stop, once per patch batch or block of iterations.
 *
 * <p>Called on the computing thread; implementations must return at once.
 */
public interface Monitor {
    /** Asks for nothing and hears nothing. */
    Monitor NONE = new Monitor() {
        @Override
        public void progress(double fraction) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /** @param fraction of the work that is done, 0 to 1, never decreasing */
    void progress(double fraction);

    /** Whether the work should stop. */
    boolean cancelled();

    /** Reports progress and ends the work when asked to.
     *
     * @throws CancelledException when {@link #cancelled()} */
    default void advance(double fraction) {
        if (cancelled()) {
            throw new CancelledException();
        }
        progress(fraction);
    }

    /** A monitor for one part of the work, whose 0 to 1 is {@code from} to {@code to} of this one. */
    default Monitor part(double from, double to) {
        Monitor whole = this;
        return new Monitor() {
            @Override
            public void progress(double fraction) {
                whole.progress(from + (to - from) * fraction);
            }

            @Override
            public boolean cancelled() {
                return whole.cancelled();
            }
        };
    }
}
