"""Without me: membership inference against the whole pipeline, plain and private, for one person."""

import hashlib
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from core.attack.membership import MembershipInference, Statistic, Statistics
from core.attack.setup import PlainVsPrivate, nonprivate_attack
from core.data import Table
from core.privacy.noise_source import NoiseSource
from ui import choices, figures, frame, jobs, names, person_search, session
from ui.markup import show
from ui.privacy.attack import experiment, shift_histograms
from ui.settings import RUNS_CHOICES
from ui.text import phrase

SIDES = ("plain", "private")
#: Products named apart; what is left is named together.
PRODUCTS_NAMED = 4
#: A coin's success: where the scale begins.
COIN = 0.5


@st.fragment
def draw(table: Table) -> None:
    """Draw the choice of a person and of the runs, the button that begins, and what came out."""
    frame.begin_fragment()
    if experiment.is_hidden():
        return
    show("lead", text=phrase("attack.without_lead"))
    row = _draw_person(table)
    with st.container(key="without_choices", horizontal=True, vertical_alignment="bottom"):
        epsilon = experiment.draw_epsilon()
        choices.draw_segments(
            "attack.runs", RUNS_CHOICES, lambda runs: phrase("attack.runs_of", runs=runs), key="attack_runs"
        )
    experiment.show_remark(table, epsilon=epsilon)
    session.share()
    if row is None:
        return
    key, shared = _name_job(table, row, epsilon), table.source.is_synthetic
    study: PlainVsPrivate | None = jobs.offer("attack.run", key, _start, table, row, epsilon, key, shared=shared)
    if study is not None:
        _show_study(study, table)


def _draw_person(table: Table) -> int | None:
    """Draw the ways to choose a person and return their row; None when the search finds nobody."""
    if not session.settings.person:
        _choose_outlier(table)
    label, star = phrase("attack.stray"), ":material/star:"
    draw_outlier = partial(st.button, label, key="stray", icon=star, on_click=_choose_outlier, args=(table,))
    return person_search.draw(table, key="without_who", width=220, others=draw_outlier)


def _choose_outlier(table: Table) -> None:
    session.choose(person=table.person_id(experiment.find_outlier(table, session.settings.k)))


def _name_job(table: Table, row: int, epsilon: float) -> str:
    """Name the experiment; a digest, since it goes to the browser."""
    settings = (
        table.content_key,
        row,
        epsilon,
        session.settings.attack_runs,
        session.settings.engine,
        session.settings.k,
        session.reduction(table),
    )
    return "without_" + hashlib.blake2b("|".join(map(str, settings)).encode(), digest_size=12).hexdigest()


def _start(table: Table, row: int, epsilon: float, key: str) -> None:
    setup, person = experiment.make_setup(table, row, epsilon=epsilon)
    # Whoever knows the choices knows the noise: for synthetic data only.
    noise = NoiseSource.of(
        table.source, seed=int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")
    )
    runs = session.settings.attack_runs
    jobs.start(key, nonprivate_attack, setup, person, runs, noise, shared=table.source.is_synthetic)


def _show_study(study: PlainVsPrivate, table: Table) -> None:
    show_success(study)
    for column, side in zip(st.columns(2, gap="medium"), SIDES, strict=True):
        attack: MembershipInference = getattr(study, side)
        with column, st.container(key=f"hills_{side}"):
            title = _name_side(study, side)
            show("attack_side", title=title, lead=phrase(f"attack.hills_{side}"))
            shift_histograms.draw(attack, title=title, key=f"hills_chart_{side}")
            if Statistic.TOP_PRODUCT in attack.inside:
                show("attack_products", lead=phrase("attack.products"), rows=_list_products(attack, table))


def _name_side(study: PlainVsPrivate, side: str) -> str:
    epsilon = figures.epsilon(study.private.epsilon or 0.0)
    return phrase("attack.side_plain") if side == "plain" else phrase("attack.side_private", epsilon=epsilon)


def show_success(study: PlainVsPrivate) -> None:
    """Say in a sentence, and on one scale from a coin to certainty, how well the best guesser does."""
    private, plain = study.private, study.plain
    blanks = {
        "epsilon": figures.epsilon(private.epsilon or 0.0),
        "success": figures.share(private.success.rate),
        "bound": figures.share(private.bound),
        "plain": figures.share(plain.success.rate),
    }
    show(
        "attack_scale",
        sentence=phrase("attack.success", **blanks),
        verdict=phrase("attack.holds" if private.is_within_bound else "attack.above", **blanks),
        details=phrase(
            "attack.details",
            low=figures.share(private.success.low),
            high=figures.share(private.success.high),
            guesses=figures.number(private.success.n_guesses),
            tell=phrase(f"attack.tell_{private.statistic}"),
        ),
        private=_place_success(private.success.rate),
        low=_place_success(private.success.low),
        width=_place_success(private.success.high) - _place_success(private.success.low),
        bound=_place_success(private.bound),
        plain=_place_success(plain.success.rate),
        told=blanks,
        alternative=phrase("attack.scale_alternative", **blanks),
    )


def _place_success(success: float) -> float:
    """Return where a success stands between a coin and certainty, in percent."""
    return round(100.0 * (min(max(success, COIN), 1.0) - COIN) / (1.0 - COIN), 1)


def _list_products(attack: MembershipInference, table: Table) -> list[dict[str, Any]]:
    """Return how often each product came first in the person's group, with and without them; the rest together."""
    assert table.holdings is not None  # noqa: S101 - products were recommended
    n_products = len(table.holdings.products)
    inside, outside = (_count_shares(side, attack.n_runs, n_products) for side in (attack.inside, attack.outside))
    order = [int(j) for j in np.argsort(-(inside + outside), kind="stable") if inside[j] + outside[j] > 0]
    rows = [
        _describe_row(names.product(table.holdings.products[j], session.catalogue()), inside[j], outside[j])
        for j in order[:PRODUCTS_NAMED]
    ]
    rest = order[PRODUCTS_NAMED:]
    if rest:
        rows.append(_describe_row(phrase("attack.rest", n=len(rest)), inside[rest].sum(), outside[rest].sum()))
    return rows


def _count_shares(statistics: Statistics, n_runs: int, n_products: int) -> np.ndarray:
    counts = np.bincount(statistics[Statistic.TOP_PRODUCT].astype(np.int64), minlength=n_products)
    return counts / n_runs


def _describe_row(name: str, inside: float, outside: float) -> dict[str, Any]:
    return {
        "name": name,
        "inside": round(100 * float(inside), 1),
        "inside_text": figures.share(float(inside)),
        "outside": round(100 * float(outside), 1),
        "outside_text": figures.share(float(outside)),
    }
