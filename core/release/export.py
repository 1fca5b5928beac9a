"""Everything released of one data set as one document: what an outsider may see, and only that."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from core.clustering.engines import ENGINES
from core.data.table import Column
from core.privacy.private_quantiles import ReleasedBounds
from core.recommendation.product_counts import ProductTable
from core.reduction.reduced import ReducedRelease
from core.release.receipt import Receipt
from core.release.store import ReleaseStore

_FORMAT = 2


@runtime_checkable
class Serialisable(Protocol):
    """A release that can be written down: everything in it was released."""

    def to_json(self) -> str: ...  # noqa: D102 - see the class
    @classmethod
    def from_json(cls, text: str) -> "Serialisable": ...  # noqa: D102


def release_types() -> Mapping[str, type[Serialisable]]:
    """Return the kinds of releases that a document may hold, by the name it gives them: an engine's by its key."""
    return {
        **{engine.key: engine.release_type for engine in ENGINES.values()},
        "reduced": ReducedRelease,
        "products": ProductTable,
        "bounds": ReleasedBounds,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDocument:
    """A document of releases, read back.

    Attributes:
        receipt: What was promised and paid, as ``Receipt.to_dict`` writes it.
        releases: The releases, by number in the ledger.
    """

    receipt: Mapping[str, Any]
    releases: Mapping[int, Serialisable]

    @classmethod
    def from_json(cls, text: str) -> "ReleaseDocument":
        """Return the document that ``export_releases`` wrote.

        Raises:
            ValueError: If the text is of another format or holds a kind of release that nobody knows.
        """
        parts = json.loads(text)
        if parts.pop("published", None) != _FORMAT:
            raise ValueError(f"document format must be {_FORMAT}")
        releases = {}
        for line in parts["releases"]:
            kind, parts_of_release = line.pop("kind", None), line.pop("release", None)
            if parts_of_release is not None:
                releases[line["number"]] = _release_type(kind).from_json(json.dumps(parts_of_release))
        return cls(receipt=parts, releases=releases)


def export_releases(releases: ReleaseStore, *, columns: Iterable[Column]) -> str:
    """Write down the receipt of a data set and every release that its ledger paid for.

    Neither a key of a release nor the number of people is in it; an entry whose noise was not drawn has no release.

    Args:
        releases: The releases of the data set, with their ledger.
        columns: Columns of the table; only what is public about them is used.

    Raises:
        TypeError: If a release cannot be written down.
    """
    document = {"published": _FORMAT} | Receipt.of(releases.ledger, columns=columns).to_dict()
    by_number = {entry.number: releases.find(entry) for entry in releases.ledger.entries}
    lines: Any = document["releases"]
    for line in lines:
        release = by_number[line["number"]]
        if release is not None:
            line |= {"kind": kind_of(release), "release": json.loads(_serialisable(release).to_json())}
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def kind_of(release: object) -> str:
    """Return the name of the kind of ``release``.

    Raises:
        TypeError: If a document cannot hold it.
    """
    for kind, known in release_types().items():
        if isinstance(release, known):
            return kind
    raise TypeError(f"{type(release).__name__} cannot be exported: it has no kind")


def _serialisable(release: object) -> Serialisable:
    if not isinstance(release, Serialisable):
        raise TypeError(f"{type(release).__name__} cannot be exported: it has no text")
    return release


def _release_type(kind: str) -> type[Serialisable]:
    types = release_types()
    if kind not in types:
        raise ValueError(f"kind of release must be one of {', '.join(types)}, not {kind!r}")
    return types[kind]
