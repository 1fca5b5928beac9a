"""A Streamlit server in a process of its own: started, watched from outside, always ended."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
OPEN_WITHIN_S = 120.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Server:
    """``streamlit run script`` on a free port of this machine.

    Args:
        script: The script, seen from the repository's root.
        environment: Variables added to those of this process.
    """

    def __init__(self, script: str, environment: dict[str, str] | None = None) -> None:
        self.port = _free_port()
        self.seconds_to_open = 0.0
        self._script = script
        self._environment = os.environ | (environment or {})

    @property
    def address(self) -> str:
        """Where the app is."""
        return f"http://{HOST}:{self.port}"

    def __enter__(self) -> Self:
        start = time.perf_counter()
        command = [sys.executable, "-m", "streamlit", "run", self._script, "--server.headless=true"]
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [*command, f"--server.port={self.port}", f"--server.address={HOST}"],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait_until_open(start)
        except BaseException:
            self._end()
            raise
        self.seconds_to_open = time.perf_counter() - start
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _wait_until_open(self, start: float) -> None:
        while time.perf_counter() - start < OPEN_WITHIN_S:
            if self._process.poll() is not None:
                raise RuntimeError(f"{self._script} ended with {self._process.returncode} before it answered")
            # The port takes connections long before anybody answers them: Streamlit binds it first, then warms up.
            with suppress(OSError), urlopen(f"{self.address}/_stcore/health", timeout=OPEN_WITHIN_S):  # noqa: S310
                return
            time.sleep(0.02)
        raise TimeoutError(f"{self._script} did not answer within {OPEN_WITHIN_S:g} s")

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def cpu_seconds(self) -> float:
        """Return the processor time the server has used, all threads, ended ones too."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        """Return the most memory the server ever held at once."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
