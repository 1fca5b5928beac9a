// Two pictures of the same groups, plain and private, drawn on canvases that update in place. Pointing at a group
// lights it up in both pictures and in its card.

import { easeOut, moveAlong, unpack, unpackPlaces } from "../drawing.js";
import { describe, find, findButtons, keepViews, prefersStillness, stylesheet, watch } from "../elements.js";
import { hear, tell } from "./light.js";
import { fetchPreview, isSame, markPage, position, sayAll, tellAgreement, watchSliders } from "./live.js";
import { drawSide, groupAt, scaleOf, zoomOf } from "./pair_picture.js";
import { lookUp, unpackPreview } from "./preview.js";

/** @import { Component, Corner, Live, PairData, PairPayload, Position, Preview } from "../types.js" */
/** @import { PreviewedSides, Side, SidePayload, Trace } from "../types.js" */
/** @typedef {ReturnType<typeof create>} View */

const MOVE_MS = 60;
// How long the way of a centre is seen after it has moved.
const TRACE_MS = 420;
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

/** Tell the page that the picture of the server's answer is drawn, or one of the preview. @param {View} view */
const tellDrawn = (view) => {
  const name = view.data === view.sent ? "pair-drawn" : "pair-previewed";
  view.root.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
};

/** Let the private centres move from where they are shown to where they are. @param {View} view */
const glide = (view) => {
  cancelAnimationFrame(view.frame);
  const goal = view.data.private.centers;
  const start = view.shown.length === goal.length ? view.shown : goal;
  const isStill = prefersStillness() || start === goal;
  const began = performance.now();
  // Under the finger everything but the way of the centres is drawn at once.
  const isAhead = view.data !== view.sent;
  let isTold = false;
  /** @param {number} now */
  const step = (now) => {
    const gone = now - began;
    const part = isStill ? 1 : Math.min(1, gone / MOVE_MS);
    view.shown = moveAlong(start, goal, easeOut(part));
    view.trace = isStill || gone >= TRACE_MS ? null : { from: start, share: 1 - gone / TRACE_MS };
    draw(view);
    if (!isTold && (part === 1 || isAhead)) {
      isTold = true;
      tellDrawn(view);
    }
    if (part < 1 || view.trace) view.frame = requestAnimationFrame(step);
  };
  if (isStill || isAhead) step(began);
  else view.frame = requestAnimationFrame(step);
};

// --- following the sliders ----------------------------------------------------------------------------------------

/** @type {(sent: PairData, sides: PreviewedSides) => PairData} */
const previewed = (sent, sides) => ({
  ...sent,
  k: sides.k,
  plain: sent.plain && sides.plain ? { ...sent.plain, ...sides.plain, cells: null } : null,
  private: { ...sent.private, ...sides.private },
});

/** Show the server's answer, and say what it says: the page may have said something else meanwhile. */
const showAnswer = (/** @type {View} */ view, /** @type {Live | null} */ live) => {
  view.data = view.sent;
  if (live) sayAll(live.steps[live.at.epsilon], live.answer);
  setState(view, "", "");
};

/** @type {(view: View, state: "" | "ahead" | "waiting", price: string) => void} */
const setState = ({ root }, state, price) => {
  markPage(state);
  root.classList.toggle("waiting", state === "waiting");
  const place = find(root, ".price", HTMLElement);
  Object.assign(place, { textContent: price, hidden: !price });
};

/** Show what the sliders ask for: an older answer of the server never hides a newer preview. @param {View} view */
const follow = (view) => {
  const { live } = view.sent;
  const at = live && position();
  if (!live || !at || isSame(at, live.at)) showAnswer(view, live);
  else preview(view, live, at);
  if (view.lit !== null && view.lit >= view.data.k) view.lit = null;
  glide(view);
};

/** @type {(view: View, live: Live, at: Position) => void} */
const preview = (view, live, at) => {
  const step = live.steps[at.epsilon];
  const sides = view.ahead && lookUp(view.ahead, { epsilon: live.values[at.epsilon], k: at.k });
  if (sides) {
    view.data = previewed(view.sent, sides);
    const isRough = Boolean(view.ahead?.head.sampled);
    sayAll(step, sides.ari === null ? null : tellAgreement(sides.ari, live, isRough));
  } else { sayAll(step, null); }
  setState(view, sides ? "ahead" : "waiting", sides ? "" : step.price);
};

/** Ask for what is sent ahead, once the first picture is there. @param {View} view */
const askAhead = (view) => {
  const address = view.sent.live?.address ?? null;
  if (address === view.address) return;
  Object.assign(view, { address, ahead: null });
  if (!address) return;
  fetchPreview(address).then((buffer) => {
    if (view.address !== address || !buffer) return;
    view.ahead = unpackPreview(buffer);
    view.root.dispatchEvent(new CustomEvent("pair-ahead", { bubbles: true, composed: true }));
    if (view.data === view.sent && !isSame(position(), view.sent.live?.at ?? null)) follow(view);
  });
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
  const sent = read(data);
  const view = {
    root, sent, data: sent, side: "private", frame: 0,
    ahead: /** @type {Preview | null} */ (null), address: /** @type {string | null} */ (null),
    trace: /** @type {Trace | null} */ (null), unwatch: /** @type {(() => void) | null} */ (null),
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
    if (!isNew) view.sent = read(data);
    if (isNew) view.watcher.size.observe(view.root);
    view.data = view.sent;
    for (const name of SIDES) {
      const side = view.data[name];
      if (side) captionSide(view, name, side);
    }
    showSides(view);
    view.unwatch?.();
    view.unwatch = view.sent.live && watchSliders(() => follow(view));
    follow(view);
    requestAnimationFrame(() => askAhead(view));
  },
  end: (view) => {
    cancelAnimationFrame(view.frame);
    view.watcher.end();
    view.deafen();
    view.unwatch?.();
    markPage("");
  },
});
