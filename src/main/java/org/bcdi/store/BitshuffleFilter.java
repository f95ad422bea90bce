package org.bcdi.store;

import io.jhdf.filter.Filter;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.bcdi.task.BcdiException;

/**
 * Bitshuffle, alone or with LZ4 (Masui et al. 2015, doi 10.1016/j.ascom.2015.07.002), as Lima and DECTRIS compress
 * frames. Blocks of elements are transposed bit by bit; the last block may be shorter, and up to seven elements after it
 * are plain. The filter of jhdf 0.13 leaves out that last block.
 */
final class BitshuffleFilter implements Filter {
    private static final int ID = 32008;
    private static final int PLAIN = 0;
    private static final int LZ4 = 2;
    private static final int TARGET_BLOCK_BYTES = 8192;
    private static final int SMALLEST_BLOCK = 128;
    private static final int GROUP = 8;

    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestJavaInstance().safeDecompressor();

    @Override
    public int getId() {
        return ID;
    }

    @Override
    public String getName() {
        return "bitshuffle";
    }

    /** @param settings version, version, bytes of an element, elements of a block or 0, compression */
    @Override
    public byte[] decode(byte[] encoded, int[] settings) {
        int elementBytes = settings[2];
        int compression = settings.length > 4 ? settings[4] : PLAIN;
        ByteBuffer in = ByteBuffer.wrap(encoded);
        if (compression == LZ4) {
            byte[] out = new byte[Math.toIntExact(in.getLong())];
            decode(in, out, in.getInt() / elementBytes, elementBytes, true);
            return out;
        }
        if (compression != PLAIN) {
            throw new BcdiException("Bitshuffle with compression " + compression + " is not known here.");
        }
        byte[] out = new byte[encoded.length];
        int given = settings.length > 3 ? settings[3] : 0;
        int usual = Math.max(TARGET_BLOCK_BYTES / elementBytes / GROUP * GROUP, SMALLEST_BLOCK);
        decode(in, out, given > 0 ? given : usual, elementBytes, false);
        return out;
    }

    private void decode(ByteBuffer in, byte[] out, int blockElements, int elementBytes, boolean compressed) {
        int shuffled = out.length / elementBytes / GROUP * GROUP;
        byte[] block = new byte[blockElements * elementBytes];
        for (int first = 0; first < shuffled; first += blockElements) {
            int elements = Math.min(blockElements, shuffled - first);
            int bytes = elements * elementBytes;
            if (compressed) {
                byte[] packed = new byte[in.getInt()];
                in.get(packed);
                decompressor.decompress(packed, 0, packed.length, block, 0, bytes);
            } else {
                in.get(block, 0, bytes);
            }
            unshuffle(block, elements, elementBytes, out, first * elementBytes);
        }
        in.get(out, shuffled * elementBytes, out.length - shuffled * elementBytes);
    }

    /** From planes, one for each bit of an element, to elements, eight at a time. */
    private static void unshuffle(byte[] planes, int elements, int elementBytes, byte[] out, int at) {
        int planeBytes = elements / GROUP;
        for (int group = 0; group < planeBytes; group++) {
            int element = at + group * GROUP * elementBytes;
            for (int part = 0; part < elementBytes; part++) {
                long bits = 0;
                for (int bit = GROUP - 1; bit >= 0; bit--) {
                    bits = (bits << 8) | (planes[(part * GROUP + bit) * planeBytes + group] & 0xff);
                }
                bits = transpose(bits);
                for (int i = 0; i < GROUP; i++) {
                    out[element + i * elementBytes + part] = (byte) (bits >>> (8 * i));
                }
            }
        }
    }

    /** Transposes an 8x8 matrix of bits, one byte a row (Warren, Hacker's Delight, section 7-3). */
    private static long transpose(long rows) {
        long swap = (rows ^ (rows >>> 7)) & 0x00aa00aa00aa00aaL;
        long bits = rows ^ swap ^ (swap << 7);
        swap = (bits ^ (bits >>> 14)) & 0x0000cccc0000ccccL;
        bits ^= swap ^ (swap << 14);
        swap = (bits ^ (bits >>> 28)) & 0x00000000f0f0f0f0L;
        return bits ^ swap ^ (swap << 28);
    }
}
