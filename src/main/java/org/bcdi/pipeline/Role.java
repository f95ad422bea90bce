package org.bcdi.pipeline;

import java.util.function.Consumer;

/** One named thread that takes turn after turn until it is told to finish; an error in a turn is reported and does not end it. */
final class Role {
    private static final long PATIENCE_MILLIS = 10_000;

    /** One piece of work; begins by waiting for it, a second at most. */
    interface Turn {
        void run() throws InterruptedException;
    }

    private final Thread thread;
    private final Turn turn;
    private final Consumer<Throwable> errors;

    /** Set by finish, looked at before each turn. */
    private volatile boolean closed;

    private Role(String name, Turn turn, Consumer<Throwable> errors) {
        this.turn = turn;
        this.errors = errors;
        this.thread = new Thread(this::turns, name);
        this.thread.setDaemon(true);
    }

    static Role start(String name, Turn turn, Consumer<Throwable> errors) {
        Role role = new Role(name, turn, errors);
        role.thread.start();
        return role;
    }

    private void turns() {
        while (!closed) {
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

    /** Lets the turn in hand end, but not for ever, and takes no other. */
    void finish() {
        closed = true;
        join(PATIENCE_MILLIS);
        thread.interrupt();
        join(PATIENCE_MILLIS);
    }

    private void join(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
