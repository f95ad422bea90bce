package org.bcdi.cli;

import org.bcdi.volume.Shape3;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code z,y,x}. */
final class ShapeConverter implements ITypeConverter<Shape3> {
    @Override
    public Shape3 convert(String text) {
        String[] lengths = text.split(",", -1);
        if (lengths.length == 3) {
            try {
                return new Shape3(
                        Integer.parseInt(lengths[0].strip()),
                        Integer.parseInt(lengths[1].strip()),
                        Integer.parseInt(lengths[2].strip()));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is no shape (" + e.getMessage() + "); write z,y,x");
            }
        }
        throw new TypeConversionException("'" + text + "' is no shape; write z,y,x such as 64,128,128");
    }
}
