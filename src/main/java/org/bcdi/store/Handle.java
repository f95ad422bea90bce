package org.bcdi.store;

import hdf.hdf5lib.H5;
import java.util.function.LongConsumer;

/** An identifier of the HDF5 library that must be closed. */
record Handle(long id, LongConsumer closer) implements AutoCloseable {
    static Handle file(long id) {
        return new Handle(id, H5::H5Fclose);
    }

    static Handle group(long id) {
        return new Handle(id, H5::H5Gclose);
    }

    static Handle object(long id) {
        return new Handle(id, H5::H5Oclose);
    }

    static Handle dataset(long id) {
        return new Handle(id, H5::H5Dclose);
    }

    static Handle attribute(long id) {
        return new Handle(id, H5::H5Aclose);
    }

    static Handle space(long id) {
        return new Handle(id, H5::H5Sclose);
    }

    static Handle type(long id) {
        return new Handle(id, H5::H5Tclose);
    }

    static Handle properties(long id) {
        return new Handle(id, H5::H5Pclose);
    }

    @Override
    public void close() {
        closer.accept(id);
    }
}
