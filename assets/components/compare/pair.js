// Two pictures of the same groups, plain and private, drawn on canvases that update in place. Pointing at a group
// lights it up in both pictures and in its card.

import { easeOut, moveAlong, unpack, unpackPlaces } from "../drawing.js";
import { describe, find, findButtons, keepViews, prefersStillness, stylesheet, watch } from "../elements.js";
import { hear, tell } from "./light.js";
import { drawSide, groupAt, scaleOf, zoomOf } from "./pair_picture.js";

/** @import { Component, Corner, PairData, PairPayload, Side, SidePayload } from "../types.js" */
/** @typedef {ReturnType<typeof create>} View */

const MOVE_MS = 60;
const SIDES = /** @type {const} */ (["plain", "private"]);
const sheet = await stylesheet(new URL("pair.css", import.meta.url));

// --- what the server sends ----------------------------------------------------------------------------------------

/** @type {(side: SidePayload) => Side} */
const readSide = ({ labels, cells, ...rest }) => ({
  ...rest,
  labels: labels ? unpack(labels, Uint8Array) : null,
  cells: cells ? {
    places: unpackPlaces(cells.places),
    weights: unpack(cells.weights, Float32Array),
    groups: unpack(cells.groups, Uint8Array),
  } : null,
});

/** @type {(sent: PairPayload) => PairData} */
const read = (sent) => ({
  ...sent,
  people: sent.people ? unpackPlaces(sent.people) : null,
  plain: sent.plain && readSide(sent.plain),
  private: readSide(sent.private),
});

// --- the pictures -------------------------------------------------------------------------------------------------

/** @param {View} view */
const draw = (view) => {
  for (const name of SIDES) drawSide(view.canvases[name], view, name);
};

/** Let the private centres move from where they are shown to where they are. @param {View} view */
const glide = (view) => {
  cancelAnimationFrame(view.frame);
  const goal = view.data.private.centers;
  const start = view.shown.length === goal.length ? view.shown : goal;
  const isStill = prefersStillness() || start === goal;
  const began = performance.now();
  /** @param {number} now */
  const step = (now) => {
    const part = isStill ? 1 : Math.min(1, (now - began) / MOVE_MS);
    view.shown = moveAlong(start, goal, easeOut(part));
    draw(view);
    if (part < 1) view.frame = requestAnimationFrame(step);
    else view.root.dispatchEvent(new CustomEvent("pair-drawn", { bubbles: true, composed: true }));
  };
  if (isStill) step(began);
  else view.frame = requestAnimationFrame(step);
};

// --- pointing -----------------------------------------------------------------------------------------------------

/** @type {(view: View, group: number | null) => void} */
const light = (view, group) => {
  if (view.lit === group) return;
  view.lit = group;
  draw(view);
};

/** @type {(view: View, name: "plain" | "private", event: MouseEvent) => number | null} */
const pointedAt = ({ canvases, data, shown }, name, event) => {
  const canvas = canvases[name];
  const box = canvas.getBoundingClientRect();
  const place = { x: (event.clientX - box.left) / zoomOf(data), y: (event.clientY - box.top) / zoomOf(data) };
  const centers = name === "plain" && data.plain ? data.plain.centers : shown;
  return groupAt(centers, scaleOf(canvas, data), place);
};

/** @type {(view: View, name: "plain" | "private") => void} */
const listenToPicture = (view, name) => {
  const canvas = view.canvases[name];
  canvas.onpointermove = (event) => {
    if (event.pointerType === "mouse") tell(pointedAt(view, name, event));
  };
  canvas.onpointerleave = () => tell(null);
  canvas.onclick = (event) => {
    const group = pointedAt(view, name, event);
    tell(view.lit === group ? null : group);
  };
};

/** @param {View} view */
const listen = (view) => {
  SIDES.forEach((name) => listenToPicture(view, name));
  for (const button of findButtons(view.root, ".switch button")) {
    button.onclick = () => {
      view.side = button.dataset.side ?? view.side;
      showSides(view);
      draw(view);
    };
  }
};

// --- putting it together ------------------------------------------------------------------------------------------

/** @param {View} view */
const showSides = ({ root, data, side }) => {
  // Until now it had no style, and would have been seen to jump.
  root.hidden = false;
  const shown = data.plain ? side : "private";
  root.dataset.side = shown;
  root.classList.toggle("alone", !data.plain);
  root.classList.toggle("stage", data.stage);
  for (const button of findButtons(root, ".switch button")) {
    button.setAttribute("aria-pressed", String(button.dataset.side === shown));
    button.textContent = data.words[button.dataset.side ?? ""];
  }
};

/** @type {(view: View, name: "plain" | "private", side: Side) => void} */
const captionSide = ({ root, canvases, data }, name, side) => {
  const figure = find(root, `figure.${name}`, HTMLElement);
  find(figure, "h2", HTMLElement).textContent = data.words[name];
  const mark = find(figure, ".mark", HTMLElement);
  mark.textContent = side.mark ?? "";
  mark.hidden = !side.mark;
  find(figure, "figcaption", HTMLElement).textContent = side.caption;
  describe(canvases[name], side.alternative);
};

/** @param {Component<PairPayload>} component */
const create = ({ data, parentElement }) => {
  const root = find(parentElement, ".pair", HTMLElement);
  parentElement.adoptedStyleSheets = [sheet];
  const view = {
    root, data: read(data), side: "private", frame: 0,
    lit: /** @type {number | null} */ (null), shown: /** @type {Corner[]} */ ([]),
    canvases: {
      plain: find(root, "canvas.plain", HTMLCanvasElement),
      private: find(root, "canvas.private", HTMLCanvasElement),
    },
    watcher: watch(() => draw(view)),
    deafen: hear((group) => light(view, group)),
  };
  listen(view);
  return view;
};

export default keepViews({
  create,
  update: (view, { data }, isNew) => {
    if (!isNew) view.data = read(data);
    if (isNew) view.watcher.size.observe(view.root);
    if (view.lit !== null && view.lit >= view.data.k) view.lit = null;
    for (const name of SIDES) {
      const side = view.data[name];
      if (side) captionSide(view, name, side);
    }
    showSides(view);
    glide(view);
  },
  end: (view) => {
    cancelAnimationFrame(view.frame);
    view.watcher.end();
    view.deafen();
  },
});
