// K-means, played: two runs side by side on one clock. A frame is one of the five steps (or a look at the people); its
// picture is drawn from what the run wrote down, so nothing is computed here but where things are on their way.

import { unpackPlaces } from "../drawing.js";
import {
  describe, element, figureRows, find, findAll, findButtons, keepViews, stylesheet, watch,
} from "../elements.js";
import { MOVES, RESTS, frameOf, longest, readSide } from "./played_motion.js";
import { drawSide } from "./played_picture.js";
import { Player } from "./player.js";

// The player needs it: so it is asked for together with the rest, not after the player.
import "./clock.js";

/** @import { Component, PlayedData, PlayedPayload, PlayedSide, Watcher } from "../types.js" */
/**
 * @typedef {{
 *   root: HTMLElement; data: PlayedData; way: string; side: number;
 *   figures: HTMLElement[]; player: Player; watcher: Watcher;
 * }} View
 */

const sheets = await Promise.all([
  stylesheet(new URL("player.css", import.meta.url)), stylesheet(new URL("played.css", import.meta.url)),
]);

/** @type {(sent: PlayedPayload) => PlayedData} */
const read = (sent) => ({
  ...sent,
  people: sent.people ? unpackPlaces(sent.people) : null,
  sides: sent.sides.map((side) => side && readSide(side)),
});

/** Sides that there are: what is public has one alone. @type {(data: PlayedData) => PlayedSide[]} */
const sidesOf = ({ sides }) => sides.filter((side) => side !== null);

/** @type {(view: View, frame: number, part: number) => void} */
const draw = ({ data, figures }, frame, part) => data.sides.forEach((side, i) => {
  if (side) drawSide(find(figures[i], "canvas", HTMLCanvasElement), data, side, { frame, part });
});

// --- what is said -------------------------------------------------------------------------------------------------

/** @type {(figure: HTMLElement, step: number) => void} */
const markStep = (figure, step) => {
  for (const line of findAll(figure, ".five li")) {
    if (Number(line.dataset.step) === step) line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
  }
};

/**
 * Write what a side says in this frame, and return it.
 * @type {(figure: HTMLElement, side: PlayedSide, frame: number) => string}
 */
const tell = (figure, side, frame) => {
  const { phase, say, step, figures } = side.frames[frameOf(side, frame)];
  figure.dataset.phase = phase;
  find(figure, ".say", HTMLElement).textContent = say;
  find(figure, ".figures", HTMLElement).replaceChildren(...figureRows(figures));
  markStep(figure, step);
  const listed = figures.map(([name, value]) => `${name} ${value}`).join(", ");
  describe(find(figure, "canvas", HTMLElement), `${side.title}. ${say} ${listed}`);
  return `${side.title}: ${say}`;
};

/** @type {(view: View, frame: number) => string} */
const show = ({ root, data, figures }, frame) => {
  const said = data.sides.flatMap((side, i) => (side ? [tell(figures[i], side, frame)] : [])).join(" ");
  find(root, ".aloud", HTMLElement).textContent = said;
  return said;
};

// --- putting it together ------------------------------------------------------------------------------------------

/** @type {(figure: HTMLElement, side: PlayedSide, steps: string[]) => void} */
const nameSide = (figure, side, steps) => {
  find(figure, "h2", HTMLElement).textContent = side.title;
  const mark = find(figure, ".mark", HTMLElement);
  mark.textContent = side.mark;
  mark.hidden = !side.mark;
  const hasLook = side.frames.some((frame) => frame.step === 0);
  const five = find(figure, ".five", HTMLElement);
  five.dataset.hasLook = String(hasLook);
  five.replaceChildren(...steps.map((word, step) => {
    const line = element("li");
    line.dataset.step = String(step);
    line.append(element("b", "", step ? String(step) : "·"), element("span", "word", word));
    return line;
  }).slice(hasLook ? 0 : 1));
};

/** @param {View} view */
const name = (view) => {
  const { root, figures, data: { words, sides, key } } = view;
  root.classList.toggle("alone", !sides[0]);
  root.setAttribute("aria-label", words.player);
  sides.forEach((side, i) => {
    if (side) nameSide(figures[i], side, words.steps);
  });
  find(root, ".key", HTMLElement).replaceChildren(...key.map(([kind, text]) => element("span", kind, text)));
  choose(view, sides[0] ? view.side : 1);
};

/** Show this side where there is room for one alone. @type {(view: View, side: number) => void} */
const choose = (view, side) => {
  view.side = side;
  view.root.dataset.side = String(side);
  for (const button of findButtons(view.root, ".switch button")) {
    const mine = Number(button.dataset.side);
    button.setAttribute("aria-pressed", String(mine === side));
    button.textContent = view.data.sides[mine]?.short ?? "";
    button.onclick = () => {
      choose(view, mine);
      view.player.redraw();
    };
  }
};

/** @param {Component<PlayedPayload>} component */
const create = ({ data, parentElement }) => {
  const root = find(parentElement, ".player", HTMLElement);
  // Nothing in it has a name before this: it is for nobody until then.
  root.hidden = false;
  parentElement.adoptedStyleSheets = sheets;
  /** @type {View} */
  const view = {
    root, data: read(data), side: 1, way: "", figures: findAll(root, "figure"),
    player: new Player(root, {
      draw: (frame, part) => draw(view, frame, part),
      show: (frame) => show(view, frame),
      moves: (frame) => longest(sidesOf(view.data), MOVES, frame),
      rests: (frame) => longest(sidesOf(view.data), RESTS, frame),
    }),
    watcher: watch(() => view.player.redraw()),
  };
  return view;
};

export default keepViews({
  create,
  update: (view, { data: sent }, isNew) => {
    if (!isNew) view.data = read(sent);
    name(view);
    const restart = view.way !== sent.way;
    view.way = sent.way;
    const count = Math.max(...sidesOf(view.data).map(({ frames }) => frames.length));
    view.player.load(count, { words: sent.words, restart });
    if (isNew) view.figures.forEach((figure) => view.watcher.size.observe(find(figure, "canvas", HTMLElement)));
  },
  end: (view) => {
    view.player.end();
    view.watcher.end();
  },
});
