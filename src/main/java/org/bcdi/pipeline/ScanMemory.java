package org.bcdi.pipeline;

import org.bcdi.task.InputException;

/** What scans take of the memory that they may take. Any thread. */
final class ScanMemory {
    private static final int MIB = 1 << 20;

    private final long budget;
    private final Backlog backlog;
    private final Board board;

    /** @param budget bytes that all of them may take together */
    ScanMemory(long budget, Backlog backlog, Board board) {
        this.budget = budget;
        this.backlog = backlog;
        this.board = board;
    }

    /** Bytes that those waiting, the one in hand and the published result take. */
    long held() {
        return waiting() + board.latest().published().map(Published::bytes).orElse(0L);
    }

    /** Bytes of the scans whose results are to come, each in place of the published one. */
    long waiting() {
        return backlog.bytes();
    }

    /**
     * Looks whether one more scan can be processed again.
     *
     * @param bytes that it will take itself, 0 where it shares what is counted already
     * @throws InputException when the others leave less
     */
    void require(String scan, long bytes) {
        long left = Math.max(0, budget - held());
        if (bytes > left) {
            throw new InputException(scan + " needs " + (bytes + MIB - 1) / MIB
                    + " MiB to be processed again, and the scans in memory leave " + left / MIB
                    + " MiB of the memory budget; try again when those before it are done, or set a larger"
                    + " MemoryBudget.");
        }
    }
}
