// Groups in space: released places and centres along three columns, turned by dragging, arrow keys or buttons. A finger
// that moves up or down scrolls the page as everywhere else.

import { between, unpack, unpackPlaces } from "../drawing.js";
import {
  describe, element, find, findButtons, icon, keepViews, prefersStillness, stylesheet, watch,
} from "../elements.js";
import { drawScene, marksOf, turnBy } from "./space_picture.js";

/** @import { Component, SpacePayload, SpaceScene, SpaceSet, SpaceSetPayload, Turn } from "../types.js" */
/** @typedef {ReturnType<typeof create>} View */

const START = { yaw: -0.6, pitch: 0.4 };
const STEP = Math.PI / 12;
const TURN_MS = 180;
// How far a finger drags for a radian.
const PIXELS_PER_RADIAN = 160;
// Each way to turn: by how much, and the arrow on its button.
const TURNS = {
  left: { by: { yaw: -STEP, pitch: 0 }, key: "ArrowLeft", arrow: "M19 12H5M11 6l-6 6 6 6" },
  right: { by: { yaw: STEP, pitch: 0 }, key: "ArrowRight", arrow: "M5 12h14M13 6l6 6-6 6" },
  up: { by: { yaw: 0, pitch: STEP }, key: "ArrowUp", arrow: "M12 19V5M6 11l6-6 6 6" },
  down: { by: { yaw: 0, pitch: -STEP }, key: "ArrowDown", arrow: "M12 5v14M6 13l6 6 6-6" },
};
const CELLS = { size: 11, alpha: 0.5 };
const PEOPLE = { size: 3, alpha: 0.7 };

const sheets = await Promise.all([
  stylesheet(new URL("player.css", import.meta.url)), stylesheet(new URL("space.css", import.meta.url)),
]);

/** @type {(packed: SpaceSetPayload) => SpaceSet} */
const readSet = ({ places, groups, sizes }) => ({
  places: unpackPlaces(places), groups: unpack(groups, Uint8Array), sizes: sizes ? unpack(sizes, Float32Array) : null,
});

/** @type {(sent: SpacePayload) => SpaceScene} */
const read = ({ axes, centers, cells, people }) => ({
  axes, centers,
  marks: [
    ...marksOf(readSet(cells), CELLS.size, CELLS.alpha),
    ...(people ? marksOf(readSet(people), PEOPLE.size, PEOPLE.alpha) : []),
  ],
});

/** @param {View} view */
const draw = ({ root, canvas, scene, turn }) => {
  if (!canvas.clientWidth) return;
  drawScene(canvas, scene, turn);
  Object.assign(root.dataset, { yaw: turn.yaw.toFixed(2), pitch: turn.pitch.toFixed(2) });
};

// --- turning it ---------------------------------------------------------------------------------------------------

/** Turn within a moment, from wherever it is on its way. @type {(view: View, by: Turn) => void} */
const glide = (view, by) => {
  const [from, to, began] = [view.turn, turnBy(view.goal ?? view.turn, by), performance.now()];
  view.goal = to;
  cancelAnimationFrame(view.frame);
  /** @param {number} now */
  const move = (now) => {
    const part = prefersStillness() ? 1 : Math.min(1, Math.max(0, now - began) / TURN_MS);
    view.turn = { yaw: between(from.yaw, to.yaw, part), pitch: between(from.pitch, to.pitch, part) };
    draw(view);
    if (part < 1) view.frame = requestAnimationFrame(move);
    else view.goal = null;
  };
  view.frame = requestAnimationFrame(move);
};

/** @param {View} view */
const listenToKeys = (view) => view.root.addEventListener("keydown", (event) => {
  const way = Object.values(TURNS).find(({ key }) => key === event.key);
  if (!way) return;
  event.preventDefault();
  glide(view, way.by);
});

/** @param {View} view */
const listenToPointer = (view) => {
  const { canvas } = view;
  /** @type {PointerEvent | null} */
  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    held = event;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [right, down] = [event.clientX - held.clientX, event.clientY - held.clientY];
    held = event;
    view.turn = turnBy(view.turn, { yaw: right / PIXELS_PER_RADIAN, pitch: down / PIXELS_PER_RADIAN });
    draw(view);
  });
  const release = () => (held = null);
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
};

/** @type {(view: View, name: string, way: { by: Turn, arrow: string }) => HTMLButtonElement} */
const turnButton = (view, name, { by, arrow }) => {
  const button = element("button");
  button.type = "button";
  button.dataset.turn = name;
  button.append(icon(arrow));
  button.onclick = () => glide(view, by);
  return button;
};

// --- putting it together ------------------------------------------------------------------------------------------

/** @param {Component<SpacePayload>} component */
const create = ({ data, parentElement }) => {
  parentElement.adoptedStyleSheets = sheets;
  const root = find(parentElement, ".space", HTMLElement);
  const view = {
    root, canvas: find(root, "canvas", HTMLCanvasElement), scene: read(data), turn: START,
    goal: /** @type {Turn | null} */ (null), frame: 0, watcher: watch(() => draw(view)),
  };
  find(root, ".turns", HTMLElement).append(...Object.entries(TURNS).map(([name, way]) => turnButton(view, name, way)));
  listenToKeys(view);
  listenToPointer(view);
  return view;
};

export default keepViews({
  create,
  update: (view, { data }, isNew) => {
    const { root, canvas, watcher } = view;
    if (!isNew) view.scene = read(data);
    root.setAttribute("aria-label", data.words.player);
    describe(canvas, data.alternative);
    for (const button of findButtons(root, "[data-turn]")) {
      button.setAttribute("aria-label", data.words[button.dataset.turn ?? ""]);
    }
    if (isNew) watcher.size.observe(root);
    draw(view);
  },
  end: (view) => {
    cancelAnimationFrame(view.frame);
    view.watcher.end();
  },
});
