package org.bcdi.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.task.InputException;

/**
 * A NumPy array file of two or three axes; two are taken for one frame. Versions 1 to 3 of the format, C and Fortran
 * order, integers, truth values, float32 and float64 in both byte orders.
 */
final class NpyFile implements ImageStack {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private final Path path;
    private final FileChannel channel;
    private final PixelType type;
    private final ByteOrder order;
    private final boolean fortran;
    private final int[] shape;
    private final long dataOffset;

    private NpyFile(Path path, FileChannel channel, String header, long dataOffset) {
        this.path = path;
        this.channel = channel;
        this.dataOffset = dataOffset;
        String description = field(header, "'descr'\\s*:\\s*'([^']+)'");
        this.type = pixelType(description);
        this.order = description.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.fortran = field(header, "'fortran_order'\\s*:\\s*(True|False)").equals("True");
        this.shape = Stream.of(field(header, "'shape'\\s*:\\s*\\(([^)]*)\\)").split(","))
                .map(String::strip)
                .filter(axis -> !axis.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** @throws InputException when the file is not there or not a NumPy array */
    static NpyFile open(Path path) {
        Hdf5File.requireFile(path);
        try {
            FileChannel channel = FileChannel.open(path);
            try {
                return read(path, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new InputException("File " + path + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private static NpyFile read(Path path, FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(start, 0);
        if (start.position() < 12 || !Arrays.equals(Arrays.copyOf(start.array(), MAGIC.length), MAGIC)) {
            throw new InputException("File " + path + " is not a NumPy array; write it with numpy.save.");
        }
        boolean first = start.get(6) == 1;
        int length = first ? start.getShort(8) & 0xffff : start.getInt(8);
        int headerOffset = first ? 10 : 12;
        if (length < 0 || headerOffset + (long) length > channel.size()) {
            throw new InputException("NumPy file " + path + " is cut off in its header; write it again.");
        }
        ByteBuffer header = ByteBuffer.allocate(length);
        channel.read(header, headerOffset);
        NpyFile file = new NpyFile(
                path, channel, new String(header.array(), StandardCharsets.UTF_8), headerOffset + (long) length);
        file.requireWhole();
        return file;
    }

    private void requireWhole() throws IOException {
        boolean array = shape.length == 2 || shape.length == 3;
        if (!array || Arrays.stream(shape).anyMatch(axis -> axis == 0)) {
            throw new InputException("NumPy file " + path + " holds an array of shape " + Arrays.toString(shape)
                    + "; a rocking curve has three axes: frames, rows, columns.");
        }
        long bytes = (long) frames() * height() * width() * type.bytes();
        if (channel.size() - dataOffset < bytes) {
            throw new InputException("NumPy file " + path + " is cut off: " + (channel.size() - dataOffset)
                    + " bytes of " + bytes + "; write it again.");
        }
        if (fortran && bytes > Integer.MAX_VALUE) {
            throw new InputException("NumPy file " + path
                    + " is in Fortran order and larger than 2 GiB; save it with numpy.ascontiguousarray.");
        }
    }

    /** @throws InputException when the array has no axis of frames */
    NpyFile requireFrames() {
        if (shape.length != 3) {
            throw new InputException("NumPy file " + path + " holds an array of shape " + Arrays.toString(shape)
                    + "; a rocking curve has three axes: frames, rows, columns.");
        }
        return this;
    }

    int rank() {
        return shape.length;
    }

    @Override
    public int frames() {
        return shape.length == 3 ? shape[0] : 1;
    }

    @Override
    public int height() {
        return shape[shape.length - 2];
    }

    @Override
    public int width() {
        return shape[shape.length - 1];
    }

    @Override
    public PixelType type() {
        return type;
    }

    @Override
    public FrameBlock read(int first, int count) {
        try {
            ByteBuffer pixels = fortran ? gather(first, count) : contiguous(first, count);
            return new FrameBlock(first, count, height(), width(), type, pixels.order(order));
        } catch (IOException e) {
            throw new InputException("File " + path + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new InputException("File " + path + " cannot be closed (" + e.getMessage() + ").", e);
        }
    }

    private ByteBuffer contiguous(int first, int count) throws IOException {
        long frame = (long) height() * width() * type.bytes();
        return channel.map(FileChannel.MapMode.READ_ONLY, dataOffset + first * frame, count * frame);
    }

    /** Fortran order: the frame number runs fastest, then rows, then columns. */
    private ByteBuffer gather(int first, int count) throws IOException {
        int bytes = type.bytes();
        int frameSize = height() * width();
        ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, dataOffset, (long) frames() * frameSize * bytes);
        byte[] pixels = new byte[count * frameSize * bytes];
        for (int step = 0; step < count; step++) {
            for (int row = 0; row < height(); row++) {
                for (int column = 0; column < width(); column++) {
                    int from = first + step + frames() * (row + height() * column);
                    int to = (step * height() + row) * width() + column;
                    all.get(from * bytes, pixels, to * bytes, bytes);
                }
            }
        }
        return ByteBuffer.wrap(pixels);
    }

    private PixelType pixelType(String description) {
        Optional<PixelType> known = switch (description.substring(1)) {
            case "u1", "b1" -> Optional.of(PixelType.UINT8);
            case "u2" -> Optional.of(PixelType.UINT16);
            case "u4" -> Optional.of(PixelType.UINT32);
            case "u8" -> Optional.of(PixelType.UINT64);
            case "i1" -> Optional.of(PixelType.INT8);
            case "i2" -> Optional.of(PixelType.INT16);
            case "i4" -> Optional.of(PixelType.INT32);
            case "i8" -> Optional.of(PixelType.INT64);
            case "f4" -> Optional.of(PixelType.FLOAT32);
            case "f8" -> Optional.of(PixelType.FLOAT64);
            default -> Optional.empty();
        };
        return known.orElseThrow(() -> new InputException("NumPy file " + path + " holds elements of type '"
                + description + "'; save integers, float32 or float64."));
    }

    private String field(String header, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(header);
        if (!matcher.find()) {
            throw new InputException(
                    "NumPy file " + path + " does not hold one plain array (its header is " + header.strip() + ").");
        }
        return matcher.group(1);
    }
}
