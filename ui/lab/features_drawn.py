"""Groups as lines along their columns and as clouds in space; every group has its own colour with its own shape."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core.arrays import FloatArray
from core.clustering.model import Clustering, Release
from core.data import Table
from core.evaluation.profile import Profile
from ui import figures, names, results, session
from ui.lab.looks import look
from ui.markup import show
from ui.text import phrase

#: Ratios that the lines reach at most, up or down.
RATIO_MOST = 10.0
RATIO_TICKS = (0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 10.0)
ROW_HEIGHT, LINES_ROOM = 40, 90
CENTER_SIZE, CELL_SIZE, CELL_LEAST, PERSON_SIZE = 30, 22.0, 4.0, 6
#: Hardly taller than a phone is wide: plotly cuts a tall scene off at the sides.
HEIGHT = 400
#: Farther than plotly's own view, so that the titles of the axes fit on a phone.
EYE = {"x": 2.15, "y": 2.15, "z": 1.25}
#: People drawn in the insider's view, chosen once and for all.
PEOPLE_MOST, PEOPLE_SEED = 600, 7


def legend(titles: list[str]) -> None:
    """Say once for both pictures which group looks how."""
    looks = [(title, look(group)) for group, title in enumerate(titles)]
    show(
        "features_legend",
        groups=[{"title": title, "colour": each.css_colour, "sign": each.sign} for title, each in looks],
    )


def along_columns(table: Table, described: Profile, titles: list[str]) -> None:
    """Draw parallel coordinates, one row a column: names stay level and a phone scrolls down, not sideways."""
    st.subheader(phrase("features.lines"), anchor=False)
    rows = [names.short(column) for column in table.columns]
    places = list(range(len(rows)))
    figure = go.Figure()
    figure.add_vline(x=1.0, line={"color": "#8B95A1", "width": 2, "dash": "dot"})
    for group, title in enumerate(titles):
        seen = look(group)
        ratios = [described.ratio(group, j) for j in places]
        figure.add_scatter(
            x=np.clip(ratios, 1.0 / RATIO_MOST, RATIO_MOST).round(3).tolist(),
            y=places,
            mode="lines+markers",
            name=f"{group + 1} · {title}",
            line={"color": seen.colour, "width": 3, "dash": seen.dash},
            marker={"size": 10, "symbol": seen.symbol, "color": seen.colour},
            hovertext=[f"{row} {figures.times(ratio)}" for row, ratio in zip(rows, ratios, strict=True)],
            hoverinfo="name+text",
        )
    figure.update_layout(
        height=LINES_ROOM + ROW_HEIGHT * len(rows),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        xaxis={
            "type": "log",
            "title": phrase("features.lines_axis"),
            "tickvals": RATIO_TICKS,
            "ticktext": [figures.number(tick) for tick in RATIO_TICKS],
        },
        yaxis={
            "tickvals": places,
            "ticktext": rows,
            "range": [len(rows) - 0.5, -0.5],
            "title": phrase("features.column"),
            "automargin": True,
        },
    )
    alternative = phrase("features.lines_alternative", told=_lines_told(rows, described, titles))
    st.plotly_chart(figure, key="features_lines", config={"displayModeBar": False}, alt=alternative)
    show("quiet", text=phrase("features.lines_why", most=figures.number(RATIO_MOST)))


def _lines_told(rows: list[str], described: Profile, titles: list[str]) -> str:
    return "; ".join(
        f"{title}: "
        + ", ".join(f"{rows[j]} {figures.times(described.ratio(group, int(j)))}" for j in described.telling(group, 3))
        for group, title in enumerate(titles)
    )


# --- in space ----------------------------------------------------------------------------------------------------


def in_space(table: Table, release: Release, clustering: Clustering, titles: list[str]) -> None:
    """Draw released places and centres along three columns; for an insider who asks, some of the people too."""
    st.subheader(phrase("features.space"), anchor=False)
    if len(table.columns) < 3:  # noqa: PLR2004 - three axes
        show("quiet", text=phrase("features.flat"))
        return
    chosen = _axes(table, clustering)
    people = _people(table) if _wants_people() else None
    figure = go.Figure()
    if people is not None:
        _add_people(figure, people, table, clustering, chosen)
    _add_released(figure, release, table, clustering, chosen=chosen, titles=titles)
    axes = [{"title": {"text": names.short(table.columns[j]), "font": {"size": 13}}, "nticks": 5} for j in chosen]
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        scene={**dict(zip(("xaxis", "yaxis", "zaxis"), axes, strict=True)), "camera": {"eye": EYE}},
    )
    told = ", ".join(names.column(table.columns[j]) for j in chosen)
    alternative = phrase("features.space_alternative", columns=told, groups=", ".join(titles))
    st.plotly_chart(figure, key="features_space", config={"displayModeBar": False}, alt=alternative)


def _axes(table: Table, clustering: Clustering) -> list[int]:
    """Draw the choice of three columns; at first those in which the released centres differ most."""
    widest = np.argsort(-clustering.centers.std(axis=0), kind="stable")[:3].tolist()
    chosen = []
    with st.container(key="features_axes", horizontal=True):
        for place, axis in enumerate("xyz"):
            picked = st.selectbox(
                phrase(f"features.axis_{axis}"),
                range(len(table.columns)),
                int(widest[place]),
                format_func=lambda j: names.axis(table.columns[j]),
                key=f"features_{axis}_{table.content_key[:24]}",
                width=260,
            )
            chosen.append(int(picked))
    return chosen


def _wants_people() -> bool:
    """Offer to see people, unless only what is public may be seen; said and marked where they are."""
    if session.value("only_public"):
        return False
    wanted = st.toggle(phrase("features.people"), key="features_people", persist_state="session")
    if wanted:
        show("insider_lead", text=phrase("features.people_why", most=PEOPLE_MOST))
    return wanted


def _people(table: Table) -> FloatArray:
    """Return people in the box, at most ``PEOPLE_MOST``: raw, insider."""
    chosen = np.sort(np.random.default_rng(PEOPLE_SEED).permutation(table.n_people)[:PEOPLE_MOST])
    people: FloatArray = results.points(table)[chosen]
    return people


def _add_people(figure: go.Figure, people: FloatArray, table: Table, clustering: Clustering, chosen: list[int]) -> None:
    labels, units = clustering.assign(people), table.to_units(people)[:, chosen]
    for group in range(clustering.n_clusters):
        _cloud(figure, units[labels == group], group, size=PERSON_SIZE, opacity=0.6)


def _add_released(
    figure: go.Figure,
    release: Release,
    table: Table,
    clustering: Clustering,
    *,
    chosen: list[int],
    titles: list[str],
) -> None:
    """Add released places, and groups' centres, which stand out by their size and strength."""
    labels = clustering.assign(release.cells.places)
    cells, centers = table.to_units(release.cells.places)[:, chosen], table.to_units(clustering.centers)[:, chosen]
    sizes = CELL_SIZE * np.sqrt(np.maximum(release.cells.weights, 0.0) / max(float(release.cells.weights.max()), 1.0))
    for group, title in enumerate(titles):
        members = labels == group
        _cloud(figure, cells[members], group, size=np.maximum(sizes[members], CELL_LEAST).tolist(), opacity=0.5)
        _cloud(figure, centers[[group]], group, size=CENTER_SIZE, opacity=1.0, name=f"{group + 1} · {title}")


def _cloud(
    figure: go.Figure, at: FloatArray, group: int, *, size: float | list[float], opacity: float, name: str = ""
) -> None:
    """Add places of a group as its sign: plotly's own marks in space have no triangles and no stars."""
    rounded, seen = np.round(at, 2), look(group)
    figure.add_scatter3d(
        x=rounded[:, 0],
        y=rounded[:, 1],
        z=rounded[:, 2],
        mode="text",
        name=name,
        text=seen.sign,
        textposition="middle center",
        textfont={"size": size, "color": seen.colour},
        opacity=opacity,
    )
