"""Draw ``assets/accuracy.svg``, inertia against ε, ours and every peer: ``python -m benchmarks.chart RESULT.json``.

A point is the geometric mean, over all sets that the peer was recorded on at that ε, of its median inertia over plain
k-means'. The JSON is what ``python -m benchmarks.accuracy --json`` wrote.
"""

import json
import math
import sys
from pathlib import Path

import pandas as pd

PEERS = Path(__file__).parent / "peers.csv"
CHART = Path(__file__).parent.parent / "assets" / "accuracy.svg"
WIDTH, HEIGHT = 860, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 28, 52
EPSILONS = (0.1, 0.3, 0.5, 1.0, 2.0, 4.0)
TICKS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
#: Okabe–Ito, with a dash each, so that lines are told apart without colour.
LOOKS = {
    "Sagram": ("#0072B2", ""),
    "pemeans": ("#009E73", "7 4"),
    "fastlloyd": ("#CC79A7", "2 4"),
    "eugkm_thr": ("#E69F00", "10 4 2 4"),
    "rugnik_thr": ("#56B4E9", "12 5"),
    "google": ("#D55E00", "4 3"),
    "diffprivlib": ("#555555", "1 3"),
}
NAMES = {
    "pemeans": "PE-means (δ > 0)",
    "fastlloyd": "FastLloyd (δ > 0)",
    "eugkm_thr": "uniform grid",
    "rugnik_thr": "optimal grid",
    "google": "LSH tree (δ > 0)",
    "diffprivlib": "diffprivlib",
}


def main() -> None:
    """Read the results, draw, write."""
    lines = average_ratios(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["cells"])
    CHART.write_text(render(lines), encoding="utf-8")
    for name, points in lines.items():
        print(f"{name:12}", "  ".join(f"{epsilon:g}: {ratio:.2f}" for epsilon, ratio in points.items()))


def average_ratios(cells: list[dict[str, float | str]]) -> dict[str, dict[float, float]]:
    """Return the geometric mean ratio by line and ε, over the sets that peers were recorded on."""
    ours = pd.DataFrame(cells)[["dataset", "epsilon", "ratio"]].rename(columns={"epsilon": "eps"})
    peers = pd.read_csv(PEERS)
    ours = ours[ours["dataset"].isin(peers["dataset"])].assign(peer="Sagram")
    table = pd.concat([ours, peers[["dataset", "eps", "ratio", "peer"]]])
    logs = table.assign(log=table["ratio"].map(math.log)).groupby(["peer", "eps"])["log"].mean()
    return {name: {epsilon: math.exp(logs[name, epsilon]) for epsilon in EPSILONS} for name in LOOKS}


def render(lines: dict[str, dict[float, float]]) -> str:
    """Return the chart as SVG."""
    most = max(max(points.values()) for points in lines.values())
    ticks = [tick for tick in TICKS if tick <= most * 1.15]
    highest = max(most, ticks[-1]) * 1.04

    def x(epsilon: float) -> float:
        low, high = math.log(EPSILONS[0]), math.log(EPSILONS[-1])
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log(epsilon) - low) / (high - low)

    def y(ratio: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * math.log(ratio) / math.log(highest)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="13">',
        "<style>text { font-family: sans-serif }</style>",
        "<title>Inertia of private over plain k-means against ε</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="#ffffff"/>',
    ]
    parts += [
        f'<path d="M{LEFT} {y(tick):.1f}H{WIDTH - RIGHT}" stroke="#e5e8eb"/>'
        f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="#4e5968">{tick:g}×</text>'
        for tick in ticks
    ]
    parts += [
        f'<text x="{x(epsilon):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#4e5968">{epsilon:g}</text>'
        for epsilon in EPSILONS
    ]
    parts.append(f'<text x="{LEFT}" y="{TOP - 10}" fill="#191f28">inertia, private ÷ plain k-means (1 is best)</text>')
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle" fill="#191f28">ε</text>'
    )
    for name, points in reversed(lines.items()):
        parts += _line(name, [(x(epsilon), y(ratio)) for epsilon, ratio in points.items()])
    parts += _legend(list(lines))
    return "\n".join([*parts, "</svg>\n"])


def _line(name: str, places: list[tuple[float, float]]) -> list[str]:
    colour, dash = LOOKS[name]
    width = 4 if name == "Sagram" else 2
    path = "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in places)
    line = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dash}"/>'
    dots = [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="{width + 1}" fill="{colour}"/>' for px, py in places]
    return [line, *dots]


def _legend(names: list[str]) -> list[str]:
    parts = []
    for row, name in enumerate(names):
        colour, dash = LOOKS[name]
        top = TOP + 14 + 24 * row
        left = WIDTH - RIGHT + 18
        width = 4 if name == "Sagram" else 2
        parts.append(
            f'<path d="M{left} {top}h30" stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dash}"/>'
            f'<text x="{left + 38}" y="{top + 4}" fill="#191f28">{NAMES.get(name, name)}</text>'
        )
    return parts


if __name__ == "__main__":
    main()
