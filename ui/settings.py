"""What a share link carries: each setting's name, limits, and how it is written and read."""

from collections.abc import Callable
from typing import Any, Generic, Protocol, Self, TypeVar, cast, overload

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
from ui.languages import LANGUAGES

Value = TypeVar("Value")

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
#: Whose products are looked at: somebody's from the data, or those of whoever types their own spending.
PERSON_WAYS = ("search", "own")
#: How coarsely a link may carry one's own spending, in units of its columns; 0 keeps it out.
SPENDING_STEPS = (0, 5, 20)
SPENDING_LENGTH_MAX = 400
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


class State(Protocol):
    """Where chosen values are: the session's state, or a dictionary."""

    def get(self, key: str, /) -> Any: ...  # noqa: ANN401, D102 - values differ in type


class Setting(Generic[Value]):
    """One value of the session that a link restores, typed where ``Settings`` reads it.

    Args:
        default: Its value when nobody chose; left out of links.
        read: Turns the link's text into a value; raises ``ValueError`` for anything a widget would not allow.
        is_insider: Whether it may name somebody in the data, so that the link of a public view leaves it out.
    """

    key: str

    def __init__(self, *, default: Value, read: Callable[[str], Value], is_insider: bool = False) -> None:
        self.default = default
        self.read = read
        self.is_insider = is_insider

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    @overload
    def __get__(self, settings: None, owner: type) -> Self: ...
    @overload
    def __get__(self, settings: "Settings", owner: type) -> Value: ...
    def __get__(self, settings: "Settings | None", owner: type) -> "Self | Value":
        if settings is None:
            return self
        chosen = settings.state.get(self.key)
        return self.default if chosen is None else cast("Value", chosen)

    def __set__(self, settings: "Settings", value: Value) -> None:
        raise AttributeError(f"setting {self.key!r} is chosen by a widget or by session.choose, not assigned")

    def write(self, value: object) -> str:
        """Return ``value`` as it stands in a link."""
        if isinstance(value, bool):
            return "1" if value else "0"
        return f"{value:g}" if isinstance(value, float) else str(value)


def one_of(choices: tuple[Value, ...], kind: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return a reader that accepts exactly ``choices``."""

    def read(text: str) -> Value:
        value = kind(text)
        if value not in choices:
            raise ValueError(f"{text!r} is not one of {choices}")
        return choices[choices.index(value)]

    return read


def language_key(text: str) -> str:
    """Read a language that the app speaks now."""
    return one_of(tuple(LANGUAGES), str)(text)


def flag(text: str) -> bool:
    """Read a truth: ``1`` or ``0``."""
    return one_of((0, 1), int)(text) == 1


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


def amounts(text: str) -> str:
    """Read whole amounts, none below zero, with a dot between two."""
    if len(text) > SPENDING_LENGTH_MAX or (
        text and not all(part.isascii() and part.isdigit() for part in text.split("."))
    ):
        raise ValueError(f"{text!r} are no amounts")
    return text


class Settings:
    """Everything that a link carries, read from the session as it is now; nothing can be set on it.

    Args:
        state: Chosen values by key; what is not in it is at its default.
    """

    def __init__(self, state: State) -> None:
        self.state = state

    lang = Setting(default=None, read=language_key)
    only_public = Setting(default=False, read=flag)
    data = Setting(default=next(iter(SOURCES)), read=one_of(tuple(SOURCES), str))
    people = Setting(default=10_000, read=one_of(PEOPLE_CHOICES, int))
    personas = Setting(default=4, read=whole(limits.PERSONAS_MIN, limits.PERSONAS_MAX))
    overlap = Setting(default=OVERLAP_DEFAULT, read=one_of(SHARE_CHOICES, float))
    inequality = Setting(default=INEQUALITY_DEFAULT, read=one_of(SHARE_CHOICES, float))
    seed = Setting(default=SEED_DEFAULT, read=whole(0, limits.SEED_MAX))
    bounds = Setting(default="", read=chosen_bounds.check)
    engine = Setting(default=engines.DEFAULT.key, read=lambda text: engines.get_engine(text).key)
    dimensions = Setting(default=0, read=whole(0, DIMENSIONS_MAX))
    reduction = Setting(
        default=str(ReductionMethod.PCA), read=one_of(tuple(str(method) for method in ReductionMethod), str)
    )
    epsilon = Setting(default=limits.EPSILON_DEFAULT, read=one_of(limits.EPSILON_CHOICES, float))
    k = Setting(default=limits.CLUSTERS_DEFAULT, read=whole(limits.CLUSTERS_MIN, limits.CLUSTERS_MAX))
    draw = Setting(default=0, read=whole(0, DRAWS_MAX))
    section = Setting(default=LAB_SECTIONS[0], read=one_of(LAB_SECTIONS, str))
    sweep_data = Setting(default=SWEEP_DATA[0], read=one_of(SWEEP_DATA, str))
    sweep_mark = Setting(default=SWEEP_MARKS[0], read=one_of(SWEEP_MARKS, str))
    dimensions_method = Setting(
        default=str(ReductionMethod.PCA), read=one_of(tuple(str(method) for method in ReductionMethod), str)
    )
    dimensions_columns = Setting(default=COLUMNS[2], read=one_of(COLUMNS, int))
    engines_epsilon = Setting(default=1.0, read=one_of(ENGINES_EPSILONS, float))
    term = Setting(default="", read=one_of(("", *TERMS), str))
    table_share = Setting(default=0.3, read=one_of(TABLE_SHARES, float))
    axis_x = Setting(default=PRINCIPAL, read=short(PERSON_ID_LENGTH_MAX))
    axis_y = Setting(default=PRINCIPAL, read=short(PERSON_ID_LENGTH_MAX))
    view = Setting(default=VIEWS[0], read=one_of(VIEWS, str))
    person = Setting(default="", read=short(PERSON_ID_LENGTH_MAX), is_insider=True)
    person_way = Setting(default=PERSON_WAYS[0], read=one_of(PERSON_WAYS, str))
    spending_step = Setting(default=0, read=one_of(SPENDING_STEPS, int))
    spending = Setting(default="", read=amounts)
    played_way = Setting(default=PLAYED_WAYS[0], read=one_of(PLAYED_WAYS, str))
    played_k = Setting(default=limits.CLUSTERS_DEFAULT, read=whole(PLAYED_K_MIN, PLAYED_K_MAX))
    played_seed = Setting(default=0, read=whole(0, PLAYED_SEED_MAX))
    played_epsilon = Setting(default=2.0, read=one_of(limits.EPSILON_CHOICES, float))
    noise_kind = Setting(default=NOISE_KINDS[0], read=one_of(NOISE_KINDS, str))
    noise_epsilon = Setting(default=0.3, read=one_of(limits.EPSILON_CHOICES, float))
    part = Setting(default=PRIVACY_PARTS[0], read=one_of(PRIVACY_PARTS, str))
    attack_epsilon = Setting(default=limits.EPSILON_DEFAULT, read=one_of(limits.EPSILON_CHOICES, float))
    attack_runs = Setting(default=200, read=one_of(RUNS_CHOICES, int))
    goal_measure = Setting(default=GOAL_MEASURES[0], read=one_of(GOAL_MEASURES, str))
    goal_ari = Setting(default=0.8, read=one_of(GOAL_ARIS, float))
    goal_changed = Setting(default=0.05, read=one_of(GOAL_CHANGED, float))
    known_bins = Setting(default=20, read=one_of(KNOWN_BINS, int))
    game_crowd = Setting(default=CROWDS[0], read=one_of(CROWDS, str))
    room = Setting(default="", read=lambda text: read_code(text) if text else "")
    scene = Setting(default=0, read=whole(0, SCENE_MAX))
    notes = Setting(default=False, read=flag)

    def value(self, key: str) -> object:
        """Return the value of the setting named ``key``: for what treats all settings alike."""
        return getattr(self, SETTINGS[key].key)


SETTINGS: dict[str, Setting[Any]] = {key: each for key, each in vars(Settings).items() if isinstance(each, Setting)}
