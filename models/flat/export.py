"""Write the preview network as ONNX with model card and golden windows:
python3 -m flat.export runs/flat/preview-mse+gradient-any/checkpoint.pt
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from inpainting.gaps import cross
from inpainting.scale import DEVIATION_FLOOR
from inpainting.simulate import simulate

from . import SIZE
from .examples import Patterns, batch
from .fill import fill
from .networks import parameter_count
from .train import load_network

NAME = "inpaint-frame128"
OPSET = 17
GOLDEN_SEED = 8_100_000
LIMITS = (
    "A live preview of single frames, not for phasing: it knows neither the neighbouring frames nor how sure it is; the "
    "three-dimensional network inpaint-patch32 has both. Trained on simulated single crystals only (phase range up to 3 pi, "
    "oversampling 2 to 6, up to 1e7 photons in the brightest voxel) and gaps of 1 to 12 pixels, some up to 40: across gaps wider "
    "than about a fringe it gives the envelope, hardly the fringes. The training was short.")
DATA = ("Simulated on the fly, nothing measured: frames of rocking curves (convex hulls of random points and intersections of "
        "half-spaces, correlated random phase, soft edges, modulus texture, partial coherence up to 1 voxel) and, every second one, "
        "patterns of flat crystals (random polygons); oversampling 2 to 6, maximum 10^2.5 to 10^7 photons, Poisson noise; random "
        "straight gaps, crosses, junctions, partial gaps, dead pixels and borders")


def write_onnx(network, path):
    """Write the network with a dynamic batch and let ONNX check it."""
    names = {"patches": {0: "N"}, "prediction": {0: "N"}}
    torch.onnx.export(network, torch.zeros(2, 2, SIZE, SIZE), str(path), opset_version=OPSET,
                      input_names=["patches"], output_names=["prediction"], dynamic_axes=names)
    onnx.checker.check_model(onnx.load(str(path)), full_check=True)


def golden_windows(network, path):
    """Two inputs and this network's outputs, and a frame of 150x290 pixels with a cross and dead pixels (counts, mask) with what
    `fill` makes of it (filled, log1p of photons), for whoever runs the ONNX file elsewhere."""
    inputs = batch(Patterns(GOLDEN_SEED, "mixed"), [(0, 0), (1, 1)], GOLDEN_SEED, "any", True)[0]
    # Few mantissa bits: the inputs are an example and may be rounded, so that the file stays small.
    inputs = np.round(inputs * 128) / 128
    with torch.no_grad():
        outputs = network(torch.from_numpy(inputs)).numpy()
    rng = np.random.default_rng(GOLDEN_SEED)
    diffraction = simulate((3, 150, 290), rng)
    counts, mask = diffraction.counts[1], cross((1, 150, 290), (60, 170), 6)[0]
    mask[rng.integers(0, 150, 20), rng.integers(0, 290, 20)] = 1
    counts = np.where(mask > 0, 0, counts)
    np.savez_compressed(path, patches=inputs, prediction=outputs, counts=counts.astype(np.float32), mask=mask,
                        filled=fill(network, counts, mask).astype(np.float32))


def card(network, state, digest, scores, hardware):
    """The model card, in the form of the other models'."""
    settings = state["settings"]
    return {
        "name": NAME, "version": "1", "task": "inpainting", "file": f"{NAME}.onnx", "sha256": digest,
        "input": {"name": "patches", "shape": [-1, 2, SIZE, SIZE]},
        "output": {"name": "prediction", "shape": [-1, 1, SIZE, SIZE]},
        "normalisation": {"kind": "visible-standardised-log1p", "deviationFloor": DEVIATION_FLOOR, "prefill": "linear"},
        "parameters": parameter_count(network), "trainingData": DATA,
        "training": {"seed": settings["seed"], "patternsSeen": state["batches"] * settings["batch"], "batch": settings["batch"],
                     "rate": settings["rate"], "hours": round(state["hours"], 2), "hardware": hardware,
                     "optimiser": f"Adam, {settings['rate']:g}, short warm-up, linear decay over the last third",
                     "loss": f"{settings['loss']} in the gap, on log1p photons over the error of linear interpolation in the pattern",
                     "learningCurve": state["curve"],
                     "learningCurveScore": "patterns, mean over held-out frames of the squared error over that of linear "
                                           "(over 0.1^2 where that is more), mean PCC against the rate"},
        "scores": {key: scores[key] for key in ("frames", "measured") if key in scores}, "limits": LIMITS, "licence": "MIT"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent.parent, help="where the files go")
    parser.add_argument("--scores", type=Path, help="JSON written by evaluate --write")
    parser.add_argument("--hardware", default="one shared CPU core with AMX, bfloat16")
    arguments = parser.parse_args()
    network, state = load_network(arguments.checkpoint)
    if not network.prefilled:
        parser.error(f"{arguments.checkpoint} holds a network of the thesis; the preview is made from --network preview.")
    path = arguments.folder / f"{NAME}.onnx"
    write_onnx(network, path)
    golden_windows(network, arguments.folder / "golden" / f"{NAME}.npz")
    scores = json.loads(arguments.scores.read_text()) if arguments.scores else {}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    text = json.dumps(card(network, state, digest, scores, arguments.hardware), indent=2)
    path.with_suffix(".json").write_text(text + "\n")
    print(f"{path}: sha256 {digest}")


if __name__ == "__main__":
    main()
