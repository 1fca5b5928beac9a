"""How many bytes of uploads the server holds, by session: those that arrived and those on their way.

Only what Streamlit keeps is counted, for as long as it keeps it: a file until its own delete has succeeded, a session
until it has been gone for longer than Streamlit waits for its return.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from streamlit import runtime

from core.limits import UPLOADS_MEGABYTES

#: Streamlit waits two minutes for a visitor to come back, then lets go of the files.
GONE_SECONDS = 150.0
#: Sessions with files; more are asked to come later.
SESSIONS_MAX = 10_000


@dataclass(slots=True)
class _Session:
    stored: Counter[str] = field(default_factory=Counter)
    arriving: dict[object, tuple[str, int]] = field(default_factory=dict)
    gone_since: float | None = None

    @property
    def n_bytes(self) -> int:
        """Bytes held; a file that is sent again takes its own place."""
        arriving: Counter[str] = Counter()
        for file, n_bytes in self.arriving.values():
            arriving[file] += n_bytes
        return (self.stored | arriving).total()


def is_session(session: str) -> bool:
    """Return whether a visitor is connected under this name; where no server runs, every name will do."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


class HeldBytes:
    """The bytes that the server holds.

    Args:
        knows: Whether there is a session of this name.
        total_max: Bytes of all sessions together.
    """

    def __init__(self, *, knows: Callable[[str], bool] = is_session, total_max: int = UPLOADS_MEGABYTES << 20) -> None:
        self.knows = knows
        self.total_max = total_max
        self._sessions: dict[str, _Session] = {}
        #: Read by threads that draw pages while the server's own counts.
        self._received = 0

    @property
    def is_full(self) -> bool:
        """Whether no further file has room."""
        return self._received >= self.total_max

    @property
    def is_over(self) -> bool:
        """Whether more has arrived than there is room for."""
        return self._received > self.total_max

    def has_room(self, session: str) -> bool:
        """Return whether one more byte of ``session`` has room in the server."""
        self._forget_gone()
        return not self.is_full and (session in self._sessions or len(self._sessions) < SESSIONS_MAX)

    def begin(self, session: str, upload: object, *, file: str, declared: int) -> int:
        """Hold ``declared`` bytes of ``session`` for an upload; return what the session holds with them."""
        found = self._sessions.setdefault(session, _Session())
        found.arriving[upload] = (file, declared)
        return found.n_bytes

    def receive(self, session: str, upload: object, *, received: int, more: int) -> int:
        """Count ``more`` bytes of an upload, ``received`` in all; return what the session holds with them."""
        found = self._sessions[session]
        file, held_for_it = found.arriving[upload]
        found.arriving[upload] = (file, max(held_for_it, received))
        self._received += more
        return found.n_bytes

    def settle(self, session: str, upload: object, *, received: int, is_kept: bool) -> None:
        """End an upload: its bytes are the file's from now on, in place of former ones, or gone if it is not kept."""
        found = self._sessions[session]
        file, _ = found.arriving.pop(upload)
        self._received -= found.stored[file] if is_kept else received
        if is_kept:
            found.stored[file] = received
        self._drop_empty(session)

    def delete(self, session: str, file: str) -> None:
        """Forgive the bytes of a file that Streamlit has deleted."""
        if session in self._sessions:
            self._received -= self._sessions[session].stored.pop(file, 0)
            self._drop_empty(session)

    def _drop_empty(self, session: str) -> None:
        found = self._sessions[session]
        if not found.stored and not found.arriving:
            del self._sessions[session]

    def _forget_gone(self) -> None:
        now = monotonic()
        for name, session in list(self._sessions.items()):
            if session.arriving or self.knows(name):
                session.gone_since = None
            elif session.gone_since is None:
                session.gone_since = now
            elif now - session.gone_since > GONE_SECONDS:
                self._received -= session.stored.total()
                del self._sessions[name]


#: What this server holds.
held = HeldBytes()
