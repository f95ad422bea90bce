"""Calibrate the deviation of a trained network and write ONNX, its weights for PyTorch, model card and golden patches:
python3 -m inpainting.export runs/first/checkpoint.pt
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from training import write_state

from .evaluate import load_network
from .fill import fill
from .friedel import centre_of_symmetry
from .gaps import cross, plane
from .network import CHANNELS, SIZE, parameter_count
from .patches import DEVIATION_FLOOR, Scenes, batch
from .prefill import linear_prefill
from .ridge import ridge_prefill
from .simulate import BRIGHTEST_DECADES, OVERSAMPLING, simulate

NAME = "inpaint-patch32"
OPSET = 17
CALIBRATION_SEED = 8_000_000
# What a checkpoint tells of its training; the rest of it serves only to resume.
STORY = "seed", "batches", "batchSize", "hours", "curve", "finetuning"
LIMITS = (
    "Trained on simulated single crystals only (convex, faceted, notched or with domains, phase range up to 3 pi, oversampling 2 to "
    "8, up to 1e7 photons in the brightest voxel) and gaps of 1 to 12 voxels. Wider gaps, several crystals in the beam, powder "
    "rings and strong parasitic scattering are outside of what it has seen. Filled voxels near the Bragg peak are far from "
    "measurement grade: use the standard deviation. It tends to smooth fringes which are shorter than the gap. The standard "
    "deviation is that of the rate, without counting noise, calibrated on simulated patches; on measured data it is no guarantee.")
DATA = ("Simulated on the fly, nothing measured: convex hulls of random points and intersections of half-spaces, a quarter with "
        "a notch; correlated random phase, some with domains or a dislocation; soft edges, modulus texture, oversampling "
        f"{OVERSAMPLING[0]} to {OVERSAMPLING[1]} per axis, partial coherence up to 1 voxel, maximum 10^{BRIGHTEST_DECADES[0]} to "
        f"10^{BRIGHTEST_DECADES[1]} photons, Poisson noise; random planes, crosses, junctions, partial planes, dead pixels and borders")


def calibrate(network, batches=12):
    """Scale the network's deviation so that 68.27 % of the gap voxels of unseen training-family patches lie within it."""
    scenes = Scenes(CALIBRATION_SEED)
    network.deviation_scale.fill_(1)
    ratios = []
    with torch.no_grad():
        for number in range(batches):
            drawn = batch(scenes, number, CALIBRATION_SEED, alive=12, batches_per_scene=6)
            rate, deviation = network(torch.from_numpy(drawn.inputs)).numpy().swapaxes(0, 1)
            ratios.append((np.abs(rate - drawn.target) / deviation)[drawn.scored > 0])
    network.deviation_scale.fill_(float(np.quantile(np.concatenate(ratios), 0.6827)))


def write_onnx(network, path):
    """Write the network with a dynamic batch and let ONNX check it."""
    names = {"patches": {0: "N"}, "prediction": {0: "N"}}
    torch.onnx.export(network, torch.zeros(2, CHANNELS, SIZE, SIZE, SIZE), str(path), opset_version=OPSET,
                      input_names=["patches"], output_names=["prediction"], dynamic_axes=names)
    onnx.checker.check_model(onnx.load(str(path)), full_check=True)


def golden_patches(network, path):
    """Two inputs and this network's outputs, for whoever runs the ONNX file elsewhere."""
    inputs = batch(Scenes(CALIBRATION_SEED + 1), 0, CALIBRATION_SEED + 1, size=2, alive=2).inputs
    # Few mantissa bits: the inputs are an example and may be rounded, so that the file stays small.
    inputs = np.round(inputs * 128) / 128
    with torch.no_grad():
        outputs = network(torch.from_numpy(inputs)).numpy()
    np.savez_compressed(path, patches=inputs, prediction=outputs)


def golden_prefill(path):
    """A small volume with its prefill, for other implementations: a cross (its core is filled in a second pass), a border
    plane, a dead line along z and single voxels. `prefill` is in log1p counts, axes (z, y, x)."""
    rng = np.random.default_rng(3)
    shape = (7, 11, 13)
    counts = rng.poisson(rng.gamma(0.5, 40, shape)).astype(np.float64)
    mask = cross(shape, (4, 6), 2) | plane(shape, 2, 0, 1)
    mask[:, 9, 3] = 1
    mask[tuple(rng.integers(0, n, 20) for n in shape)] = 1
    counts[mask > 0] = 0
    np.savez_compressed(path, counts=counts, mask=mask, prefill=linear_prefill(np.log1p(counts), mask))


def golden_fill(network, path):
    """A small volume with a cross, a wide gap and some dead voxels, its ridge fill, the centre of symmetry (twice) with the correlation there, and
    what the network makes of it: `rate` and `deviation` of log1p counts."""
    rng = np.random.default_rng(4)
    counts = simulate((34, 38, 60), rng).counts
    mask = cross(counts.shape, (16, 10), 5) | plane(counts.shape, 2, 30, 20)
    mask[tuple(rng.integers(0, n, 30) for n in counts.shape)] = 1
    counts[mask > 0] = 0
    ridge = ridge_prefill(np.log1p(counts), mask)
    centre, symmetry = centre_of_symmetry(ridge, mask)
    rate, deviation = fill(network, counts, mask)
    np.savez_compressed(path, counts=counts, mask=mask, ridge=ridge, centre=centre.astype(np.float32),
                        symmetry=np.float32([symmetry]), rate=rate.astype(np.float32), deviation=deviation.astype(np.float32))


def card(name, network, state, digest, scores, hardware):
    """The model card: everything the server needs to check and use the file, and what a user should know about it."""
    patches, prediction = ([-1, channels, SIZE, SIZE, SIZE] for channels in (CHANNELS, 2))
    return {
        "name": name, "version": "2", "task": "inpainting", "file": f"{name}.onnx", "sha256": digest,
        "input": {"name": "patches", "shape": patches}, "output": {"name": "prediction", "shape": prediction},
        "normalisation": {"kind": "visible-standardised-log1p", "deviationFloor": DEVIATION_FLOOR, "prefill": "ridge",
                          "channels": ["ridge", "mask", "linear", "friedelMate", "friedelTrust"]},
        "parameters": parameter_count(network), "trainingData": DATA,
        "training": {"seed": state["seed"], "patchesSeen": state["batches"] * state["batchSize"],
                     "batch": state["batchSize"], "hours": round(state["hours"], 2), "hardware": hardware,
                     "optimiser": "AdamW, 1e-3, warm-up 200 batches, cosine decay; moving average of the weights",
                     "loss": "squared error + 0.5 squared error of gradients in the gap, weighted by the root of the patch deviation; "
                             "Gaussian likelihood for the standard deviation with the error held fixed",
                     "deviationScale": round(float(network.deviation_scale), 4),
                     "learningCurve": state["curve"],
                     "learningCurveScore": "skill over linear on validation patches of the held-out family"},
        **({"finetuning": state["finetuning"]} if "finetuning" in state else {}),
        "scores": scores, "limits": LIMITS, "licence": "MIT"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--name", default=NAME, help="of the model and its files")
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent.parent, help="where the files go")
    parser.add_argument("--scores", type=Path, help="JSON written by evaluate --write")
    parser.add_argument("--hardware", default="1 CPU core (Intel Xeon with AMX), bfloat16")
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, map_location="cpu")
    network = load_network(arguments.checkpoint)
    calibrate(network)
    path = arguments.folder / f"{arguments.name}.onnx"
    story = {key: state[key] for key in STORY if key in state}
    write_state({**story, "average": network.state_dict()}, path.with_suffix(".pt"))
    write_onnx(network, path)
    if arguments.name == NAME:
        golden_patches(network, arguments.folder / "golden" / f"{NAME}.npz")
        golden_fill(network, arguments.folder / "golden" / "fill.npz")
        golden_prefill(arguments.folder / "golden" / "prefill.npz")
    scores = json.loads(arguments.scores.read_text()) if arguments.scores else {}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    text = json.dumps(card(arguments.name, network, state, digest, scores, arguments.hardware), indent=2)
    path.with_suffix(".json").write_text(text + "\n")
    print(f"{path}: sha256 {digest}, deviation scale {float(network.deviation_scale):.3f}")


if __name__ == "__main__":
    main()
