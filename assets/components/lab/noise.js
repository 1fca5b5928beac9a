// Noise, seen: draws drop in by bursts and pile up under what theory expects of them. The server has drawn them all,
// with a seed that everybody knows; here they are only counted and let fall.

import { unpack } from "../drawing.js";
import { describe, element, figureRows, find, keepViews, prefersStillness, stylesheet, watch } from "../elements.js";
import { drawFigure, landedBefore } from "./noise_picture.js";
import { Player } from "./player.js";

// The player needs it: so it is asked for together with the rest, not after the player.
import "./clock.js";

/** @import { Component, NoiseData, NoiseFigure, NoisePayload, Watcher } from "../types.js" */
/**
 * @typedef {{
 *   root: HTMLElement; data: NoiseData; kind: string;
 *   figures: HTMLElement[]; player: Player; watcher: Watcher;
 * }} View
 */

const sheets = await Promise.all([
  stylesheet(new URL("player.css", import.meta.url)), stylesheet(new URL("noise.css", import.meta.url)),
]);

// A single draw is watched; a burst goes by. In milliseconds at speed 1.
const MOVES = { single: 900, burst: 700 };
const RESTS = { single: 500, burst: 150 };

/** @type {(sent: NoisePayload) => NoiseData} */
const read = (sent) => ({
  ...sent,
  figures: sent.figures.map((figure) => ({
    ...figure, values: figure.values.map((text) => unpack(text, Float32Array)),
  })),
});

/** @type {(view: View, frame: number, part: number) => void} */
const draw = ({ data, figures }, frame, part) => data.figures.forEach((figure, i) => {
  drawFigure(find(figures[i], "canvas", HTMLCanvasElement), figure, data, { frame, part });
});

/** @type {(view: View, times: typeof MOVES, frame: number) => number} */
const pace = ({ data: { bursts } }, times, frame) =>
  (bursts[frame] - landedBefore(bursts, frame) > 1 ? times.burst : times.single);

// --- what is said -------------------------------------------------------------------------------------------------

/**
 * Write what a figure says in this frame, and return it.
 * @type {(place: HTMLElement, figure: NoiseFigure, frame: number) => string}
 */
const tell = (place, { title, frames }, frame) => {
  const { say, figures } = frames[frame];
  const line = find(place, ".say", HTMLElement);
  line.textContent = say;
  line.hidden = !say;
  find(place, ".figures", HTMLElement).replaceChildren(...figureRows(figures));
  const text = `${title}. ${say} ${figures.map(([name, value]) => `${name} ${value}`).join(", ")}`;
  describe(find(place, "canvas", HTMLElement), text);
  return text;
};

/** @type {(view: View, frame: number) => string} */
const show = ({ root, data, figures, player }, frame) => {
  const said = data.figures.map((figure, i) => tell(figures[i], figure, frame)).join(". ");
  // While it plays, only the end is worth hearing.
  const isHeard = !player.clock.isPlaying || frame === data.bursts.length - 1;
  if (isHeard) find(root, ".aloud", HTMLElement).textContent = said;
  return said;
};

// --- putting it together ------------------------------------------------------------------------------------------

/** @type {(title: string) => HTMLElement} */
const figureOf = (title) => {
  const figure = element("figure");
  figure.append(element("h2", "", title), element("canvas"), element("p", "say"), element("dl", "figures"));
  return figure;
};

/** @param {View} view */
const build = (view) => {
  const { root, watcher: { size }, data: { words, figures, key } } = view;
  root.setAttribute("aria-label", words.player);
  view.figures = figures.map(({ title }) => figureOf(title));
  size.disconnect();
  for (const figure of view.figures) size.observe(find(figure, "canvas", HTMLElement));
  find(root, ".sides", HTMLElement).replaceChildren(...view.figures);
  find(root, ".key", HTMLElement).replaceChildren(...key.map(([name, text]) => element("span", name, text)));
};

/** @param {Component<NoisePayload>} component */
const create = ({ data, parentElement }) => {
  const root = find(parentElement, ".player", HTMLElement);
  parentElement.adoptedStyleSheets = sheets;
  /** @type {View} */
  const view = {
    root, data: read(data), kind: "", figures: [],
    player: new Player(root, {
      draw: (frame, part) => draw(view, frame, part),
      show: (frame) => show(view, frame),
      moves: (frame) => pace(view, MOVES, frame),
      rests: (frame) => pace(view, RESTS, frame),
    }),
    watcher: watch(() => view.player.redraw()),
  };
  return view;
};

export default keepViews({
  create,
  update: (view, { data: sent }, isNew) => {
    const { clock } = view.player;
    if (!isNew) view.data = read(sent);
    build(view);
    const restart = view.kind !== sent.kind;
    view.kind = sent.kind;
    view.player.load(sent.bursts.length, { words: sent.words, restart });
    if (restart && prefersStillness()) clock.jump(clock.last);
    else if (restart) clock.play();
  },
  end: (view) => {
    view.player.end();
    view.watcher.end();
  },
});
