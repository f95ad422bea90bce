package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;

/** Makes the datasets of a new file, and the groups above them. To be called inside {@link Hdf5#run}. */
record NewDatasets(Handle file) {
    /** A property list for links that makes missing groups above them. */
    static Handle intermediateGroups() {
        Handle links = Handle.properties(H5.H5Pcreate(HDF5Constants.H5P_LINK_CREATE));
        H5.H5Pset_create_intermediate_group(links.id(), true);
        return links;
    }

    Handle create(String path, long type, Handle space, long creation) {
        try (Handle links = intermediateGroups();
                Handle access = withoutCache()) {
            return Handle.dataset(H5.H5Dcreate(file.id(), path, type, space.id(), links.id(), creation, access.id()));
        }
    }

    /** Chunks are written whole and once; one that waited in a cache could not be closed on a full disk. */
    private static Handle withoutCache() {
        Handle access = Handle.properties(H5.H5Pcreate(HDF5Constants.H5P_DATASET_ACCESS));
        H5.H5Pset_chunk_cache(access.id(), 0, 0, 1);
        return access;
    }
}
