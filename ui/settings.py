"""What a share link carries: each setting's name, limits, and how it is written and read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core import limits
from core.clustering import engines
from core.data import SOURCES
from core.data.generate import INEQUALITY_DEFAULT, OVERLAP_DEFAULT
from core.privacy.noise_samples import NoiseLaw
from core.reduction.projection import DIMENSIONS_MAX, ReductionMethod
from core.studies.dimensions import COLUMNS
from core.studies.utility_target import UtilityMeasure
from core.survey.limits import SCENE_MAX
from core.survey.rooms import read_code
from ui import chosen_bounds
from ui.lab.terms import TERMS
from ui.text import Language

PEOPLE_CHOICES = (30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
SHARE_CHOICES = tuple(step / 20 for step in range(21))
SEED_DEFAULT = 2020
DRAWS_MAX = 999
PERSON_ID_LENGTH_MAX = 64
#: Part of the clustering's ε that the table of products costs on top. Measured at ε = 1: with a fifth, 13 % of the
#: first three recommendations change; from three tenths on, less than 10 %.
TABLE_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)
#: Sections of the lab in their order; each has its phrases and its place in ``ui.lab.sections.SECTIONS``.
LAB_SECTIONS: tuple[str, ...] = (
    "played",
    "noise_seen",
    "sweep",
    "passes",
    "dimensions",
    "features",
    "how_many",
    "engines",
    "glossary",
)
#: What the ε-sweep runs on, and what it measures.
SWEEP_DATA = ("one", "people", "columns", "table")
SWEEP_MARKS = ("ari", "inertia")
#: ε of the accuracy benchmark; 0 shows them all.
ENGINES_EPSILONS = (0.0, 0.1, 0.3, 0.5, 1.0, 2.0, 4.0)
#: The axes' name for the two principal directions; other names are keys of columns.
PRINCIPAL = "pc"

#: The lab's player: what stands beside plain k-means, and its limits.
PLAYED_WAYS = ("private", "batch", "synopsis")
PLAYED_K_MIN, PLAYED_K_MAX, PLAYED_SEED_MAX = 2, 8, 999

#: Which noise the lab shows.
NOISE_KINDS = tuple(str(law) for law in NoiseLaw)

VIEWS = ("public", "insider")
#: Parts of the privacy page in their order; each has its phrase and, in the page, what draws it.
PRIVACY_PARTS: tuple[str, ...] = ("ledger", "without", "guess", "names")
#: Who plays guess who: synthetic people, or the data at hand.
CROWDS = ("practice", "table")
#: Runs with and as many without one person.
RUNS_CHOICES = (50, 200, 500)
#: Goals: least ARI, and the most recommendations that may change.
GOAL_MEASURES = tuple(str(measure) for measure in UtilityMeasure)
GOAL_ARIS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
GOAL_CHANGED = (0.01, 0.02, 0.05, 0.1, 0.2)
#: Classes that a value may be known in: why hiding names is not enough.
KNOWN_BINS = (5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One value of the session that a link restores.

    Attributes:
        key: Its name in the session state, in widgets and in the link.
        default: Its value when nobody chose; left out of links.
        read: Turns the link's text into a value; raises ``ValueError`` for anything a widget would not allow.
        is_insider: Whether it may name somebody in the data, so that the link of a public view leaves it out.
    """

    key: str
    default: Any
    read: Callable[[str], Any]
    is_insider: bool = False

    def write(self, value: Any) -> str:  # noqa: ANN401 - settings differ in type
        """Return ``value`` as it stands in a link."""
        if isinstance(value, bool):
            return "1" if value else "0"
        return f"{value:g}" if isinstance(value, float) else str(value)


def one_of(choices: tuple[Any, ...], kind: Callable[[str], Any] = str) -> Callable[[str], Any]:
    """Return a reader that accepts exactly ``choices``."""

    def read(text: str) -> Any:  # noqa: ANN401 - as the choices are
        value = kind(text)
        if value not in choices:
            raise ValueError(f"{text!r} is not one of {choices}")
        return choices[choices.index(value)]

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from ``least`` to ``most``."""

    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError(f"{text!r} is not within [{least}, {most}]")
        return value

    return read


def short(length: int) -> Callable[[str], str]:
    """Return a reader of printable text of at most ``length`` characters."""

    def read(text: str) -> str:
        if len(text) > length or not text.isprintable():
            raise ValueError(f"text must be printable and at most {length} characters long")
        return text

    return read


SETTINGS: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting(key="lang", default=None, read=one_of(tuple(str(language) for language in Language))),
        Setting(key="only_public", default=False, read=lambda text: one_of((0, 1), int)(text) == 1),
        Setting(key="data", default=next(iter(SOURCES)), read=one_of(tuple(SOURCES))),
        Setting(key="people", default=10_000, read=one_of(PEOPLE_CHOICES, int)),
        Setting(key="personas", default=4, read=whole(limits.PERSONAS_MIN, limits.PERSONAS_MAX)),
        Setting(key="overlap", default=OVERLAP_DEFAULT, read=one_of(SHARE_CHOICES, float)),
        Setting(key="inequality", default=INEQUALITY_DEFAULT, read=one_of(SHARE_CHOICES, float)),
        Setting(key="seed", default=SEED_DEFAULT, read=whole(0, limits.SEED_MAX)),
        Setting(key="bounds", default="", read=chosen_bounds.checked),
        Setting(key="engine", default=engines.DEFAULT.key, read=lambda text: engines.get_engine(text).key),
        Setting(key="dimensions", default=0, read=whole(0, DIMENSIONS_MAX)),
        Setting(
            key="reduction",
            default=str(ReductionMethod.PCA),
            read=one_of(tuple(str(method) for method in ReductionMethod)),
        ),
        Setting(key="epsilon", default=limits.EPSILON_DEFAULT, read=one_of(limits.EPSILON_CHOICES, float)),
        Setting(key="k", default=limits.CLUSTERS_DEFAULT, read=whole(limits.CLUSTERS_MIN, limits.CLUSTERS_MAX)),
        Setting(key="draw", default=0, read=whole(0, DRAWS_MAX)),
        Setting(key="section", default=LAB_SECTIONS[0], read=one_of(LAB_SECTIONS)),
        Setting(key="sweep_data", default=SWEEP_DATA[0], read=one_of(SWEEP_DATA)),
        Setting(key="sweep_mark", default=SWEEP_MARKS[0], read=one_of(SWEEP_MARKS)),
        Setting(
            key="dimensions_method",
            default=str(ReductionMethod.PCA),
            read=one_of(tuple(str(method) for method in ReductionMethod)),
        ),
        Setting(key="dimensions_columns", default=COLUMNS[2], read=one_of(COLUMNS, int)),
        Setting(key="engines_epsilon", default=1.0, read=one_of(ENGINES_EPSILONS, float)),
        Setting(key="term", default="", read=one_of(("", *TERMS))),
        Setting(key="table_share", default=0.3, read=one_of(TABLE_SHARES, float)),
        Setting(key="axis_x", default=PRINCIPAL, read=short(PERSON_ID_LENGTH_MAX)),
        Setting(key="axis_y", default=PRINCIPAL, read=short(PERSON_ID_LENGTH_MAX)),
        Setting(key="view", default=VIEWS[0], read=one_of(VIEWS)),
        Setting(key="person", default="", read=short(PERSON_ID_LENGTH_MAX), is_insider=True),
        Setting(key="played_way", default=PLAYED_WAYS[0], read=one_of(PLAYED_WAYS)),
        Setting(key="played_k", default=limits.CLUSTERS_DEFAULT, read=whole(PLAYED_K_MIN, PLAYED_K_MAX)),
        Setting(key="played_seed", default=0, read=whole(0, PLAYED_SEED_MAX)),
        Setting(key="played_epsilon", default=2.0, read=one_of(limits.EPSILON_CHOICES, float)),
        Setting(key="noise_kind", default=NOISE_KINDS[0], read=one_of(NOISE_KINDS)),
        Setting(key="noise_epsilon", default=0.3, read=one_of(limits.EPSILON_CHOICES, float)),
        Setting(key="part", default=PRIVACY_PARTS[0], read=one_of(PRIVACY_PARTS)),
        Setting(key="attack_epsilon", default=limits.EPSILON_DEFAULT, read=one_of(limits.EPSILON_CHOICES, float)),
        Setting(key="attack_runs", default=200, read=one_of(RUNS_CHOICES, int)),
        Setting(key="goal_measure", default=GOAL_MEASURES[0], read=one_of(GOAL_MEASURES)),
        Setting(key="goal_ari", default=0.8, read=one_of(GOAL_ARIS, float)),
        Setting(key="goal_changed", default=0.05, read=one_of(GOAL_CHANGED, float)),
        Setting(key="known_bins", default=20, read=one_of(KNOWN_BINS, int)),
        Setting(key="game_crowd", default=CROWDS[0], read=one_of(CROWDS)),
        Setting(key="room", default="", read=lambda text: read_code(text) if text else ""),
        Setting(key="scene", default=0, read=whole(0, SCENE_MAX)),
        Setting(key="notes", default=False, read=lambda text: one_of((0, 1), int)(text) == 1),
    )
}
