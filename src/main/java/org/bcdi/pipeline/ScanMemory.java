package org.bcdi.pipeline;

import org.bcdi.task.InputException;

/** What scans take of the memory that they may take. Any thread. */
final class ScanMemory {
    private static final int MIB = 1 << 20;

    private final long budget;
    private final Backlog backlog;
    private final Storing storing;
    private final Board board;

    /** Of the scan that is, or was last, being taken. */
    private volatile long takingBytes;

    /** @param budget bytes that all of them may take together */
    ScanMemory(long budget, Backlog backlog, Storing storing, Board board) {
        this.budget = budget;
        this.backlog = backlog;
        this.storing = storing;
        this.board = board;
    }

    /** Notes what the scan being taken takes. */
    void taking(long bytes) {
        takingBytes = bytes;
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
     * Looks whether one more scan can be processed again beside those, the one being taken and results on their way to the disk.
     *
     * @param bytes that it will take itself, 0 where it shares what is counted already
     * @throws InputException when the others leave less
     */
    void require(String scan, long bytes) {
        long taking = board.latest().activity().taking().active() ? takingBytes : 0;
        long left = Math.max(0, budget - held() - taking - storing.bytes());
        if (bytes > left) {
            throw new InputException(scan + " needs " + (bytes + MIB - 1) / MIB
                    + " MiB to be processed again, and the scans in memory leave " + left / MIB
                    + " MiB of the memory budget; try again when those before it are done, or set a larger"
                    + " MemoryBudget.");
        }
    }
}
