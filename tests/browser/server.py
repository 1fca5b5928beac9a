"""The app as a server of its own process on a free port of this machine."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from store.database import URL_VARIABLE
from ui.text import Language, phrases

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
OPEN_WITHIN_SECONDS = 180
END_WITHIN_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running app: its address and where its log is."""

    url: str
    log: Path

    def complaints(self) -> list[str]:
        """Return the lines of the log that tell of an exception."""
        return [line for line in self.log.read_text(errors="replace").splitlines() if "Traceback" in line]

    def presenter_key(self) -> str:
        """Return the key that the console tells to whoever started the app."""
        before, _, after = phrases(Language.KOREAN)["present.console"].partition("{key}")
        told = self.log.read_text(encoding="utf-8")
        return told.split(before, 1)[1].split(after + "\n", 1)[0]


@contextmanager
def serving() -> Iterator[Server]:
    """Start the app as a user does, wait until it is healthy, and end it afterwards."""
    with tempfile.TemporaryDirectory() as folder, serving_from(Path(folder), port=free_port()) as server:
        yield server


@contextmanager
def serving_from(folder: Path, *, port: int) -> Iterator[Server]:
    """Do so with the log and the survey's database in ``folder``: a second one there goes on where the first ended."""
    server = Server(url=f"http://{HOST}:{port}", log=folder / "server.log")
    with server.log.open("w") as log:
        process = _start(port, log, folder)
        try:
            _wait_until_healthy(server, process)
            yield server
        finally:
            _end(process)


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _start(port, log, folder):
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    # Neither the database nor the key of whoever runs the tests.
    command += [f"--secrets.files={folder / 'secrets.toml'}"]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and app
        [*command, f"--server.port={port}", f"--server.address={HOST}"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        | {URL_VARIABLE: str(folder / "survey.db")},
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def _wait_until_healthy(server, process):
    until = monotonic() + OPEN_WITHIN_SECONDS
    while not _is_healthy(server):
        if process.poll() is not None or monotonic() > until:
            raise RuntimeError(f"the app did not open its port:\n{server.log.read_text(errors='replace')[-3000:]}")
        sleep(0.1)


def _is_healthy(server):
    asked = HTTPConnection(server.url.removeprefix("http://"), timeout=5)
    try:
        asked.request("GET", "/_stcore/health")
        return asked.getresponse().status == 200
    except (HTTPException, OSError):
        return False
    finally:
        asked.close()


def _end(process):
    process.terminate()
    try:
        process.wait(END_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
