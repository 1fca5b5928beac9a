"""How much every release is seen to tell, with the right noise and with half of it: ``python -m benchmarks.audit``.

Three tables. Faults: noise that is wrong in one feature, or shared by groups. Questions: fresh answers to each question
of each kind of release. Releases: the sum of all log likelihood ratios of whole releases, over fresh noise. All are
lower bounds on ε at 99 %, Clopper–Pearson, thresholds chosen on one half of the runs and tested on the other. Last,
diffprivlib's own k-means at a claimed ε = 1, whose empty clusters get no noise. ``--runs`` measures more of each.
"""

import argparse
import warnings
from dataclasses import asdict, dataclass

import numpy as np
from diffprivlib.models import KMeans

from benchmarks.figure import RESULTS, write_results
from core.arrays import FloatArray
from core.attack.audit import epsilon_lower_bound
from core.attack.laws import largest_loss
from core.attack.local_audit import audit_question
from core.attack.mutants import Draw, draw_first_feature_halved, draw_halved, draw_right, draw_shared
from core.attack.transcript import collect_told
from core.attack.worst_cases import MAKERS, WORST_CASES
from core.privacy.measurements import IntegerMeasurement, Measurement, MomentMeasurement, SumMeasurement

CONFIDENCE = 0.99
#: Of whole releases: half the noise of more could not be certified by so many runs.
EPSILON = 3.0
RUNS_OF_RELEASES, RUNS_OF_QUESTIONS = 1_200, 40_000
SEED = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was certified of one question or release.

    Attributes:
        what: Which.
        claimed: Its ε.
        possible: The most that this person can change; 0 if it is not known.
        right: Lower bound on ε with the noise that is claimed.
        faulty: The same with faulty noise.
    """

    what: str
    claimed: float
    possible: float
    right: float
    faulty: float


def audit_questions(n_runs: int, rng: np.random.Generator) -> list[Row]:
    """Audit every question of every worst case."""
    rows = []
    for case, worst in WORST_CASES.items():
        for place, (first, second) in enumerate(worst.find_telling_questions(rng=rng), start=1):
            kind = type(first).__name__.removesuffix("Measurement").lower()
            rows.append(_audit_question(f"{case} {place} {kind}", first, second, draw_halved, n_runs=n_runs, rng=rng))
    return rows


def audit_faults(n_runs: int, rng: np.random.Generator) -> list[Row]:
    """Audit noise that is wrong in one feature or shared by groups, where it tells the most."""
    sums = [
        SumMeasurement(sums=np.array([[at, 0, 0, 0], [0] * 4]), scalars=np.array([[at], [0]]), unit=16, epsilon=2.0)
        for at in (0, 16)
    ]
    moments = [MomentMeasurement(moment=np.diag([at, 0, 0]), unit=16, epsilon=2.0) for at in (0, 256)]
    totals = [IntegerMeasurement(values=np.array([[at, 0], [0, 0]]), sensitivity=100, epsilon=2.0) for at in (0, 100)]
    faults: list[tuple[str, Measurement, Measurement, Draw]] = [
        ("cylinder, one feature halved", sums[0], sums[1], draw_first_feature_halved),
        ("Wishart, one feature halved", moments[0], moments[1], draw_first_feature_halved),
        ("geometric, one feature halved", totals[0], totals[1], draw_first_feature_halved),
        ("cylinder, groups share it", sums[0], sums[1], draw_shared),
        ("geometric, numbers share it", totals[0], totals[1], draw_shared),
    ]
    return [_audit_question(*fault, n_runs=n_runs, rng=rng) for fault in faults]


def audit_releases(n_runs: int, rng: np.random.Generator) -> list[Row]:
    """Audit whole releases by the sum of the log likelihood ratios of their answers."""
    rows = []
    for case, make in MAKERS.items():
        worst = make(epsilon=EPSILON)

        right, faulty = (
            epsilon_lower_bound(
                *collect_told(worst.without, worst.with_one, n_runs=n_runs, rng=rng, draw=draw), confidence=CONFIDENCE
            ).epsilon
            for draw in (draw_right, draw_halved)
        )
        rows.append(Row(what=case, claimed=EPSILON, possible=0.0, right=right, faulty=faulty))
        _print_row(rows[-1])
    return rows


def audit_diffprivlib(n_runs: int) -> float:
    """Return the bound for the original at a claimed ε = 1: a cluster that nobody is nearest to keeps its start."""
    limit = np.ones(8)

    def innermost(points: FloatArray, seed: int) -> list[float]:
        model = KMeans(2, epsilon=1.0, bounds=(-limit, limit), random_state=seed).fit(points)
        return [float(np.abs(model.cluster_centers_).max(axis=1).min())]

    without = np.full((100, 8), -1.0)
    with_one = np.concatenate([without, np.ones((1, 8))])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outputs = [
            np.array([innermost(points, seed) for seed in range(start, start + n_runs)])
            for points, start in ((without, 0), (with_one, 10**6))
        ]
    return epsilon_lower_bound(*outputs, confidence=CONFIDENCE).epsilon


def _audit_question(
    what: str, first: Measurement, second: Measurement, faulty: Draw, *, n_runs: int, rng: np.random.Generator
) -> Row:
    right, wrong = (
        audit_question(first, second, n_runs=n_runs, rng=rng, confidence=CONFIDENCE, draw=draw).epsilon
        for draw in (draw_right, faulty)
    )
    row = Row(what=what, claimed=first.epsilon, possible=largest_loss(first, second), right=right, faulty=wrong)
    _print_row(row)
    return row


def _print_row(row: Row) -> None:
    seen = "" if row.faulty > row.claimed else "  not seen"
    print(
        f"| {row.what} | {row.claimed:.2f} | {row.possible:.2f} | {row.right:.2f} | {row.faulty:.2f} |{seen}",
        flush=True,
    )


def main() -> None:
    """Measure everything, print tables and write them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=float, default=1.0, help="how many times the usual number of runs")
    share = parser.parse_args().runs
    rng = np.random.default_rng(SEED)
    measured: dict[str, object] = {}
    for audit, usual in (
        (audit_faults, RUNS_OF_QUESTIONS),
        (audit_questions, RUNS_OF_QUESTIONS),
        (audit_releases, RUNS_OF_RELEASES),
    ):
        name = audit.__name__.removeprefix("audit_")
        print(f"\n{name}: what, claimed, possible, right, faulty")
        measured[name] = [asdict(row) for row in audit(round(share * usual), rng)]
    measured["diffprivlib"] = audit_diffprivlib(round(share * 400))
    print(f"\ndiffprivlib at a claimed 1: at least {measured['diffprivlib']:.2f}")
    write_results(measured, RESULTS / "audit.json")


if __name__ == "__main__":
    main()
