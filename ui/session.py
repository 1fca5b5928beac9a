"""One visitor's state: settings that links carry, the table at hand, and the products it may be offered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, cast

import streamlit as st

from core.clustering.engines import get_engine
from core.data import SOURCES, Table
from core.data.catalogue import Catalogue, load_catalogue
from core.data.generate import Recipe
from core.ingest import Loaded
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import dimensions_most
from core.reduction.spec import Reduction, ReleaseSpec
from ui import chosen_bounds, tables
from ui.settings import PRINCIPAL, SETTINGS, Settings
from ui.spending import memory
from ui.text import browser_language, phrase

#: This visitor's settings, as they are at the moment of asking.
settings = Settings(st.session_state)


def restore() -> None:
    """Take settings from the address when it is not the one this session wrote, and note what could not be used."""
    asked = st.query_params.to_dict()
    if st.session_state.get("written_link") == asked or ("written_link" in st.session_state and not asked):
        asked = {}
    for key in SETTINGS:
        if key in asked:
            st.session_state[key] = _read(key, asked[key])
        # A link leaves defaults out, so what it does not name is at its default; only the language stays.
        elif key not in st.session_state or (asked and key != "lang"):
            st.session_state[key] = _default(key)
        else:
            # A widget that stands on two pages has two identities. Whatever the browser sends of the former page, the
            # setting stays: said again here, it is what the widget of this page begins with.
            st.session_state[key] = st.session_state[key]
    _recall_upload()
    if SOURCES[settings.data].load is None and upload() is None:
        st.session_state["data"] = SETTINGS["data"].default
        notify("notice.upload_gone")


def _read(key: str, text: str) -> Any:  # noqa: ANN401 - settings differ in type
    setting = SETTINGS[key]
    try:
        return setting.read(text)
    except ValueError:
        notify("notice.bad_link", setting=f"settings.{key}")
        return _default(key)


def _default(key: str) -> Any:  # noqa: ANN401 - settings differ in type
    return browser_language().key if key == "lang" else SETTINGS[key].default


def choose(**chosen: object) -> None:
    """Set settings before their widgets are drawn, as a callback does."""
    for key, choice in chosen.items():
        st.session_state[SETTINGS[key].key] = choice


def choose_later(**chosen: object) -> None:
    """Set settings at the next run, before their widgets are drawn: a drawn widget's value cannot be set."""
    st.session_state["choose_later"] = chosen


def apply_choices() -> None:
    """Set what ``choose_later`` left; call it before the widgets."""
    choose(**st.session_state.pop("choose_later", {}))


def link() -> dict[str, str]:
    """Return what a link must carry to restore this screen: every setting that is not at its default."""
    shared = [setting for setting in SETTINGS.values() if not (setting.is_insider and settings.only_public)]
    return {
        setting.key: setting.write(settings.value(setting.key))
        for setting in shared
        if settings.value(setting.key) != _default(setting.key)
    }


def share() -> None:
    """Write the link into the browser's address, if it changed."""
    wanted = link()
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state["written_link"] = wanted


@contextmanager
def whole_run() -> Iterator[None]:
    """Mark that the page runs with its frame around it, not a fragment of it alone."""
    st.session_state["whole_run"] = True
    try:
        yield
        st.session_state.pop("is_redrawing", None)
    finally:
        st.session_state["whole_run"] = False


def refresh_frame() -> None:
    """Run the whole app again if a fragment has spent something that the frame does not show yet."""
    if st.session_state.pop("spent", False) and not st.session_state.get("whole_run"):
        redraw()


def redraw() -> NoReturn:
    """Run the whole app again after a new release; does not count as a view of it."""
    st.session_state["is_redrawing"] = True
    st.rerun(scope="app")


def notify(key: str, *, setting: str = "") -> None:
    """Keep a notice for the frame to show once."""
    st.session_state.setdefault("notices", []).append((key, setting))


def take_notices() -> list[str]:
    """Return the waiting notices as sentences, once."""
    waiting = cast("list[tuple[str, str]]", st.session_state.pop("notices", []))
    return [phrase(key, setting=phrase(setting) if setting else "") for key, setting in dict.fromkeys(waiting)]


def recipe_default() -> Recipe:
    """Return the recipe of a visitor who has chosen nothing yet."""
    return _recipe(Settings({}))


def recipe() -> Recipe:
    """Return the recipe that the generator's settings describe."""
    return _recipe(settings)


def _recipe(chosen: Settings) -> Recipe:
    return Recipe(
        n_people=chosen.people,
        n_personas=chosen.personas,
        overlap=chosen.overlap,
        inequality=chosen.inequality,
        seed=chosen.seed,
    )


def number_of(kind: str, name: str) -> int:
    """Number what ``name`` names among this session's things of its kind, from 1, in order of first appearance.

    Keys of widgets reach the browser: a name that is made from people's data may not stand in them, its number may.
    """
    numbers = cast("dict[str, dict[str, int]]", st.session_state.setdefault("numbers", {})).setdefault(kind, {})
    return numbers.setdefault(name, len(numbers) + 1)


def upload() -> Loaded | None:
    """Return what this visitor uploaded, if anything; it lives in memory only."""
    return cast("Loaded | None", st.session_state.get("upload"))


def _recall_upload() -> None:
    """Take back, once a session, what this device uploaded before its page was loaded anew."""
    if st.session_state.setdefault("has_recalled", False):
        return
    st.session_state["has_recalled"] = True
    recalled = memory.recall_upload()
    if recalled is not None:
        st.session_state["upload"] = recalled


def take_upload(loaded: Loaded) -> None:
    """Keep an upload for this session, in place of the former one and of bounds chosen for it."""
    memory.remember_upload(loaded)
    st.session_state["upload"] = loaded
    choose(bounds="")


def table() -> Table:
    """Return the table that all pages look at, within the bounds that the visitor chose."""
    return apply_bounds(_table_at_hand())


def apply_bounds(current: Table) -> Table:
    """Return ``current`` within the bounds chosen for it; a link may name some that it cannot have."""
    try:
        return chosen_bounds.apply(current, settings.bounds)
    except ValueError:
        choose(bounds="")
        notify("notice.bad_link", setting="settings.bounds")
        return current


def choose_bounds(current: Table, place: int, ends: tuple[float, float]) -> None:
    """Choose the bounds of one column of ``current``; those of its other columns stay."""
    source, chosen = chosen_bounds.read(settings.bounds)
    others = chosen if source == current.source.key else {}
    choose(bounds=chosen_bounds.write(current.source.key, others | {place: ends}))


def _table_at_hand() -> Table:
    source = SOURCES[settings.data]
    if source.load is None:
        mine = upload()
        return tables.load_generated(recipe()) if mine is None else mine.table
    return tables.load(source, recipe())


def axes(current: Table) -> tuple[str, str]:
    """Return the two axes to draw: keys of columns, or ``PRINCIPAL``; unknown ones fall back."""
    keys = {column.key for column in current.columns}
    chosen = (settings.axis_x, settings.axis_y)
    return cast("tuple[str, str]", tuple(axis if axis in keys else PRINCIPAL for axis in chosen))


def reduction(current: Table) -> Reduction | None:
    """Return the dimensions to cluster in, at most one less than there are columns; None for all columns."""
    n_dimensions = min(settings.dimensions, dimensions_most(len(current.columns)))
    return Reduction(method=ReductionMethod(settings.reduction), n_dimensions=n_dimensions) if n_dimensions else None


def release_spec(current: Table) -> ReleaseSpec:
    """Return what the settings ask of a release of ``current``."""
    return ReleaseSpec(
        engine=get_engine(settings.engine),
        epsilon=settings.epsilon,
        n_clusters=settings.k,
        reduction=reduction(current),
        draw=settings.draw if current.source.is_synthetic else 0,
    )


def catalogue() -> Catalogue:
    """Return the products that may be recommended: the built-in ones, and before them this visitor's own."""
    own = own_catalogue()
    if own is None:
        return load_catalogue()
    built_in = tuple(product for product in load_catalogue().products if product.id not in own.ids)
    return Catalogue(products=(*own.products, *built_in))


def own_catalogue() -> Catalogue | None:
    """Return this visitor's own list of products, if there is one; it lives in this session only."""
    return cast("Catalogue | None", st.session_state.get("own_catalogue"))


def take_catalogue(own: Catalogue | None) -> None:
    """Keep this visitor's own list of products, or go back to the built-in one."""
    st.session_state["own_catalogue"] = own
