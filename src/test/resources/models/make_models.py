"""Makes the tiny ONNX models of the tests: /usr/bin/python3 make_models.py, in this folder (Debian's python3-onnx)."""

import hashlib
import json

import onnx
from onnx import TensorProto, helper


def model(name, side, nodes, constants=()):
    """patches (N, 2, side^3) -> prediction of the same shape."""
    shape = ["N", 2, side, side, side]
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("patches", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("prediction", TensorProto.FLOAT, shape)],
        [helper.make_tensor(n, TensorProto.FLOAT, [1], [v]) for n, v in constants])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    made.ir_version = 8
    onnx.checker.check_model(made)
    onnx.save(made, name + ".onnx")
    digest = hashlib.sha256(open(name + ".onnx", "rb").read()).hexdigest()
    tensor = [-1, 2, side, side, side]
    card = {
        "name": name, "version": "1", "task": "inpainting", "file": name + ".onnx", "sha256": digest,
        "input": {"name": "patches", "shape": tensor}, "output": {"name": "prediction", "shape": tensor},
        "normalisation": {"kind": "visible-log1p", "deviationFloor": 0.1, "prefill": "linear"},
        "limits": "a test", "licence": "MIT"}
    with open(name + ".json", "w") as file:
        json.dump(card, file, indent=2)
        file.write("\n")


model("half", 4, [helper.make_node("Mul", ["patches", "factor"], ["prediction"])], [("factor", 0.5)])
model("large", 8, [helper.make_node("Identity", ["patches"], ["prediction"])])
