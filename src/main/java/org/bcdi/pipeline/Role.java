package org.bcdi.pipeline;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** One named thread that takes turn after turn until it is told to finish; an error in a turn is reported and does not end it. */
final class Role {
    private static final Logger LOG = LogManager.getLogger(Role.class);
    private static final long PATIENCE_MILLIS = 10_000;

    /** One piece of work; begins by waiting for it, a second at most. */
    interface Turn {
        void run() throws InterruptedException;
    }

    private final Thread thread;
    private final Turn turn;
    private final BooleanSupplier owes;
    private final Consumer<Throwable> errors;

    /** Set by finish, looked at before each turn. */
    private volatile boolean closed;

    private Role(String name, Turn turn, BooleanSupplier owes, Consumer<Throwable> errors) {
        this.turn = turn;
        this.owes = owes;
        this.errors = errors;
        this.thread = new Thread(this::turns, name);
        this.thread.setDaemon(true);
    }

    static Role start(String name, Turn turn, Consumer<Throwable> errors) {
        return start(name, turn, () -> false, errors);
    }

    /** @param owes whether there is work that must not be lost: so long the role takes turns, even when told to finish */
    static Role start(String name, Turn turn, BooleanSupplier owes, Consumer<Throwable> errors) {
        Role role = new Role(name, turn, owes, errors);
        role.thread.start();
        return role;
    }

    private void turns() {
        while (!closed || owes.getAsBoolean()) {
            try {
                turn.run();
            } catch (InterruptedException e) {
                if (closed) {
                    return;
                }
            } catch (RuntimeException | Error e) {
                errors.accept(e);
            }
        }
    }

    /** Takes no other turn, and does not wait for the one in hand, which is of no use. */
    void leave() {
        closed = true;
    }

    /** Lets the turn in hand end, but not for ever, and takes no other; what it owes is waited for as long as it takes. */
    void finish() {
        finish(PATIENCE_MILLIS);
    }

    void finish(long patienceMillis) {
        closed = true;
        join(patienceMillis);
        while (thread.isAlive()
                && owes.getAsBoolean()
                && !Thread.currentThread().isInterrupted()) {
            LOG.warn("Waiting for the thread {} to finish its work.", thread.getName());
            join(patienceMillis);
        }
        if (!owes.getAsBoolean()) {
            thread.interrupt();
            join(patienceMillis);
        }
    }

    private void join(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
