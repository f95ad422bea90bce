package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import java.util.Optional;
import org.bcdi.detector.PixelType;

/** Element types of HDF5 and ours. Called inside {@link Hdf5#call}. */
final class Hdf5Types {
    private Hdf5Types() {}

    /** The pixel type of a numeric type; that of the integers behind it for an enumeration (truth values of h5py). */
    static Optional<PixelType> pixelType(long type, int typeClass) {
        if (typeClass == HDF5Constants.H5T_ENUM) {
            try (Handle base = Handle.type(H5.H5Tget_super(type))) {
                return pixelType(base.id(), HDF5Constants.H5T_INTEGER);
            }
        }
        int bytes = (int) H5.H5Tget_size(type);
        if (typeClass == HDF5Constants.H5T_FLOAT) {
            return Optional.of(bytes <= Float.BYTES ? PixelType.FLOAT32 : PixelType.FLOAT64);
        }
        if (typeClass != HDF5Constants.H5T_INTEGER) {
            return Optional.empty();
        }
        boolean signed = H5.H5Tget_sign(type) != HDF5Constants.H5T_SGN_NONE;
        return Optional.ofNullable(
                switch (bytes) {
                    case 1 -> signed ? PixelType.INT8 : PixelType.UINT8;
                    case 2 -> signed ? PixelType.INT16 : PixelType.UINT16;
                    case 4 -> signed ? PixelType.INT32 : PixelType.UINT32;
                    case 8 -> signed ? PixelType.INT64 : PixelType.UINT64;
                    default -> null;
                });
    }

    /** The little-endian type in memory; the library converts what the file holds. */
    static long memoryType(PixelType type) {
        return switch (type) {
            case UINT8 -> HDF5Constants.H5T_STD_U8LE;
            case UINT16 -> HDF5Constants.H5T_STD_U16LE;
            case UINT32 -> HDF5Constants.H5T_STD_U32LE;
            case UINT64 -> HDF5Constants.H5T_STD_U64LE;
            case INT8 -> HDF5Constants.H5T_STD_I8LE;
            case INT16 -> HDF5Constants.H5T_STD_I16LE;
            case INT32 -> HDF5Constants.H5T_STD_I32LE;
            case INT64 -> HDF5Constants.H5T_STD_I64LE;
            case FLOAT32 -> HDF5Constants.H5T_IEEE_F32LE;
            case FLOAT64 -> HDF5Constants.H5T_IEEE_F64LE;
        };
    }

    /** Whether a compound type is how h5py and CXI write complex numbers: members r and i. */
    static boolean isComplex(long type) {
        return H5.H5Tget_class(type) == HDF5Constants.H5T_COMPOUND
                && H5.H5Tget_nmembers(type) == 2
                && "r".equals(H5.H5Tget_member_name(type, 0))
                && "i".equals(H5.H5Tget_member_name(type, 1));
    }

    /** complex64: float32 members r and i. */
    static Handle complexFloat() {
        long type = H5.H5Tcreate(HDF5Constants.H5T_COMPOUND, 2L * Float.BYTES);
        H5.H5Tinsert(type, "r", 0, HDF5Constants.H5T_IEEE_F32LE);
        H5.H5Tinsert(type, "i", Float.BYTES, HDF5Constants.H5T_IEEE_F32LE);
        return Handle.type(type);
    }

    /** UTF-8 text of any length, which h5py gives back as text and not as bytes. */
    static Handle text() {
        long type = H5.H5Tcopy(HDF5Constants.H5T_C_S1);
        H5.H5Tset_size(type, HDF5Constants.H5T_VARIABLE);
        H5.H5Tset_cset(type, HDF5Constants.H5T_CSET_UTF8);
        return Handle.type(type);
    }
}
