"""A Streamlit app as a server of its own process on a free port of this machine: started, watched, always ended."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import perf_counter, sleep

from store.database import URL_VARIABLE
from ui.server.device import FILE_VARIABLE
from ui.text import phrases

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
_ASKED = re.compile(r"[?&]\w+=|/sagram-room/\d|/\d{6}\b")
OPEN_WITHIN_SECONDS = 180
END_WITHIN_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running app.

    Attributes:
        url: Its address.
        log: Where its log is.
        pid: Its process.
        seconds_to_open: From the start of the process to its first answer.
    """

    url: str
    log: Path
    pid: int
    seconds_to_open: float

    def complaints(self) -> list[str]:
        """Return the lines of the log that tell of an exception."""
        return [line for line in self.log.read_text(errors="replace").splitlines() if "Traceback" in line]

    def addresses(self) -> list[str]:
        """Return the lines of the log that name a person, a room or a choice, as addresses do."""
        return [line for line in self.log.read_text(errors="replace").splitlines() if _ASKED.search(line)]

    def presenter_key(self) -> str:
        """Return the key that the console tells to whoever started the app."""
        before, _, after = phrases("ko")["present.console"].partition("{key}")
        told = self.log.read_text(encoding="utf-8")
        return told.split(before, 1)[1].split(after + "\n", 1)[0]

    def cpu_seconds(self) -> float:
        """Return the processor time the server has used, all threads, ended ones too."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        """Return the most memory the server ever held at once."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


@contextmanager
def serving(script: str = "app.py", environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start the app as a user does, or another script, wait until it is healthy, and end it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with serving_from(place, port=free_port(), script=script, environment=environment) as server:
            yield server


@contextmanager
def serving_from(
    folder: Path, *, port: int, script: str = "app.py", environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Do so with the log and the survey's database in ``folder``: a second one there goes on where the first ended."""
    start, log = perf_counter(), folder / "server.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true"]
        # Neither the database nor the key of whoever runs this.
        command += [f"--secrets.files={folder / 'secrets.toml'}"]
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and app
            [*command, f"--server.port={port}", f"--server.address={HOST}"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
            | {URL_VARIABLE: str(folder / "survey.db"), FILE_VARIABLE: str(folder / "installation.key")}
            | dict(environment or {}),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(process, port, log)
            seconds = perf_counter() - start
            yield Server(url=f"http://{HOST}:{port}", log=log, pid=process.pid, seconds_to_open=seconds)
        finally:
            _end(process)


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = perf_counter() + OPEN_WITHIN_SECONDS
    while not _is_healthy(port):
        if process.poll() is not None or perf_counter() > until:
            raise RuntimeError(f"the app did not open its port:\n{log.read_text(errors='replace')[-3000:]}")
        sleep(0.02)


def _is_healthy(port: int) -> bool:
    # The port takes connections before anybody answers them: Streamlit binds it first, then warms up.
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (HTTPException, OSError):
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
