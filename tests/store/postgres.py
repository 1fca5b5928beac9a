"""A private PostgreSQL of Debian's packages: on a socket in a folder of its own, gone after the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

#: PostgreSQL does not run as root.
SERVANTS = ("postgres", "nobody")
#: Durable as in production, but for what no test looks at.
SETTINGS = "-c listen_addresses='' -c max_connections=100 -c shared_buffers=16MB -c autovacuum=off"


class Cluster:
    """A cluster that can be stopped and started.

    Args:
        folder: Empty folder of its own, with a short path: the socket lives there.
        binaries: Where ``initdb`` and ``pg_ctl`` are.
    """

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._folder = folder
        self._binaries = binaries
        self._owner = _owner()
        if self._owner is not None:
            shutil.chown(folder, *self._owner)
        self._run("initdb", "-D", folder / "data", "-U", "sagram", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self.start()

    @property
    def url(self) -> str:
        """The address of the cluster's one database."""
        return f"postgresql+psycopg://sagram@/postgres?host={self._folder}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-k {self._folder} {SETTINGS}"
        log = self._folder / "log"
        self._run("pg_ctl", "-D", self._folder / "data", "-l", log, "-o", options, "-w", "-t", "60", "start")

    def stop(self) -> None:
        """Stop it at once: connections break, transactions that were under way are gone."""
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")

    def _run(self, program, *arguments):
        user = {} if self._owner is None else {"user": self._owner[0], "group": self._owner[1], "extra_groups": []}
        command = [str(self._binaries / program), *map(str, arguments)]
        done = subprocess.run(  # noqa: S603 - Debian's own program
            command, cwd=self._folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **user
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout.decode(errors='replace')}")


@contextmanager
def running() -> Iterator[Cluster]:
    """Start a cluster; without PostgreSQL on this machine, skip, but fail in CI."""
    binaries = _binaries()
    if binaries is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("PostgreSQL is not installed")
    # A socket's path may have a hundred characters, fewer than pytest's folders.
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        cluster = Cluster(Path(folder), binaries)
        try:
            yield cluster
        finally:
            cluster.stop()


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _owner() -> tuple[int, int] | None:
    """Return who runs the server in our place, if we are root."""
    if os.geteuid():
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    servant = next(known[name] for name in SERVANTS if name in known)
    return servant.pw_uid, servant.pw_gid
