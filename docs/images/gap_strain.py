"""Draws gap-strain.png from what org.bcdi.phase.GapTable prints: python3 gap_strain.py < table.txt"""

import re
import sys
from collections import defaultdict
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

NAMES = {
    "zeros": "zeros",
    "masked": "masked",
    "linear": "linear",
    "inpaint-patch32": "network",
    "inpaint-patch32, soft": "network, soft",
}
LINE = re.compile(r"scan (\d+), (\d+) px at (\d+), (.+?) +([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)$")

strain = defaultdict(list)
for line in sys.stdin:
    found = LINE.match(line.strip())
    if found:
        _, width, distance, name, _, _, _, rms = found.groups()
        strain[int(width), int(distance), name].append(float(rms))

widths = sorted({key[0] for key in strain})
distances = sorted({key[1] for key in strain})
names = [name for name in NAMES if any(key[2] == name for key in strain)]
figure, panels = plt.subplots(1, len(widths), figsize=(9, 3.6), sharey=True, squeeze=False)
for panel, width in zip(panels[0], widths):
    for place, name in enumerate(names):
        at = [x + 0.14 * (place - (len(names) - 1) / 2) for x in range(len(distances))]
        values = [strain[width, distance, name] for distance in distances]
        means = [sum(v) / len(v) for v in values]
        colour = f"C{list(NAMES).index(name)}"
        panel.plot(at, means, "_", color=colour, markersize=14, markeredgewidth=2.5, label=NAMES[name])
        for x, v in zip(at, values):
            panel.plot([x] * len(v), v, ".", color=colour, alpha=0.5, markersize=5)
    panel.set_xticks(range(len(distances)), [f"{distance} px" for distance in distances])
    panel.set_xlabel("middle of the cross from the peak")
    panel.set_title(f"cross of {width} px")
panels[0][0].set_ylabel("strain error, rad/voxel (RMS)")
panels[0][0].set_ylim(bottom=0)
panels[0][-1].legend(frameon=False, fontsize=8)
figure.tight_layout()
figure.savefig(Path(__file__).with_name("gap-strain.png"), dpi=110)
