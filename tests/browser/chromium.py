"""The Chromium that the system brings along: no browser is downloaded."""

import os
import shutil

import pytest
from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def path() -> str | None:
    """Return where the browser is, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Open the browser without a window."""
    return playwright.chromium.launch(executable_path=path(), args=ARGUMENTS)


def require() -> None:
    """Skip where there is no browser; under CI there has to be one."""
    if path() is None:
        missing = f"none of {', '.join(NAMES)} is installed"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
