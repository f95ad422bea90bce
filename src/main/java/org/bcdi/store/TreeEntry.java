package org.bcdi.store;

import java.util.Optional;

/**
 * One object of an HDF5 file.
 *
 * @param path from the root
 * @param group whether it holds others
 * @param content of a dataset: its value when it is a scalar, else shape and type such as {@code 201x256x256 uint32}
 * @param link where the name points when it is a link, such as {@code /entry_1/image_1}
 */
public record TreeEntry(String path, boolean group, String content, Optional<String> link) {}
