"""Write ONNX, weights, card and golden volume of a phasing network: python3 -m phasing.export runs/first/checkpoint.pt"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from planar import planar
from training import write_state

from .crystals import RANGES, heldout_crystal
from .looped import Looped
from .mending import MendingNetwork
from .network import LOG_SCALE, SIZE, inputs_of, parameter_count
from .train import network_of

OPSET = 17
GOLDEN_SEED = 37_000_000
LARGEST = 100 * 2 ** 20
LIMITS = ("Trained on simulated single crystals only: convex hulls and facets, correlated random phase of up to 6 pi peak to peak, "
          "oversampling 2 to 5, 10^4 to 10^8 photons, coherence length of one crystal and more, gaps up to 12 voxels. The "
          "intensity's centre of mass has to lie within a few voxels of the middle. It is a start for a refinement, not a result: "
          "its certainty is not calibrated, and where its agreement is low the refinement may end in a wrong solution.")
MENDING_LOSS = ("root of the squared error after the nearest twin, shift and constant phase, in real space and, half as much, on the detector "
                "with weight 1 / (amplitude + 1); a pool of crystals, each at some step of the network's own attempt")
DATA = ("Simulated on the fly, nothing measured: convex hulls of random points and intersections of half-spaces, soft edges, "
        "modulus texture, correlated random phase of 0 to 6 pi, sampled twice finer than the detector and cut at its edge, "
        "oversampling 2 to 5 per axis, half partially coherent, 10^4 to 10^8 photons, Poisson noise, gaps in half of the volumes")


def write_onnx(network, path):
    """Write the network with a dynamic batch and let ONNX check it."""
    dimensions = network.settings["dimensions"]
    names = {"diffraction": {0: "N"}, "phases": {0: "N"}}
    network = planar(network, fixed=True)
    graph = torch.jit.script(Looped(network)) if isinstance(network, MendingNetwork) else network
    torch.onnx.export(graph, torch.zeros(2, 2, *[SIZE[dimensions]] * dimensions), str(path), opset_version=OPSET,
                      input_names=["diffraction"], output_names=["phases"], dynamic_axes=names)
    model = onnx.load(str(path))
    # The exporter loses sight of the shape behind the object's transforms.
    for axis, length in enumerate([2] + [SIZE[dimensions]] * dimensions, 1):
        model.graph.output[0].type.tensor_type.shape.dim[axis].dim_value = length
    weights_into_loops(model.graph)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, str(path))
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path} has {path.stat().st_size} bytes, more than the {LARGEST} allowed; choose smaller --widths.")


def weights_into_loops(graph):
    """Give each loop the weights that nothing else uses: ONNX Runtime prepares convolutions whose weights are in the same graph."""
    loops = [(node, attribute.g) for node in graph.node for attribute in node.attribute if attribute.HasField("g")]
    for loop, body in loops:
        others = set().union(loop.input, *(_names(node) for node in graph.node if node is not loop))
        inside = set().union(*(_names(node) for node in body.node))
        for weight in [weight for weight in graph.initializer if weight.name in inside - others]:
            body.initializer.append(weight)
            graph.initializer.remove(weight)
        weights_into_loops(body)


def _names(node):
    """All that a node and the graphs in it use."""
    bodies = [attribute.g.node for attribute in node.attribute if attribute.HasField("g")]
    return set(node.input).union(*(_names(inner) for body in bodies for inner in body))


def golden_volume(network, path):
    """Counts and mask of one crystal, this network's input and its answer, for whoever runs the ONNX file elsewhere."""
    dimensions = network.settings["dimensions"]
    batch = heldout_crystal(0, GOLDEN_SEED, RANGES["C"], SIZE[dimensions], dimensions, gaps=1.0)
    inputs = inputs_of(batch.counts, batch.mask)
    with torch.no_grad():
        phases = network(inputs)
    np.savez_compressed(path, counts=batch.counts.numpy(), mask=batch.mask.numpy().astype(np.uint8),
                        diffraction=inputs.numpy(), phases=phases.numpy())


def card(name, network, state, digest, scores, hardware, story="", version="1"):
    """The model card: everything the server needs to check and use the file, and what a user should know about it."""
    dimensions = network.settings["dimensions"]
    shape = [-1, 2] + [SIZE[dimensions]] * dimensions
    options = state["options"]
    mending = state["kind"] == "MendingNetwork"
    return {
        "name": name, "version": version, "task": "phasing", "file": f"{name}.onnx", "sha256": digest,
        "input": {"name": "diffraction", "shape": shape},
        "output": {"name": "phases", "shape": shape},
        "normalisation": {"kind": "log1p-scaled", "scale": LOG_SCALE, "centre": "mass",
                          "channels": ["log1p counts / scale", "mask"],
                          "answers": ["certainty * cosine", "certainty * sine"]},
        "parameters": parameter_count(network), "trainingData": DATA,
        "training": {"seed": options["seed"], "crystalsSeen": state["crystals"], "batches": state["batches"],
                     "batch": options["batchSize"], "hours": round(state["hours"], 2), "hardware": hardware, "story": story,
                     "loss": MENDING_LOSS if mending else f"{options['loss']}, weight {options['weight']}",
                     "network": {"kind": state["kind"], **state["settings"]},
                     "optimiser": "AdamW, warm-up 200 batches, linear decay over the last third; moving average of the weights",
                     "learningCurve": [[crystals, scores] for crystals, _, scores in state["curve"]],
                     "learningCurveScore": "validation crystals of the held-out family by range of phase: median agreement of "
                                           "reciprocal-space phases, median correlation of the object with the truth"},
        "scores": scores, "limits": LIMITS, "licence": "MIT"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent.parent, help="where the files go")
    parser.add_argument("--steps", type=int, help="of mending, where the file shall take others than the training")
    parser.add_argument("--looks", type=int, help="of mending, how many attempts the file makes to choose from")
    parser.add_argument("--scores", type=Path, help="JSON written by benchmark --write")
    parser.add_argument("--hardware", required=True, help="where it was trained, for the card")
    parser.add_argument("--version", default="1", help="of the network, for the card")
    parser.add_argument("--story", default="", help="what else of its training the card should tell")
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, map_location="cpu")
    for key in ("steps", "looks"):
        if vars(arguments)[key]:
            state["settings"] = {**state["settings"], key: vars(arguments)[key]}
    network = network_of(state)
    name = f"phase-{SIZE[network.settings['dimensions']]}{'' if network.settings['dimensions'] == 3 else '-2d'}"
    path = arguments.folder / f"{name}.onnx"
    write_onnx(network, path)
    (arguments.folder / "golden").mkdir(exist_ok=True)
    golden_volume(network, arguments.folder / "golden" / f"{name}.npz")
    write_state({"average": state["average"], "settings": state["settings"], "kind": state["kind"]}, path.with_suffix(".pt"))
    scores = json.loads(arguments.scores.read_text()) if arguments.scores else {}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    described = card(name, network, state, digest, scores, arguments.hardware, arguments.story, arguments.version)
    path.with_suffix(".json").write_text(json.dumps(described, indent=2) + "\n")
    print(f"{path}: sha256 {digest}, {path.stat().st_size / 2 ** 20:.1f} MiB")


if __name__ == "__main__":
    main()
