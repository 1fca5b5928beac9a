// The group cards, and above them the trail of runs: plain elements, filled with text only.

import { drawMark, lookOf, penOf } from "../drawing.js";
import { element, find, findAll, keepViews, stylesheet, watch } from "../elements.js";
import { hear, tell } from "./light.js";

/** @import { Component, Group, GroupsPayload, Row, Run } from "../types.js" */
/** @typedef {ReturnType<typeof create>} View */

const sheet = await stylesheet(new URL("groups.css", import.meta.url));

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
  const { root, data: { groups, has_plain: hasPlain, words } } = view;
  const list = find(root, ".cards", HTMLElement);
  list.replaceChildren(...groups.map((group, index) => card(view, group, index)));
  list.setAttribute("aria-label", words.cards);
  find(root, ".key", HTMLElement).replaceChildren(
    ...(hasPlain ? [element("span", "swatch plain", words.plain_key)] : []),
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
  for (const box of findAll(view.root, ".card")) {
    const isLit = box.dataset.group === String(group);
    box.classList.toggle("lit", isLit);
    box.classList.toggle("dim", group !== null && !isLit);
  }
};

/** @param {View} view */
const listen = (view) => {
  const cards = find(view.root, ".cards", HTMLElement);
  /** @param {Event} event */
  const lightCard = ({ target }) => {
    const box = target instanceof Element ? target.closest(".card") : null;
    if (box instanceof HTMLElement) tell(Number(box.dataset.group));
  };
  cards.onpointerover = lightCard;
  cards.onpointerleave = () => tell(null);
  cards.addEventListener("focusin", lightCard);
  cards.addEventListener("focusout", () => tell(null));
};

// --- putting it together ------------------------------------------------------------------------------------------

/** @param {Component<GroupsPayload>} component */
const create = ({ data, parentElement, setTriggerValue }) => {
  parentElement.adoptedStyleSheets = [sheet];
  const view = {
    root: find(parentElement, ".groups", HTMLElement), data, send: setTriggerValue,
    // The badges are pictures: another theme draws them anew.
    watcher: watch(() => fillCards(view)),
    deafen: hear((group) => light(view, group)),
  };
  listen(view);
  return view;
};

export default keepViews({
  create,
  update: (view, { data, setTriggerValue }) => {
    Object.assign(view, { data, send: setTriggerValue });
    view.root.hidden = false;
    fillCards(view);
    fillTrail(view);
  },
  end: (view) => {
    view.watcher.end();
    view.deafen();
  },
});
