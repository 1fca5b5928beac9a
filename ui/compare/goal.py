"""The goal first: what ε, or how many people, a wanted quality takes; a simulation on synthetic people."""

import hashlib
import math
from dataclasses import replace
from typing import cast

import plotly.graph_objects as go
import streamlit as st

from core.data import GENERATED
from core.data.categories import public_categories
from core.data.generate import Recipe
from core.limits import EPSILON_CHOICES, PEOPLE_MIN, PERSONAS_MAX
from core.reduction.reduced import dimensions_most
from core.reduction.spec import Reduction
from core.studies.calibration import SEEDS_LEAST, Calibration, SimulatedUtility
from core.studies.utility_target import (
    SIMULATED_MOST,
    TargetCalibration,
    UtilityMeasure,
    UtilityTarget,
    calibrate_target,
)
from ui import figures, jobs, releases, session
from ui.charts import COLOURS
from ui.markup import show
from ui.outcome import Outcome
from ui.settings import GOAL_ARIS, GOAL_CHANGED
from ui.text import phrase

#: Seed of the synthetic people and of their noise: never the people at hand.
SEED = 7
HEIGHT = 300
CLEAR = "rgba(0, 0, 0, 0)"


def screen(found: Outcome) -> None:
    """Draw the goal, the button that looks for ε, and what was found; closed until it is opened."""
    with st.expander(phrase("goal.open"), icon=":material/flag:", key="goal_open", on_change="rerun") as opened:
        if not opened.open:
            return
        show("goal_lead", text=phrase("goal.lead"))
        measure = _choices(found)
        aim = _known_aim(found, measure)
        key, shared = _key(aim), found.table.source.is_synthetic
        show("quiet", text=_on(found, aim))
        if jobs.find(key, shared=shared) is None:
            st.button(
                phrase("goal.run"),
                key="goal_run",
                type="primary",
                icon=":material/search:",
                on_click=_start,
                args=(found, aim, key),
            )
        reach: TargetCalibration | None = jobs.watch(key, shared=shared)
        if reach is not None:
            _answer(found, aim, reach)


def _choices(found: Outcome) -> UtilityMeasure:
    with st.container(key="goal_choices", horizontal=True, vertical_alignment="bottom"):
        measure = UtilityMeasure.AGREEMENT
        if found.table.holdings is not None:
            st.segmented_control(
                phrase("goal.measure"),
                [str(each) for each in UtilityMeasure],
                format_func=lambda each: phrase(f"goal.measure_{each}"),
                required=True,
                key="goal_measure",
                persist_state="session",
            )
            measure = UtilityMeasure(session.settings.goal_measure)
        is_ari = measure is UtilityMeasure.AGREEMENT
        st.select_slider(
            phrase("goal.ari" if is_ari else "goal.changed"),
            GOAL_ARIS if is_ari else GOAL_CHANGED,
            format_func=(lambda ari: f"{ari:g}") if is_ari else figures.share,
            key="goal_ari" if is_ari else "goal_changed",
            persist_state="session",
            width=320,
        )
    return measure


# --- what is simulated -------------------------------------------------------------------------------------------


def _aim(found: Outcome, measure: UtilityMeasure) -> UtilityTarget:
    is_ari = measure is UtilityMeasure.AGREEMENT
    return UtilityTarget(
        measure=measure,
        utility=session.settings.goal_ari if is_ari else 1.0 - session.settings.goal_changed,
        recipe=_recipe(found),
        n_columns=len(found.table.columns),
        spec=replace(found.spec, reduction=_reduction(found)),
        products_share=session.settings.table_share,
        seed=SEED,
    )


def _recipe(found: Outcome) -> Recipe:
    """Return the generator's recipe with other people, or one whose size is the released number of people."""
    if found.table.source == GENERATED:
        return replace(session.recipe(), seed=SEED)
    noisy = max(found.release.noisy_people, 1.0)
    # Two digits: the noise would make more of them a new simulation for nothing.
    step = 10.0 ** max(math.floor(math.log10(noisy)) - 1, 0)
    n_people = min(max(round(noisy / step) * step, PEOPLE_MIN), SIMULATED_MOST)
    return Recipe(n_people=int(n_people), n_personas=min(found.spec.n_clusters, PERSONAS_MAX), seed=SEED)


def _reduction(found: Outcome) -> Reduction | None:
    """Return the dimensions at hand, or as many as the synthetic people have columns for."""
    reduction, most = found.spec.reduction, dimensions_most(min(len(found.table.columns), len(public_categories())))
    return reduction and replace(reduction, n_dimensions=min(reduction.n_dimensions, most))


def _on(found: Outcome, aim: UtilityTarget) -> str:
    said = phrase(
        "goal.on" if found.table.source == GENERATED else "goal.on_like",
        people=figures.people(min(aim.recipe.n_people, SIMULATED_MOST)),
        columns=min(aim.n_columns, len(public_categories())),
        k=aim.spec.n_clusters,
        seeds=SEEDS_LEAST,
    )
    reduction = aim.spec.reduction
    if reduction is None:
        return said
    method = phrase(f"reduction.{reduction.method}")
    return f"{said} {phrase('goal.reduced', method=method, n=reduction.n_dimensions)}"


def _key(aim: UtilityTarget) -> str:
    return "goal_" + hashlib.blake2b(repr(aim).encode(), digest_size=12).hexdigest()


def _known_aim(found: Outcome, measure: UtilityMeasure) -> UtilityTarget:
    """Return the aim that was simulated for this wish, or the aim of now.

    Its answer stays when ε moves, which buys another number of people; unless the answer was for the ε of then.
    """
    now = _aim(found, measure)
    known = _aims().get(_wish(found, now))
    if known is None or known.spec.epsilon == now.spec.epsilon:
        return known or now
    reach: TargetCalibration | None = jobs.result(_key(known), shared=found.table.source.is_synthetic)
    return now if reach is None or reach.by_people is not None else known


def _aims() -> dict[str, UtilityTarget]:
    return cast("dict[str, UtilityTarget]", st.session_state.setdefault("goal_aims", {}))


def _wish(found: Outcome, aim: UtilityTarget) -> str:
    """Name what is wanted of which data, whatever was bought from it meanwhile."""
    wanted = (aim.measure, aim.utility, aim.spec.engine, aim.spec.n_clusters, aim.products_share, aim.spec.reduction)
    return repr((found.table.content_key, wanted))


def _start(found: Outcome, aim: UtilityTarget, key: str) -> None:
    _aims()[_wish(found, aim)] = aim
    jobs.start(key, calibrate_target, aim, shared=found.table.source.is_synthetic)


# --- what was found ----------------------------------------------------------------------------------------------


def _answer(found: Outcome, aim: UtilityTarget, reach: TargetCalibration) -> None:
    goal = reach.by_epsilon if reach.by_people is None else reach.by_people
    best = goal.reached or goal.tried[-1]
    show("goal_answer", sentence=_sentence(aim, reach), details=_details(aim, best))
    if reach.by_epsilon.reached is not None:
        _use(found, reach.by_epsilon.reached.epsilon)
    _chart(aim, goal, by_people=reach.by_people is not None)


def _sentence(aim: UtilityTarget, reach: TargetCalibration) -> str:
    reached = reach.by_epsilon.reached
    if reached is not None:
        target = _told(aim, aim.utility)
        return phrase(f"goal.reached_{aim.measure}", target=target, epsilon=figures.epsilon(reached.epsilon))
    needed = reach.by_people.about_n_people if reach.by_people else None
    return phrase(
        "goal.never" if needed is None else "goal.people",
        most=figures.epsilon(EPSILON_CHOICES[-1]),
        epsilon=figures.epsilon(aim.spec.epsilon),
        people=figures.people(SIMULATED_MOST if needed is None else needed),
    )


def _details(aim: UtilityTarget, best: SimulatedUtility) -> str:
    return phrase(
        "goal.median",
        median=_told(aim, best.median),
        worst=_told(aim, best.worst),
        best=_told(aim, best.best),
        seeds=best.n_seeds,
    )


def _told(aim: UtilityTarget, utility: float) -> str:
    """Say a utility as its measure is said: an ARI, or the share that changes."""
    return f"{utility:.2f}" if aim.measure is UtilityMeasure.AGREEMENT else figures.share(round(1.0 - utility, 9))


def _use(found: Outcome, epsilon: float) -> None:
    """Offer the ε that was found, and say what it would spend before anything is spent."""
    table = found.table
    remaining = releases.ledger(table).remaining
    kept = releases.is_released(table, replace(found.spec, epsilon=epsilon))
    affordable = kept or releases.ledger(table).can_afford(epsilon)
    if table.source.is_synthetic:
        said = phrase("goal.use_free")
    elif kept:
        said = phrase("goal.use_kept")
    else:
        spends = "goal.use_spends" if affordable else "goal.use_too_much"
        said = phrase(spends, epsilon=figures.epsilon(epsilon), remaining=figures.epsilon(remaining))
    with st.container(key="goal_use_row", horizontal=True, vertical_alignment="center"):
        st.button(
            phrase("goal.use", epsilon=figures.epsilon(epsilon)),
            key="goal_use",
            icon=":material/tune:",
            disabled=not affordable,
            on_click=session.choose,
            kwargs={"epsilon": epsilon},
        )
        show("quiet", text=said)


def _chart(aim: UtilityTarget, goal: Calibration, *, by_people: bool) -> None:
    """Draw what was tried: medians from worst to best, and the goal as a line."""
    is_ari = aim.measure is UtilityMeasure.AGREEMENT
    sign, ground = (1.0, 0.0) if is_ari else (-1.0, 1.0)
    x = [float(each.n_people or 0) if by_people else each.epsilon for each in goal.tried]
    middle, ends = [each.median for each in goal.tried], [(each.worst, each.best) for each in goal.tried]
    up = [best - median for median, (_, best) in zip(middle, ends, strict=True)]
    down = [median - worst for median, (worst, _) in zip(middle, ends, strict=True)]
    figure = go.Figure()
    figure.add_scatter(
        x=x,
        y=[ground + sign * median for median in middle],
        error_y={"array": up if is_ari else down, "arrayminus": down if is_ari else up, "thickness": 2, "width": 6},
        mode="lines+markers",
        name=phrase("goal.tried"),
        line={"color": COLOURS[0], "width": 2},
        marker={"size": 11},
    )
    target = ground + sign * aim.utility
    span = [min(x) / 1.3, max(x) * 1.3]
    figure.add_scatter(
        x=span,
        y=[target, target],
        mode="lines",
        name=phrase("goal.target_line"),
        line={"color": COLOURS[5], "width": 3, "dash": "dash"},
    )
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={
            "type": "log",
            "title": phrase("goal.axis_people" if by_people else "goal.axis_epsilon"),
            "tickvals": x,
            "ticktext": [figures.number(value) if by_people else figures.epsilon(value) for value in x],
        },
        yaxis={"title": phrase(f"goal.axis_{aim.measure}"), "tickformat": ".2f" if is_ari else ".0%"},
        legend={"orientation": "h", "y": -0.3},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
    )
    told = ", ".join(
        f"{figures.number(at) if by_people else figures.epsilon(at)}: {_told(aim, median)}"
        for at, median in zip(x, middle, strict=True)
    )
    alternative = phrase("goal.alternative", told=told, target=_told(aim, aim.utility))
    st.plotly_chart(figure, key="goal_chart", config={"displayModeBar": False}, alt=alternative)
