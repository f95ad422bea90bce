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

from planar import planar
from training import write_state

from .cases import MARGIN, WIDE
from .evaluate import load_network
from .fill import calibrated, fill
from .friedel import centre_of_symmetry
from .gaps import cross, plane
from .network import CHANNELS, SIZE, UNCALIBRATED, parameter_count
from .patches import Scenes, batch
from .prefill import linear_prefill
from .ridge import ridge_prefill
from .scale import DEVIATION_FLOOR
from .scores import BRIGHT
from .simulate import BRIGHTEST_DECADES, OVERSAMPLING, simulate

NAME = "inpaint-patch32"
OPSET = 17
# The start that the server has to give: `ridge`, and none of its forerunners.
PREFILL = "ridge-and-curve"
CALIBRATION_SEED = 8_000_000
ONE_SIGMA = 0.6827
SMALL_DEVIATION = 0.15
# What a checkpoint tells of its training; the rest of it serves only to resume.
STORY = "seed", "batches", "batchSize", "hours", "curve", "finetuning"
LIMITS = (
    "Trained on simulated single crystals only (convex, faceted, notched or with domains, phase range up to 3 pi, oversampling 2 to "
    "8, up to 1e7 photons in the brightest voxel) and gaps of 1 to 12 voxels, one in seventeen of 13 to 20. Wider gaps, several crystals in the beam, powder "
    "rings and strong parasitic scattering are outside of what it has seen. Filled voxels near the Bragg peak are far from "
    "measurement grade: use the standard deviation. It tends to smooth fringes which are shorter than the gap. The standard "
    "deviation is that of the rate, without counting noise, calibrated on simulated patches; on measured data it is no guarantee.")
DATA = ("Simulated on the fly, nothing measured: convex hulls of random points and intersections of half-spaces, a quarter with "
        "a notch; correlated random phase, some with domains or a dislocation; soft edges, modulus texture, oversampling "
        f"{OVERSAMPLING[0]} to {OVERSAMPLING[1]} per axis, partial coherence up to 1 voxel, maximum 10^{BRIGHTEST_DECADES[0]} to "
        f"10^{BRIGHTEST_DECADES[1]} photons, Poisson noise; random planes, crosses, junctions, partial planes, dead pixels and borders")


def average(network, other):
    """Take the mean of both networks' weights: of trainings that began alike it is often better than either (Wortsman et al. 2022,
    "Model soups")."""
    with torch.no_grad():
        for weights, others in zip(network.parameters(), other.parameters()):
            weights.lerp_(others, 0.5)


def calibrate(network, volumes=10, size=96):
    """Scale the network's deviation so that 68.27 % of the gap voxels lie within it, in gaps of unseen crystals of the training
    family; then set the power of `fill.calibrated` so that as many of those with a small deviation do, and the factor for
    wide gaps so that as many of their recoverable bright voxels do."""
    network.deviation_scale.fill_(1)
    network.calibration.copy_(UNCALIBRATED)
    error, deviation, _ = np.hstack([_errors(network, number, size, (2, 4, 6, 9, 12)) for number in range(volumes)])
    large = deviation >= SMALL_DEVIATION
    scale = np.quantile((error / deviation)[large], ONE_SIGMA)
    network.deviation_scale.fill_(float(scale))
    network.calibration[:2] = torch.tensor([SMALL_DEVIATION, _power(error[~large], scale * deviation[~large])])
    error, deviation, rate = np.hstack([_errors(network, number, size, (WIDE,)) for number in range(volumes)])
    chosen = np.isfinite(deviation) & (rate > BRIGHT)
    network.calibration[2] = float(np.quantile((error / deviation)[chosen], ONE_SIGMA))


def _power(error, deviation):
    """Of `fill.calibrated`, by halving the interval."""
    low, high = 0.0, 2.0
    while high - low > 1e-3:
        power = (low + high) / 2
        within = error <= calibrated(deviation, SMALL_DEVIATION, power)
        low, high = (power, high) if within.mean() > ONE_SIGMA else (low, power)
    return low


def _errors(network, number, size, widths):
    """Absolute errors and deviations of log rates, and the rates, in straight gaps of some widths in one crystal."""
    rng = np.random.default_rng([CALIBRATION_SEED, number])
    diffraction = simulate((size,) * 3, rng)
    peak = np.unravel_index(diffraction.rate.argmax(), diffraction.rate.shape)
    columns = []
    for width in widths:
        axis = int(rng.integers(3))
        start = int(np.clip(peak[axis] + rng.integers(-20, 21) - width // 2, MARGIN, size - MARGIN - width))
        mask = plane(diffraction.rate.shape, axis, start, width)
        rate, deviation = fill(network, np.where(mask > 0, 0, diffraction.counts), mask)
        gap = mask > 0
        columns.append([np.abs(rate - np.log1p(diffraction.rate))[gap], deviation[gap], diffraction.rate[gap]])
    return np.hstack(columns)


def write_onnx(network, path):
    """Write the network for any batch and any sides that are multiples of 8, and let ONNX check it."""
    free = {0: "N", 2: "Z", 3: "Y", 4: "X"}
    names = {"patches": free, "prediction": free}
    torch.onnx.export(planar(network), torch.zeros(2, CHANNELS, SIZE, SIZE, SIZE), str(path), opset_version=OPSET,
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
    """A small bright volume with a cross of two widths, a wide gap and some dead voxels, its ridge fill, the centre of symmetry (twice) with the correlation there, and
    what the network makes of it: `rate` and `deviation` of log1p counts."""
    rng = np.random.default_rng(6)
    counts = simulate((34, 38, 60), rng).counts
    mask = plane(counts.shape, 1, 16, 9) | plane(counts.shape, 2, 10, 5) | plane(counts.shape, 2, 30, 20)
    mask[tuple(rng.integers(0, n, 30) for n in counts.shape)] = 1
    counts[mask > 0] = 0
    ridge = ridge_prefill(np.log1p(counts), mask)
    centre, symmetry = centre_of_symmetry(ridge, mask)
    rate, deviation = fill(network, counts, mask)
    np.savez_compressed(path, counts=counts, mask=mask, ridge=ridge, centre=centre.astype(np.float32),
                        symmetry=np.float32([symmetry]), rate=rate.astype(np.float32), deviation=deviation.astype(np.float32))


def card(name, network, state, digest, scores, hardware, story=""):
    """The model card: everything the server needs to check and use the file, and what a user should know about it."""
    patches, prediction = ([-1, channels, -1, -1, -1] for channels in (CHANNELS, 2))
    return {
        "name": name, "version": "7.0", "task": "inpainting", "file": f"{name}.onnx", "sha256": digest,
        "input": {"name": "patches", "shape": patches}, "output": {"name": "prediction", "shape": prediction},
        "normalisation": {"kind": "locally-standardised-log1p", "deviationFloor": DEVIATION_FLOOR, "prefill": PREFILL,
                          "channels": ["ridge", "mask", "linear", "friedelMate", "friedelTrust"]},
        "calibration": dict(zip(("below", "power", "wide"), (round(value, 6) for value in network.calibration.tolist()))),
        "parameters": parameter_count(network), "trainingData": DATA,
        "training": {"seed": state["seed"], "patchesSeen": state["batches"] * state["batchSize"],
                     "batch": state["batchSize"], "hours": round(state["hours"], 2), "hardware": hardware,
                     **({"story": story} if story else {}),
                     "optimiser": "AdamW, warm-up 200 batches, cosine decay; moving average of the weights",
                     "loss": "squared error + 0.5 squared error of gradients in the gap, weighted by the root of the local deviation; "
                             "0.5 (1 - structural similarity of layers); 0.1 Gaussian likelihood for the standard deviation with the "
                             "error held fixed; 0.2 squared error averaged over the photons that ridge expects; one gap in seventeen 13 to "
                             "20 wide",
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
    parser.add_argument("--hardware", default="one CPU core with bfloat16")
    parser.add_argument("--average", type=Path, help="ship the mean of the checkpoint's weights and of those of this exported network")
    parser.add_argument("--story", default="", help="for the card: what came before this training")
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, map_location="cpu")
    network = load_network(arguments.checkpoint)
    if arguments.average:
        average(network, load_network(arguments.average))
    calibrate(network)
    path = arguments.folder / f"{arguments.name}.onnx"
    told = {key: state[key] for key in STORY if key in state}
    write_state({**told, "average": network.state_dict()}, path.with_suffix(".pt"))
    write_onnx(network, path)
    if arguments.name == NAME:
        golden_patches(network, arguments.folder / "golden" / f"{NAME}.npz")
        golden_fill(network, arguments.folder / "golden" / "fill.npz")
        golden_prefill(arguments.folder / "golden" / "prefill.npz")
    scores = json.loads(arguments.scores.read_text()) if arguments.scores else {}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    text = json.dumps(card(arguments.name, network, state, digest, scores, arguments.hardware, arguments.story), indent=2)
    path.with_suffix(".json").write_text(text + "\n")
    print(f"{path}: sha256 {digest}, deviation scale {float(network.deviation_scale):.3f}")


if __name__ == "__main__":
    main()
