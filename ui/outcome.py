"""What one position of the sliders leads to: the release, its clustering, and how it compares."""

from dataclasses import dataclass

from core.clustering.types import Clustering, Release
from core.data import Table
from core.metrics.comparison import Comparison
from core.reduction.spec import ReleaseSpec
from ui import releases, results, session
from ui.results import Plain

#: Settings that decide what is released and shown.
CHOICES = ("engine", "epsilon", "k", "dimensions", "reduction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything the compare and recommend pages draw.

    Attributes:
        table: The people.
        spec: What was asked of the release; both sides have its number of groups and its dimensions.
        release: What was released.
        private: The private clustering; numbered like the plain one unless only public values are shown.
        plain: The plain side, or None when only public values are shown.
        comparison: Plain beside private, or None when only public values are shown.
    """

    table: Table
    spec: ReleaseSpec
    release: Release
    private: Clustering
    plain: Plain | None
    comparison: Comparison | None

    @classmethod
    def from_settings(cls, table: Table) -> "Outcome":
        """Return what the session's settings lead to.

        Raises:
            NotReleasedError: If it would have to be paid first; the page says the price.
        """
        spec = session.release_spec(table)
        return cls.from_release(table, spec, releases.release(table, spec))

    @classmethod
    def from_release(cls, table: Table, spec: ReleaseSpec, release: Release) -> "Outcome":
        """Cluster ``release`` and hold it against the plain clustering, unless only public values are shown."""
        if session.settings.only_public:
            private = results.cluster(table, spec, release)
            return cls(table=table, spec=spec, release=release, private=private, plain=None, comparison=None)
        comparison = results.compare(table, spec, release)
        return cls(
            table=table,
            spec=spec,
            release=release,
            private=comparison.private,
            plain=results.cluster_plain(table, spec.n_clusters, spec.reduction),
            comparison=comparison,
        )

    def raw_group(self, group: int) -> int:
        """Return the release's own number of a group, whatever numbers the screen gives."""
        return group if self.comparison is None else int(self.comparison.matching.private_of_plain[group])
