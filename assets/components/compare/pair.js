// Two pictures of the same groups, plain and private, drawn on canvases that update in place, and the group cards
// below them. Pointing at a group lights it up in both pictures and in its card.

import { drawMark, easeOut, lookOf, moveAlong, penOf, unpack, unpackPlaces } from "../drawing.js";
import {
  describe, element, find, findAll, findButtons, keepViews, prefersStillness, stylesheet, watch,
} from "../elements.js";
import { drawSide, groupAt, scaleOf, zoomOf } from "./pair_picture.js";

/** @import { Component, Corner, Group, PairData, PairPayload, Row, Run, Side, SidePayload } from "../types.js" */
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

// --- cards and the trail: plain elements, filled with text only ---------------------------------------------------

/** @type {(view: View, group: number) => HTMLCanvasElement} */
const badge = ({ root }, group) => {
  const size = 26;
  const canvas = element("canvas", "badge");
  Object.assign(canvas, { width: size * 2, height: size * 2 });
  canvas.setAttribute("aria-hidden", "true");
  const pen = penOf(canvas);
  pen.scale(2, 2);
  const picture = { pen, style: lookOf(root) };
  drawMark(picture, group, { x: size / 2, y: size / 2 }, { radius: 10, edge: 1, font: 11, halo: 0 });
  return canvas;
};

/** @type {(average: number, name: string, value: { at: number, text: string }) => HTMLDivElement} */
const bar = (average, name, { at, text }) => {
  const line = element("div", "bar");
  const fill = element("span", `fill ${name}`);
  fill.style.width = `${Math.max(1, at * 100)}%`;
  const mean = element("span", "mean");
  mean.style.left = `${average * 100}%`;
  const track = element("span", "track");
  track.append(fill, mean);
  line.append(track, element("span", "figure", text));
  return line;
};

/** @type {(row: Row) => HTMLDivElement} */
const bars = ({ label, average, plain, private: own }) => {
  const block = element("div", "row");
  block.append(element("div", "label", label));
  if (plain) block.append(bar(average, "plain", plain));
  block.append(bar(average, "private", own));
  return block;
};

/** @type {(view: View, group: Group, index: number) => HTMLLIElement} */
const card = (view, group, index) => {
  const box = element("li", "card");
  box.tabIndex = 0;
  box.dataset.group = String(index);
  const [head, title] = [element("div", "head"), element("div", "title")];
  title.append(element("strong", "", group.name), element("span", "quiet", group.size));
  head.append(badge(view, index), title);
  box.append(head, ...group.rows.map(bars));
  if (group.overlap) box.append(element("div", "overlap quiet", group.overlap));
  return box;
};

/** @param {View} view */
const fillCards = (view) => {
  const { root, data: { groups, plain, words } } = view;
  const list = find(root, ".cards", HTMLElement);
  list.replaceChildren(...groups.map((group, index) => card(view, group, index)));
  list.setAttribute("aria-label", words.cards);
  find(root, ".key", HTMLElement).replaceChildren(
    ...(plain ? [element("span", "swatch plain", words.plain_key)] : []),
    element("span", "swatch private", words.private),
    element("span", "swatch average", words.average),
  );
};

/** @type {(view: View, run: Run) => HTMLButtonElement} */
const runButton = (view, run) => {
  const button = element("button", run.now ? "run now" : "run");
  button.type = "button";
  button.setAttribute("aria-pressed", String(run.now));
  const column = element("span", "column");
  column.style.height = `${Math.max(4, run.height * 26)}px`;
  button.append(column, element("span", "", run.title), element("span", "quiet", run.text));
  button.onclick = () => view.send("run", run.pick);
  return button;
};

/** @param {View} view */
const fillTrail = (view) => {
  const { trail, words } = view.data;
  const strip = find(view.root, ".trail", HTMLElement);
  strip.replaceChildren();
  if (trail.length) strip.append(element("span", "quiet", words.trail), ...trail.map((run) => runButton(view, run)));
};

// --- pointing -----------------------------------------------------------------------------------------------------

/** @type {(view: View, group: number | null) => void} */
const light = (view, group) => {
  if (view.lit === group) return;
  view.lit = group;
  for (const box of findAll(view.root, ".card")) {
    const isLit = box.dataset.group === String(group);
    box.classList.toggle("lit", isLit);
    box.classList.toggle("dim", group !== null && !isLit);
  }
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
    if (event.pointerType === "mouse") light(view, pointedAt(view, name, event));
  };
  canvas.onpointerleave = () => light(view, null);
  canvas.onclick = (event) => {
    const group = pointedAt(view, name, event);
    light(view, view.lit === group ? null : group);
  };
};

/** @param {View} view */
const listenToCards = (view) => {
  const cards = find(view.root, ".cards", HTMLElement);
  /** @param {Event} event */
  const lightCard = ({ target }) => {
    const box = target instanceof Element ? target.closest(".card") : null;
    if (box instanceof HTMLElement) light(view, Number(box.dataset.group));
  };
  cards.onpointerover = lightCard;
  cards.onpointerleave = () => light(view, null);
  cards.addEventListener("focusin", lightCard);
  cards.addEventListener("focusout", () => light(view, null));
};

/** @param {View} view */
const listen = (view) => {
  SIDES.forEach((name) => listenToPicture(view, name));
  listenToCards(view);
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
const create = ({ data, parentElement, setTriggerValue }) => {
  const root = find(parentElement, ".pair", HTMLElement);
  parentElement.adoptedStyleSheets = [sheet];
  const view = {
    root, data: read(data), send: setTriggerValue, side: "private", frame: 0,
    lit: /** @type {number | null} */ (null), shown: /** @type {Corner[]} */ ([]),
    canvases: {
      plain: find(root, "canvas.plain", HTMLCanvasElement),
      private: find(root, "canvas.private", HTMLCanvasElement),
    },
    watcher: watch(() => draw(view), () => {
      fillCards(view);
      draw(view);
    }),
  };
  listen(view);
  return view;
};

export default keepViews({
  create,
  update: (view, { data, setTriggerValue }, isNew) => {
    if (!isNew) Object.assign(view, { data: read(data), send: setTriggerValue });
    if (isNew) view.watcher.size.observe(view.root);
    if (view.lit !== null && view.lit >= view.data.k) view.lit = null;
    for (const name of SIDES) {
      const side = view.data[name];
      if (side) captionSide(view, name, side);
    }
    showSides(view);
    fillCards(view);
    fillTrail(view);
    glide(view);
  },
  end: (view) => {
    cancelAnimationFrame(view.frame);
    view.watcher.end();
  },
});
