"""How smoothly the k-means player moves: ``python -m benchmarks.frames`` plays it in Chromium and prints JSON."""

import json
from itertools import pairwise
from statistics import median, quantiles

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser import chromium
from tests.browser.server import serving
from ui.settings import PLAYED_K_MAX, PLAYED_WAYS

SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1920, "height": 1080}, "phone": {"width": 390, "height": 844}}
#: Seven seconds of sixty frames.
FRAMES = 420
WITHIN_MS = 60_000
PLAY = """async (player, frames) => {
  const at = [];
  player.querySelector(".control.play").click();
  await new Promise(done => {
    const note = now => { at.push(now); if (at.length <= frames) requestAnimationFrame(note); else done(); };
    requestAnimationFrame(note);
  });
  return at;
}"""


def measure_frames_ms(browser: Browser, address: str, size: ViewportSize) -> list[float]:
    """Play in a window of this size and return the time of every frame."""
    page = browser.new_page(viewport=size)
    page.goto(address)
    player = page.locator(".player[data-frame]")
    player.wait_for(timeout=WITHIN_MS)
    # What the page still does after its first sight is not the player's.
    page.wait_for_timeout(2_000)
    at = player.evaluate(PLAY, FRAMES)
    page.close()
    return [after - before for before, after in pairwise(at)]


def main() -> None:
    """Play every way with the most groups on either screen and print the median and the 95th percentile."""
    figures = {}
    with serving() as server, sync_playwright() as playwright, chromium.launch(playwright) as browser:
        for name, size in SIZES.items():
            for way in PLAYED_WAYS:
                address = f"{server.url}/lab?section=played&played_way={way}&played_k={PLAYED_K_MAX}"
                times = measure_frames_ms(browser, address, size)
                figures[f"{name} {way}"] = {
                    "median_ms": round(median(times), 1),
                    "p95_ms": round(quantiles(times, n=20)[-1], 1),
                }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
