"""The picture of a calibration: what was tried, from worst to best, against the goal as a line."""

import plotly.graph_objects as go

from core.studies.calibration import Calibration
from core.studies.utility_target import UtilityMeasure, UtilityTarget
from ui import charts, figures
from ui.text import phrase

HEIGHT = 300


def describe_utility(target: UtilityTarget, utility: float) -> str:
    """Say a utility as its measure is said: an ARI, or the share that changes."""
    if target.measure is UtilityMeasure.AGREEMENT:
        return figures.decimals(utility)
    return figures.share(round(1.0 - utility, 9))


def draw(target: UtilityTarget, study: Calibration, *, by_people: bool) -> None:
    """Draw what was tried: medians from worst to best, and the goal as a line."""
    is_ari = target.measure is UtilityMeasure.AGREEMENT
    sign, ground = (1.0, 0.0) if is_ari else (-1.0, 1.0)
    x = [float(each.n_people or 0) if by_people else each.epsilon for each in study.tried]
    x_texts = [figures.number(value) if by_people else figures.epsilon(value) for value in x]
    up, down = [each.best - each.median for each in study.tried], [each.median - each.worst for each in study.tried]
    figure = go.Figure()
    figure.add_scatter(
        x=x,
        y=[ground + sign * each.median for each in study.tried],
        error_y={"array": up if is_ari else down, "arrayminus": down if is_ari else up, "thickness": 2, "width": 6},
        mode="lines+markers",
        name=phrase("goal.tried"),
        line={"color": charts.COLOURS[0], "width": 2},
        marker={"size": 11},
    )
    figure.add_scatter(
        x=[min(x) / 1.3, max(x) * 1.3],
        y=2 * [ground + sign * target.utility],
        mode="lines",
        name=phrase("goal.target_line"),
        line={"color": charts.COLOURS[5], "width": 3, "dash": "dash"},
    )
    medians = ", ".join(
        f"{text}: {describe_utility(target, each.median)}" for text, each in zip(x_texts, study.tried, strict=True)
    )
    charts.draw(
        figure,
        key="goal_chart",
        alternative=phrase("goal.alternative", told=medians, target=describe_utility(target, target.utility)),
        height=HEIGHT,
        xaxis={
            "type": "log",
            "title": phrase("goal.axis_people" if by_people else "goal.axis_epsilon"),
            "tickvals": x,
            "ticktext": x_texts,
        },
        yaxis={"title": phrase(f"goal.axis_{target.measure}"), "tickformat": ".2f" if is_ari else ".0%"},
        legend={"orientation": "h", "y": -0.3},
        paper_bgcolor=charts.CLEAR,
        plot_bgcolor=charts.CLEAR,
    )
