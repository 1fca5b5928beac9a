"""What the scenes show, computed before the port opens, so that nothing on stage waits; and the presenter's key."""

from core.clustering.engines import Engine
from core.limits import CLUSTERS_DEFAULT, EPSILON_CHOICES
from ui import releases, results
from ui.present import presenter_auth
from ui.present.scenes import guess, played, practice


def rehearse() -> None:
    """Say the key to the console, and keep what every scene of a new visitor needs: practice data only."""
    presenter_auth.door()
    table, engine = practice.table(), Engine.DEFAULT
    results.plain_counts(table, CLUSTERS_DEFAULT, None)
    for epsilon in EPSILON_CHOICES:
        release = results.practice_release(table, engine=engine, epsilon=epsilon, n_clusters=results.K_FLOOR, draw=0)
        name = releases.release_key(table, engine=engine, epsilon=epsilon, n_clusters=CLUSTERS_DEFAULT, draw=0)
        results.compared(table, name, CLUSTERS_DEFAULT, release)
    played.frames()
    guess.dealt(None)
