"""Synthetic households: log-normal monthly amounts around personas."""

import hashlib
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.data.catalogue import load_catalogue
from core.data.categories import public_categories
from core.data.personas import Persona, load_personas, product_odds
from core.data.table import Column, Holdings, Source, Table
from core.limits import PEOPLE_MAX, PEOPLE_MIN, PERSONAS_MAX, PERSONAS_MIN, SEED_MAX

GENERATED = Source(key="generated", is_synthetic=True)
PROTOTYPE = Source(key="prototype", is_synthetic=True)

#: Part of the content key: raise it whenever the same recipe would give other people.
VERSION = 1
OVERLAP_DEFAULT = 0.35
INEQUALITY_DEFAULT = 0.3
PRODUCTS_MAX = 4

#: Spread of log amounts within a persona at overlap 0 and at overlap 1.
SPREAD_LEAST, SPREAD_MOST = 0.2, 0.8
#: How far overlap 1 pulls the medians to their common middle.
PULL_MOST = 0.6
#: Part of the variance that a household's categories share: large households spend more on everything.
SHARED_VARIANCE = 0.15
#: Steps of the table that turns uniform 16-bit numbers into products; odds are exact to 1/65 536.
ODDS_STEPS = 2**16


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides a generated table.

    Attributes:
        n_people: Number of people.
        n_personas: Number of personas they are drawn from.
        overlap: From 0, personas far apart, to 1, hardly to be told apart.
        inequality: From 0, equal personas, to 1, the first many times as common as the last.
        seed: Seed of all randomness; public.
    """

    n_people: int = 10_000
    n_personas: int = 4
    overlap: float = OVERLAP_DEFAULT
    inequality: float = INEQUALITY_DEFAULT
    seed: int = 2020

    def __post_init__(self) -> None:
        _check_within("n_people", self.n_people, PEOPLE_MIN, PEOPLE_MAX)
        _check_within("n_personas", self.n_personas, PERSONAS_MIN, PERSONAS_MAX)
        _check_within("overlap", self.overlap, 0, 1)
        _check_within("inequality", self.inequality, 0, 1)
        _check_within("seed", self.seed, 0, SEED_MAX)

    @property
    def content_key(self) -> str:
        """Equal for recipes that give equal tables, different otherwise."""
        identity = (VERSION, self.n_people, self.n_personas, float(self.overlap), float(self.inequality), self.seed)
        return "generated-" + hashlib.sha256(repr(identity).encode()).hexdigest()[:16]


def _check_within(name: str, value: float, lower: float, upper: float) -> None:
    if not lower <= value <= upper:
        raise ValueError(f"{name} must be between {lower} and {upper}, not {value}")


def generate(recipe: Recipe) -> Table:
    """Return the people of ``recipe``: monthly amounts in 만원 over the 12 public categories, products and personas.

    The same recipe gives the same table.
    """
    rng = np.random.default_rng(recipe.seed)
    chosen = load_personas()[: recipe.n_personas]
    groups = rng.permutation(np.repeat(np.arange(len(chosen), dtype=np.int32), _sizes(recipe)))
    return Table(
        columns=tuple(category.column for category in public_categories()),
        values=_amounts(groups, chosen, overlap=recipe.overlap, rng=rng),
        source=GENERATED,
        content_key=recipe.content_key,
        holdings=_holdings(groups, chosen, rng=rng),
        true_groups=read_only(groups),
        group_names=tuple(persona.labels for persona in chosen),
    )


def _sizes(recipe: Recipe) -> IntArray:
    """Share people out by Zipf's law, at least one to a persona; adds up to ``n_people``."""
    weights = np.arange(1, recipe.n_personas + 1) ** (-1.5 * recipe.inequality)
    edges = np.round(np.cumsum(weights) / weights.sum() * (recipe.n_people - recipe.n_personas)).astype(np.int64)
    sizes: IntArray = np.diff(edges, prepend=0) + 1
    return sizes


def _amounts(groups: IntArray, chosen: tuple[Persona, ...], *, overlap: float, rng: np.random.Generator) -> FloatArray:
    logs = np.log(np.asarray([persona.medians for persona in chosen]))
    middle = logs.mean(axis=0)
    pulled = (middle + (1.0 - PULL_MOST * overlap) * (logs - middle)).astype(np.float32)
    spread = SPREAD_LEAST + (SPREAD_MOST - SPREAD_LEAST) * overlap

    amounts = rng.standard_normal((groups.size, logs.shape[1]), dtype=np.float32)
    amounts *= np.float32(spread * np.sqrt(1.0 - SHARED_VARIANCE))
    household = rng.standard_normal((groups.size, 1), dtype=np.float32)
    amounts += household * np.float32(spread * np.sqrt(SHARED_VARIANCE))
    amounts += pulled[groups]
    np.exp(amounts, out=amounts)
    # Amounts in 만원 with one decimal, as people would write them.
    np.round(amounts, 1, out=amounts)
    return amounts


def _holdings(groups: IntArray, chosen: tuple[Persona, ...], *, rng: np.random.Generator) -> Holdings:
    """Draw up to four products a person by the persona's odds; a product drawn twice is held once."""
    catalogue = load_catalogue()
    drawn_by_step = np.stack([_odds_table(product_odds(persona, catalogue)) for persona in chosen])
    steps = rng.integers(ODDS_STEPS, size=(groups.size, PRODUCTS_MAX), dtype=np.uint16)
    held = drawn_by_step[groups[:, np.newaxis], steps]

    chances = np.asarray([persona.products_mean / PRODUCTS_MAX for persona in chosen], dtype=np.float32)
    drawn = rng.random((groups.size, PRODUCTS_MAX), dtype=np.float32) < chances[groups, np.newaxis]
    nothing = np.int16(len(catalogue))
    held[~drawn] = nothing
    held.sort(axis=1)
    held[:, 1:][held[:, 1:] == held[:, :-1]] = nothing
    held.sort(axis=1)
    held[held == nothing] = -1
    return Holdings(products=catalogue.ids, held=read_only(held))


def _odds_table(probabilities: FloatArray) -> IntArray:
    """Turn odds into a table of products by step, so that drawing is one look-up."""
    edges = np.cumsum(probabilities)
    quantiles = (np.arange(ODDS_STEPS) + 0.5) / ODDS_STEPS
    table: IntArray = np.searchsorted(edges, quantiles).clip(max=probabilities.size - 1).astype(np.int16)
    return table


#: The 2020 student project's shape: 30 people, 3 features, 4 groups; rows are the groups' middles in 만원.
_PROTOTYPE_MIDDLES = ((70, 15, 20), (20, 75, 25), (25, 20, 80), (75, 70, 75))
_PROTOTYPE_SIZES = (8, 8, 7, 7)
_PROTOTYPE_COLUMNS = ("restaurants", "transport", "recreation")
_PROTOTYPE_NAMES = (
    {"ko": "외식형", "en": "Dining out"},
    {"ko": "이동형", "en": "On the road"},
    {"ko": "여가형", "en": "Leisure"},
    {"ko": "고루 쓰는 형", "en": "A bit of everything"},
)


def prototype_2020() -> Table:
    """Return 30 people in four groups that plain k-means finds without a mistake; the same on every call."""
    categories = {category.column.key: category.column for category in public_categories()}
    groups = np.repeat(np.arange(len(_PROTOTYPE_SIZES), dtype=np.int32), _PROTOTYPE_SIZES)
    steps = np.arange(groups.size * len(_PROTOTYPE_COLUMNS)).reshape(groups.size, -1)
    # Whole numbers from -6 to 6 that look scattered and are the same on every machine.
    scatter = steps * 31 % 13 - 6
    values = (np.asarray(_PROTOTYPE_MIDDLES)[groups] + scatter).astype(np.float32)
    return Table(
        columns=tuple(_plain_column(categories[key]) for key in _PROTOTYPE_COLUMNS),
        values=values,
        source=PROTOTYPE,
        content_key="prototype-2020",
        true_groups=read_only(groups),
        group_names=_PROTOTYPE_NAMES,
    )


#: The synthetic people of the lab: groups' middles in 만원, in two columns, and how common each group is.
_PAIR_MIDDLES = ((22, 24), (76, 30), (30, 76), (74, 78))
_PAIR_SHARES = (0.32, 0.26, 0.24, 0.18)
_PAIR_SPREAD = 11.0
_PAIR_SEED = 2020


def synthetic_pair(n_people: int = 600) -> Table:
    """Return people in two columns who fall into four groups that touch; the same on every call.

    Raises:
        ValueError: If ``n_people`` is out of the generator's range.
    """
    _check_within("n_people", n_people, PEOPLE_MIN, PEOPLE_MAX)
    rng = np.random.default_rng(_PAIR_SEED)
    categories = {category.column.key: category.column for category in public_categories()}
    groups = rng.choice(len(_PAIR_SHARES), n_people, p=_PAIR_SHARES).astype(np.int32)
    values = np.asarray(_PAIR_MIDDLES)[groups] + rng.normal(0.0, _PAIR_SPREAD, (n_people, 2))
    return Table(
        columns=tuple(_plain_column(categories[key]) for key in _PROTOTYPE_COLUMNS[:2]),
        values=np.clip(np.round(values, 1), 0.0, 100.0).astype(np.float32),
        source=GENERATED,
        content_key=f"practice-pair-{n_people}",
        true_groups=read_only(groups),
        group_names=_PROTOTYPE_NAMES,
    )


def _plain_column(column: Column) -> Column:
    return Column(
        key=column.key,
        labels=column.labels,
        unit=column.unit,
        lower=0.0,
        upper=100.0,
    )
