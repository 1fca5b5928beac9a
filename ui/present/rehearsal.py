"""What the scenes show, computed before the port opens, so that nothing on stage waits; and the presenter's key."""

from ui.present import presenter_auth
from ui.present.scenes.registry import SCENES


def rehearse() -> None:
    """Say the key to the console, and compute what every scene shows to a new visitor: synthetic data only."""
    presenter_auth.server_auth()
    for scene in SCENES.values():
        if scene.rehearse is not None:
            scene.rehearse()
