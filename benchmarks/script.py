"""The compare page's whole script, frame and all, run in this process: ``python -m benchmarks.script`` prints JSON.

A visitor's slider reruns only the page's fragment; this is what a first visit or a change of page costs at most.
"""

import gc
import json
import time
from statistics import median

from streamlit.testing.v1 import AppTest

from core.limits import CLUSTERS_MAX, CLUSTERS_MIN, EPSILON_CHOICES
from ui.server import warmup  # noqa: F401 - keeps a fit on one thread, as the server does

SEEDS = (11, 12)
WITHIN_S = 60.0


def open_page(seed: int) -> AppTest:
    """Return the compare page on people of their own."""
    app = AppTest.from_file("../ui/main.py", default_timeout=WITHIN_S)
    app.query_params["seed"] = str(seed)
    app.query_params["epsilon"] = f"{EPSILON_CHOICES[0]:g}"
    return app.run().switch_page("../pages/compare.py").run()


def time_run(app: AppTest) -> tuple[float, float]:
    """Run the script and return milliseconds of wall and processor time."""
    wall, cpu = time.perf_counter(), time.process_time()
    app.run()
    times = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
    if app.exception:
        raise RuntimeError(f"the page failed: {app.exception[0].message}")
    return times


def main() -> None:
    """Move ε and k to values never seen and print the medians."""
    moves: dict[str, list[tuple[float, float]]] = {"epsilon": [], "k": []}
    open_page(SEEDS[0] - 1)
    gc.collect()
    gc.freeze()
    for seed in SEEDS:
        app = open_page(seed)
        for epsilon in EPSILON_CHOICES[1:]:
            app.select_slider(key="epsilon").set_value(epsilon)
            moves["epsilon"].append(time_run(app))
        for k in range(CLUSTERS_MIN, CLUSTERS_MAX + 1):
            if k != app.slider(key="k").value:
                app.slider(key="k").set_value(k)
                moves["k"].append(time_run(app))
    print(
        json.dumps(
            {
                key: {"wall_ms": median(wall for wall, _ in times), "cpu_ms": median(cpu for _, cpu in times)}
                for key, times in moves.items()
            }
        )
    )


if __name__ == "__main__":
    main()
