package org.bcdi.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.mask.FrameMask;
import org.bcdi.task.InputException;

/** Reads a mask from the first image of an EDF file (ESRF data format: a text header in braces, then pixels). */
final class EdfMask {
    private static final int LONGEST_HEADER = 1 << 20;

    private EdfMask() {}

    /** @throws InputException when the file is no EDF image that is understood */
    static FrameMask read(Path path) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new InputException("File " + path + " cannot be read (" + e.getMessage() + ").", e);
        }
        int end = headerEnd(bytes);
        if (end < 0) {
            throw new InputException("File " + path + " is not an EDF image: it has no header in braces.");
        }
        Map<String, String> header = parse(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
        int width = number(path, header, "dim_1");
        int height = number(path, header, "dim_2");
        PixelType type = type(path, header);
        boolean big = header.getOrDefault("byteorder", "LowByteFirst").equalsIgnoreCase("HighByteFirst");
        long needed = (long) width * height * type.bytes();
        if (bytes.length - end < needed) {
            throw new InputException("EDF file " + path + " is cut off: " + (bytes.length - end) + " bytes of " + needed
                    + "; write it again.");
        }
        ByteBuffer pixels = ByteBuffer.wrap(bytes, end, (int) needed)
                .slice()
                .order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        FrameBlock frame = new FrameBlock(0, 1, height, width, type, pixels);
        byte[] mask = new byte[height * width];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (frame.value(i) == 0 ? 0 : 1);
        }
        return new FrameMask(height, width, mask);
    }

    /** Where the pixels begin: after the closing brace and its line end. */
    private static int headerEnd(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != '{') {
            return -1;
        }
        for (int i = 1; i < Math.min(bytes.length, LONGEST_HEADER) - 1; i++) {
            if (bytes[i] == '}') {
                return bytes[i + 1] == '\r' ? i + 3 : i + 2;
            }
        }
        return -1;
    }

    private static Map<String, String> parse(String header) {
        Map<String, String> entries = new HashMap<>();
        for (String entry : header.split("[;{}]")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                String key = entry.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                entries.put(key, entry.substring(equals + 1).strip());
            }
        }
        return entries;
    }

    private static int number(Path path, Map<String, String> header, String key) {
        String text = header.getOrDefault(key, "");
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new InputException("EDF file " + path + " has '" + text + "' for its size " + key + ".");
        }
        return Integer.parseInt(text);
    }

    private static PixelType type(Path path, Map<String, String> header) {
        String word = header.getOrDefault("datatype", "");
        Optional<PixelType> type = switch (word.toLowerCase(Locale.ROOT)) {
            case "unsignedbyte" -> Optional.of(PixelType.UINT8);
            case "signedbyte" -> Optional.of(PixelType.INT8);
            case "unsignedshort" -> Optional.of(PixelType.UINT16);
            case "signedshort" -> Optional.of(PixelType.INT16);
            case "unsignedinteger", "unsignedlong" -> Optional.of(PixelType.UINT32);
            case "signedinteger", "signedlong" -> Optional.of(PixelType.INT32);
            case "unsigned64" -> Optional.of(PixelType.UINT64);
            case "signed64" -> Optional.of(PixelType.INT64);
            case "floatvalue", "float", "real" -> Optional.of(PixelType.FLOAT32);
            case "doublevalue", "double" -> Optional.of(PixelType.FLOAT64);
            default -> Optional.empty();
        };
        return type.orElseThrow(
                () -> new InputException("EDF file " + path + " has pixels of type '" + word + "', which is unknown."));
    }
}
