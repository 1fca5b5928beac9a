"""Sessions that come back after a lost connection: taken up again without watching source files.

A new session watches them as ``server.fileWatcherType`` says, but Streamlit 1.67 lets one that comes back watch them in
any case: it looks through the paths of all modules in the server's only event loop, 0.2 s of a processor each. Thirty
phones that had lost the network kept the server from everybody for 43 s on a busy machine; now they are back in one.
"""

from streamlit import config
from streamlit.runtime.app_session import AppSession

_watch = AppSession.register_file_watchers


def _watch_if_wanted(session: AppSession) -> None:
    if config.get_option("server.fileWatcherType") != "none":
        _watch(session)


def install() -> None:
    """Let every session watch source files only where that is wanted."""
    AppSession.register_file_watchers = _watch_if_wanted  # type: ignore[assignment, method-assign]
