"""Calibration, the goal first: what ε, or how many people, a wanted quality takes; a simulation on synthetic people."""

import hashlib
import math
from dataclasses import replace
from typing import cast

import streamlit as st

from core.data import GENERATED
from core.data.categories import public_categories
from core.data.generate import Recipe
from core.limits import EPSILON_CHOICES, PEOPLE_MIN, PERSONAS_MAX
from core.reduction.reduced import dimensions_most
from core.reduction.spec import Reduction
from core.studies.calibration import SEEDS_LEAST
from core.studies.utility_target import (
    SIMULATED_MOST,
    TargetCalibration,
    UtilityMeasure,
    UtilityTarget,
    calibrate_target,
)
from ui import choices, figures, jobs, releases, session
from ui.compare import calibration_chart
from ui.compare.calibration_chart import describe_utility
from ui.markup import show
from ui.outcome import Outcome
from ui.settings import GOAL_ARIS, GOAL_CHANGED
from ui.text import phrase

#: Seed of the synthetic people and of their noise: never the people at hand.
SEED = 7


def draw(outcome: Outcome) -> None:
    """Draw the goal, the button that looks for ε, and what was found; closed until it is opened."""
    with st.expander(phrase("goal.open"), icon=":material/flag:", key="goal_open", on_change="rerun") as opened:
        if not opened.open:
            return
        show("goal_lead", text=phrase("goal.lead"))
        measure = _draw_choices(outcome)
        target = _find_target(outcome, measure)
        key, shared = _name_job(target), outcome.table.source.is_synthetic
        show("quiet", text=_describe_simulation(outcome, target))
        search = jobs.offer("goal.run", key, _start, outcome, target, key, shared=shared, icon=":material/search:")
        calibration: TargetCalibration | None = search
        if calibration is not None:
            _show_result(outcome, target, calibration)


def _draw_choices(outcome: Outcome) -> UtilityMeasure:
    with st.container(key="goal_choices", horizontal=True, vertical_alignment="bottom"):
        measure = UtilityMeasure.AGREEMENT
        if outcome.table.holdings is not None:
            measures = [str(each) for each in UtilityMeasure]
            measure = UtilityMeasure(choices.draw_segments("goal.measure", measures, key="goal_measure"))
        if measure is UtilityMeasure.AGREEMENT:
            choices.draw_steps("goal.ari", GOAL_ARIS, figures.significant, key="goal_ari", width=320)
        else:
            choices.draw_steps("goal.changed", GOAL_CHANGED, figures.share, key="goal_changed", width=320)
    return measure


def _make_target(outcome: Outcome, measure: UtilityMeasure) -> UtilityTarget:
    is_ari = measure is UtilityMeasure.AGREEMENT
    return UtilityTarget(
        measure=measure,
        utility=session.settings.goal_ari if is_ari else 1.0 - session.settings.goal_changed,
        recipe=_make_recipe(outcome),
        n_columns=len(outcome.table.columns),
        spec=replace(outcome.spec, reduction=_make_reduction(outcome)),
        products_share=session.settings.table_share,
        seed=SEED,
    )


def _make_recipe(outcome: Outcome) -> Recipe:
    """Return the generator's recipe with other people, or one whose size is the released number of people."""
    if outcome.table.source == GENERATED:
        return replace(session.recipe(), seed=SEED)
    noisy = max(outcome.release.noisy_people, 1.0)
    # Two digits: the noise would make more of them a new simulation for nothing.
    step = 10.0 ** max(math.floor(math.log10(noisy)) - 1, 0)
    n_people = min(max(round(noisy / step) * step, PEOPLE_MIN), SIMULATED_MOST)
    return Recipe(n_people=int(n_people), n_personas=min(outcome.spec.n_clusters, PERSONAS_MAX), seed=SEED)


def _make_reduction(outcome: Outcome) -> Reduction | None:
    """Return the dimensions at hand, or as many as the synthetic people have columns for."""
    reduction, most = outcome.spec.reduction, dimensions_most(min(len(outcome.table.columns), len(public_categories())))
    return reduction and replace(reduction, n_dimensions=min(reduction.n_dimensions, most))


def _describe_simulation(outcome: Outcome, target: UtilityTarget) -> str:
    text = phrase(
        "goal.on" if outcome.table.source == GENERATED else "goal.on_like",
        people=figures.people(min(target.recipe.n_people, SIMULATED_MOST)),
        columns=min(target.n_columns, len(public_categories())),
        k=target.spec.n_clusters,
        seeds=SEEDS_LEAST,
    )
    reduction = target.spec.reduction
    if reduction is None:
        return text
    method = phrase(f"reduction.{reduction.method}")
    return f"{text} {phrase('goal.reduced', method=method, n=reduction.n_dimensions)}"


def _name_job(target: UtilityTarget) -> str:
    return "goal_" + hashlib.blake2b(repr(target).encode(), digest_size=12).hexdigest()


def _find_target(outcome: Outcome, measure: UtilityMeasure) -> UtilityTarget:
    """Return the target that was simulated for this wish, or the target of now.

    Its answer stays when ε moves, which releases another number of people; unless the answer was for the ε of then.
    """
    now = _make_target(outcome, measure)
    simulated = _targets().get(_name_wish(outcome, now))
    if simulated is None or simulated.spec.epsilon == now.spec.epsilon:
        return simulated or now
    calibration: TargetCalibration | None = jobs.result(_name_job(simulated), shared=outcome.table.source.is_synthetic)
    return now if calibration is None or calibration.by_people is not None else simulated


def _targets() -> dict[str, UtilityTarget]:
    return cast("dict[str, UtilityTarget]", st.session_state.setdefault("goal_aims", {}))


def _name_wish(outcome: Outcome, target: UtilityTarget) -> str:
    """Name what is wanted of which data, whatever was released of it meanwhile."""
    spec = target.spec
    wanted = (target.measure, target.utility, spec.engine, spec.n_clusters, target.products_share, spec.reduction)
    return repr((outcome.table.content_key, wanted))


def _start(outcome: Outcome, target: UtilityTarget, key: str) -> None:
    _targets()[_name_wish(outcome, target)] = target
    jobs.start(key, calibrate_target, target, shared=outcome.table.source.is_synthetic)


def _show_result(outcome: Outcome, target: UtilityTarget, calibration: TargetCalibration) -> None:
    study = calibration.by_epsilon if calibration.by_people is None else calibration.by_people
    best = study.reached or study.tried[-1]
    median, worst, highest = (describe_utility(target, each) for each in (best.median, best.worst, best.best))
    details = phrase("goal.median", median=median, worst=worst, best=highest, seeds=best.n_seeds)
    show("goal_answer", sentence=_describe_result(target, calibration), details=details)
    if calibration.by_epsilon.reached is not None:
        _offer_epsilon(outcome, calibration.by_epsilon.reached.epsilon)
    calibration_chart.draw(target, study, by_people=calibration.by_people is not None)


def _describe_result(target: UtilityTarget, calibration: TargetCalibration) -> str:
    reached = calibration.by_epsilon.reached
    if reached is not None:
        wanted, epsilon = describe_utility(target, target.utility), figures.epsilon(reached.epsilon)
        return phrase(f"goal.reached_{target.measure}", target=wanted, epsilon=epsilon)
    needed = calibration.by_people.about_n_people if calibration.by_people else None
    return phrase(
        "goal.never" if needed is None else "goal.people",
        most=figures.epsilon(EPSILON_CHOICES[-1]),
        epsilon=figures.epsilon(target.spec.epsilon),
        people=figures.people(SIMULATED_MOST if needed is None else needed),
    )


def _offer_epsilon(outcome: Outcome, epsilon: float) -> None:
    """Offer the ε that was found, and say what it would spend before anything is spent."""
    table = outcome.table
    remaining = releases.ledger(table).remaining
    is_kept = releases.is_released(table, replace(outcome.spec, epsilon=epsilon))
    affordable = is_kept or releases.ledger(table).can_afford(epsilon)
    if table.source.is_synthetic:
        text = phrase("goal.use_free")
    elif is_kept:
        text = phrase("goal.use_kept")
    else:
        spends = "goal.use_spends" if affordable else "goal.use_too_much"
        text = phrase(spends, epsilon=figures.epsilon(epsilon), remaining=figures.epsilon(remaining))
    with st.container(key="goal_use_row", horizontal=True, vertical_alignment="center"):
        st.button(
            phrase("goal.use", epsilon=figures.epsilon(epsilon)),
            key="goal_use",
            icon=":material/tune:",
            disabled=not affordable,
            on_click=session.choose,
            kwargs={"epsilon": epsilon},
        )
        show("quiet", text=text)
