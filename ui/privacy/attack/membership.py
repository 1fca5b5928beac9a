"""Without me: membership inference against the whole pipeline, plain and private, for one person."""

import hashlib
from typing import Any

import numpy as np
import streamlit as st

from core.attack.membership import MembershipInference, Statistic, Statistics
from core.attack.setup import PlainVsPrivate, nonprivate_attack
from core.data import Table
from core.privacy.noise import secure_rng
from ui import figures, frame, jobs, names, session
from ui.markup import show
from ui.privacy.attack import experiment, shift_histograms
from ui.settings import PERSON_ID_LENGTH_MAX, RUNS_CHOICES
from ui.text import phrase

SIDES = ("plain", "private")
#: Products told apart; what is left is told together.
PRODUCTS_TOLD = 4
#: A coin's success: where the scale begins.
COIN = 0.5


@st.fragment
def screen(table: Table) -> None:
    """Draw the choice of a person and of the runs, the button that begins, and what came out."""
    frame.begin_fragment()
    if experiment.is_hidden():
        return
    show("lead", text=phrase("attack.without_lead"))
    row = _person(table)
    with st.container(key="without_choices", horizontal=True, vertical_alignment="bottom"):
        epsilon = experiment.epsilon_choice()
        st.segmented_control(
            phrase("attack.runs"),
            RUNS_CHOICES,
            format_func=lambda runs: phrase("attack.runs_of", runs=runs),
            required=True,
            key="attack_runs",
            persist_state="session",
            help=phrase("attack.runs_why"),
        )
    experiment.remark(table, epsilon=epsilon)
    session.share()
    if row is None:
        return
    key, shared = _key(table, row, epsilon), table.source.is_synthetic
    if jobs.find(key, shared=shared) is None:
        st.button(
            phrase("attack.run"),
            key="attack_run",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_start,
            args=(table, row, epsilon, key),
        )
    found: PlainVsPrivate | None = jobs.watch(key, shared=shared)
    if found is not None:
        _answer(found, table)


def _person(table: Table) -> int | None:
    """Draw the ways to choose a person and return their row; None when the search finds nobody."""
    if not session.settings.person:
        _choose_outlier(table)
    with st.container(horizontal=True, vertical_alignment="bottom", key="without_who"):
        st.text_input(
            phrase("person.id"), key="person", persist_state="session", max_chars=PERSON_ID_LENGTH_MAX, width=220
        )
        st.button(phrase("attack.stray"), key="stray", icon=":material/star:", on_click=_choose_outlier, args=(table,))
        st.button(
            phrase("person.surprise"), key="surprise", icon=":material/casino:", on_click=_choose_any, args=(table,)
        )
    row = table.row_of(session.settings.person.strip())
    if row is None:
        st.warning(
            phrase("person.nobody", first=table.person_id(0), last=table.person_id(table.n_people - 1)),
            icon=":material/person_search:",
        )
    return row


def _choose_outlier(table: Table) -> None:
    session.choose(person=table.person_id(experiment.outlier(table, session.settings.k)))


def _choose_any(table: Table) -> None:
    session.choose(person=table.person_id(int(secure_rng().integers(table.n_people))))


def _key(table: Table, row: int, epsilon: float) -> str:
    """Name the experiment; a digest, since it goes to the browser."""
    choices = (
        table.content_key,
        row,
        epsilon,
        session.settings.attack_runs,
        session.settings.engine,
        session.settings.k,
        session.reduction(table),
    )
    return "without_" + hashlib.blake2b("|".join(map(str, choices)).encode(), digest_size=12).hexdigest()


def _start(table: Table, row: int, epsilon: float, key: str) -> None:
    setup, person = experiment.setup(table, row, epsilon=epsilon)
    synthetic = table.source.is_synthetic
    # Whoever knows the choices knows the noise: for synthetic data only.
    seed = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") if synthetic else None
    jobs.start(key, nonprivate_attack, setup, person, session.settings.attack_runs, seed, shared=synthetic)


def _answer(found: PlainVsPrivate, table: Table) -> None:
    show_success(found)
    for column, side in zip(st.columns(2, gap="medium"), SIDES, strict=True):
        one: MembershipInference = getattr(found, side)
        with column, st.container(key=f"hills_{side}"):
            title = _side(found, side)
            show("attack_side", title=title, lead=phrase(f"attack.hills_{side}"))
            shift_histograms.draw(one, title=title, key=f"hills_chart_{side}")
            if Statistic.TOP_PRODUCT in one.inside:
                show("attack_products", lead=phrase("attack.products"), rows=_products(one, table))


def _side(found: PlainVsPrivate, side: str) -> str:
    epsilon = figures.epsilon(found.private.epsilon or 0.0)
    return phrase("attack.side_plain") if side == "plain" else phrase("attack.side_private", epsilon=epsilon)


def show_success(found: PlainVsPrivate) -> None:
    """Say in a sentence, and on one scale from a coin to certainty, how well the best guesser does."""
    private, plain = found.private, found.plain
    told = {
        "epsilon": figures.epsilon(private.epsilon or 0.0),
        "success": figures.share(private.success.rate),
        "bound": figures.share(private.bound),
        "plain": figures.share(plain.success.rate),
    }
    show(
        "attack_scale",
        sentence=phrase("attack.success", **told),
        verdict=phrase("attack.holds" if private.is_within_bound else "attack.above", **told),
        details=phrase(
            "attack.details",
            low=figures.share(private.success.low),
            high=figures.share(private.success.high),
            guesses=figures.number(private.success.n_guesses),
            tell=phrase(f"attack.tell_{private.statistic}"),
        ),
        private=_place(private.success.rate),
        low=_place(private.success.low),
        width=_place(private.success.high) - _place(private.success.low),
        bound=_place(private.bound),
        plain=_place(plain.success.rate),
        told=told,
        alternative=phrase("attack.scale_alternative", **told),
    )


def _place(success: float) -> float:
    """Return where a success stands between a coin and certainty, in percent."""
    return round(100.0 * (min(max(success, COIN), 1.0) - COIN) / (1.0 - COIN), 1)


def _products(one: MembershipInference, table: Table) -> list[dict[str, Any]]:
    """Return how often each product came first in the person's group, with and without them; the rest together."""
    assert table.holdings is not None  # noqa: S101 - products were recommended
    n_products = len(table.holdings.products)
    inside, outside = (_shares(side, one.n_runs, n_products) for side in (one.inside, one.outside))
    order = [int(j) for j in np.argsort(-(inside + outside), kind="stable") if inside[j] + outside[j] > 0]
    rows = [
        _row(names.product(table.holdings.products[j], session.catalogue()), inside[j], outside[j])
        for j in order[:PRODUCTS_TOLD]
    ]
    rest = order[PRODUCTS_TOLD:]
    if rest:
        rows.append(_row(phrase("attack.rest", n=len(rest)), inside[rest].sum(), outside[rest].sum()))
    return rows


def _shares(statistics: Statistics, n_runs: int, n_products: int) -> np.ndarray:
    counts = np.bincount(statistics[Statistic.TOP_PRODUCT].astype(np.int64), minlength=n_products)
    return counts / n_runs


def _row(name: str, inside: float, outside: float) -> dict[str, Any]:
    return {
        "name": name,
        "inside": round(100 * float(inside), 1),
        "inside_text": figures.share(float(inside)),
        "outside": round(100 * float(outside), 1),
        "outside_text": figures.share(float(outside)),
    }
