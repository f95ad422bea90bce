package org.bcdi.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a message in the wire format of Protocol Buffers: as much of it as ONNX files need. */
final class ProtoBuffer {
    private static final int VARINT = 0;
    private static final int LENGTH_FIRST = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtoBuffer number(int field, long value) {
        varint(((long) field << 3) | VARINT);
        varint(value);
        return this;
    }

    ProtoBuffer text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    ProtoBuffer message(int field, ProtoBuffer message) {
        return bytes(field, message.toByteArray());
    }

    ProtoBuffer bytes(int field, byte[] bytes) {
        varint(((long) field << 3) | LENGTH_FIRST);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** Seven bits a byte, the lowest first; the eighth says that more follow. */
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
