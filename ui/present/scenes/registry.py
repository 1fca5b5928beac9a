"""All scenes: the one place where a new one is entered."""

from ui.present.scenes import beside, guess, lobby, noise, played, products, voices
from ui.present.stage import Scene

#: By number, in the order in which they are shown.
SCENES: dict[int, Scene] = {
    scene.number: scene
    for scene in (
        lobby.SCENE,
        played.SCENE,
        noise.SCENE,
        beside.SCENE,
        guess.SCENE,
        products.SCENE,
        voices.SCENE,
    )
}
