"""Asynchronous work in a thread of its own: the browser tests of the same process keep a loop in the main one."""

from concurrent.futures import ThreadPoolExecutor

import anyio


def run(work, *arguments):
    """Return what the asynchronous ``work`` returns."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, work, *arguments).result()
