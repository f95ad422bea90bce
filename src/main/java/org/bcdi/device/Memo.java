package org.bcdi.device;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something made when it is first asked for, and kept. Two threads may both make it; that costs time only. */
final class Memo<T> implements Supplier<T> {
    private final Supplier<T> make;

    private volatile @Nullable T made;

    Memo(Supplier<T> make) {
        this.make = make;
    }

    @Override
    public T get() {
        T kept = made;
        if (kept == null) {
            kept = make.get();
            made = kept;
        }
        return kept;
    }
}
