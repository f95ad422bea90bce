package org.bcdi.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An ONNX graph written down node by node, for computations that are no trained network but shall run where networks do. Values
 * are named by the order in which they come. Not for threads.
 */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int NUMBER_ATTRIBUTE = 2;
    private static final int LIST_ATTRIBUTE = 7;
    private static final Set<String> LISTS = Set.of("axes", "perm");

    private final ProtoBuffer graph = new ProtoBuffer();
    private int values;

    public OnnxGraph(String name) {
        graph.text(2, name);
    }

    /** A float tensor that is given at each run; a negative extent is free. */
    public String input(String name, long... shape) {
        graph.message(11, tensorInfo(name, shape));
        return name;
    }

    /** Names a float tensor that each run gives: a value made before, under a name of its own. */
    public void output(String name, String value, long... shape) {
        add(name, "Identity", Map.of(), value);
        graph.message(12, tensorInfo(name, shape));
    }

    /** A float tensor that is the same at every run, in C order. */
    public String constant(float[] data, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * data.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(data);
        return constant(FLOAT, raw.array(), shape);
    }

    /** A list of whole numbers, as shapes are. */
    public String integers(long... data) {
        ByteBuffer raw = ByteBuffer.allocate(Long.BYTES * data.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(data);
        return constant(INT64, raw.array(), data.length);
    }

    private String constant(int type, byte[] raw, long... shape) {
        String name = nextName();
        ProtoBuffer tensor = new ProtoBuffer();
        for (long extent : shape) {
            tensor.number(1, extent);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
        return name;
    }

    /** One operator of ONNX's own set, version 17; returns its value. */
    public String node(String operator, String... inputs) {
        return node(operator, Map.of(), inputs);
    }

    /** The same with attributes that are whole numbers, or lists of them. */
    public String node(String operator, Map<String, long[]> attributes, String... inputs) {
        String name = nextName();
        add(name, operator, attributes, inputs);
        return name;
    }

    private void add(String output, String operator, Map<String, long[]> attributes, String... inputs) {
        ProtoBuffer node = new ProtoBuffer();
        for (String input : inputs) {
            node.text(1, input);
        }
        node.text(2, output).text(4, operator);
        new TreeMap<>(attributes).forEach((key, value) -> node.message(5, attribute(key, value)));
        graph.message(1, node);
    }

    /** Lists are told from numbers by their names, as ONNX has them. */
    private static ProtoBuffer attribute(String key, long[] value) {
        ProtoBuffer attribute = new ProtoBuffer().text(1, key);
        if (!LISTS.contains(key)) {
            return attribute.number(3, value[0]).number(20, NUMBER_ATTRIBUTE);
        }
        for (long one : value) {
            attribute.number(8, one);
        }
        return attribute.number(20, LIST_ATTRIBUTE);
    }

    private String nextName() {
        return "v" + values++;
    }

    /** The ONNX file. */
    public byte[] bytes() {
        return new ProtoBuffer()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new ProtoBuffer().text(1, "").number(2, OPSET))
                .toByteArray();
    }

    private static ProtoBuffer tensorInfo(String name, long... shape) {
        ProtoBuffer dimensions = new ProtoBuffer();
        for (int axis = 0; axis < shape.length; axis++) {
            ProtoBuffer dimension = new ProtoBuffer();
            dimensions.message(
                    1, shape[axis] < 0 ? dimension.text(2, name + "_" + axis) : dimension.number(1, shape[axis]));
        }
        ProtoBuffer tensor = new ProtoBuffer().number(1, FLOAT).message(2, dimensions);
        return new ProtoBuffer().text(1, name).message(2, new ProtoBuffer().message(1, tensor));
    }
}
