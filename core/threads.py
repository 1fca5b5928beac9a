"""One thread for work in small steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep OpenMP and BLAS to one thread.

    A chunk or a synopsis is done before a second thread wakes up: measured, two threads took four times the processor
    time of one for a release, and on a busy machine ten times the time for another k.
    """
    with _pools().limit(limits=1):
        yield


@cache
def _pools() -> ThreadpoolController:
    return ThreadpoolController()
