"""What the process that reads a file may take, and how it is held to it where the system can."""

import signal
import sys
from contextlib import suppress
from dataclasses import dataclass

#: Memory: so much, and three times the file. Measured: Python and Arrow themselves fill 110 MB, of which 60 MB are the
#: libraries' files, which the system does not count as data.
MEMORY_BYTES, OF_LIBRARIES, BYTES_A_BYTE = 500 << 20, 60 << 20, 3
#: Seconds of the processor: so many for the smallest files, more with each megabyte, no more than for the largest.
SECONDS_LEAST, SECONDS_A_MEGABYTE, SECONDS_MOST = 4.0, 2.0, 30.0
#: How much longer it may take by the clock, where others want the processor too.
PATIENCE = 4.0
#: Visitors' clicks go first: how far a reader steps back in the queue for the processor.
POLITENESS = 5
DESCRIPTORS_MAX = 64
#: What a child says first, once it can be given a file; its time begins then.
READY = b"\n"
#: With this status a child ends that cannot even say that it ran out of memory.
NO_MEMORY_STATUS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may take.

    Attributes:
        memory_bytes: Memory in all, and what may be handed back.
        seconds: Time of the processor.
    """

    memory_bytes: int
    seconds: float

    @classmethod
    def for_bytes(cls, n_bytes: int) -> "Limits":
        """Return the limits for a file of ``n_bytes``."""
        return cls(
            memory_bytes=MEMORY_BYTES + BYTES_A_BYTE * n_bytes,
            seconds=min(SECONDS_LEAST + SECONDS_A_MEGABYTE * n_bytes / (1 << 20), SECONDS_MOST),
        )

    @property
    def clock_seconds(self) -> float:
        """Time by the clock."""
        return self.seconds * PATIENCE

    def impose(self) -> None:
        """Hold this process to the limits, as far as its system knows them; only ever tighter.

        On Linux the kernel refuses memory beyond, which Python and Arrow report and Rust dies of. Elsewhere only time
        is bounded: macOS does not keep to limits on memory, and Windows has none that a process sets itself.
        """
        with suppress(ImportError, ValueError, OSError):
            import resource  # noqa: PLC0415 - there is none on Windows

            _lower(resource.RLIMIT_CORE, 0)
            _lower(resource.RLIMIT_FSIZE, 0)
            _lower(resource.RLIMIT_NOFILE, DESCRIPTORS_MAX)
            if sys.platform == "linux":
                _lower(resource.RLIMIT_DATA, self.memory_bytes - OF_LIBRARIES)
        if hasattr(signal, "setitimer"):
            # Signals that nobody catches, so that they end the process wherever it is. The clock is for a child whose
            # parent is gone.
            for which, clock, seconds in (
                (signal.SIGPROF, signal.ITIMER_PROF, self.seconds),
                (signal.SIGALRM, signal.ITIMER_REAL, self.clock_seconds + 1),
            ):
                signal.signal(which, signal.SIG_DFL)
                signal.setitimer(clock, seconds)


def ran_out_of_time(status: int) -> bool:
    """Return whether a process that ended with ``status`` had used up its time."""
    return hasattr(signal, "SIGPROF") and status in {-signal.SIGPROF, -signal.SIGALRM}


def _lower(which: int, limit: int) -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    hard = resource.getrlimit(which)[1]
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(which, (limit, limit))
