// Draws of noise on their way to where they pile up, under what theory expects of them.

import {
  beginCircle, between, clamp, clipTo, drawAxes, drawLine, easeOut, lookOf, prepare, trace,
} from "../drawing.js";

/** @import { Axis, Picture, Place, Scale, Size, Style } from "../types.js" */
/** @import { BarsFigure, BarsScale, CloudFigure, Fall, NoiseAxis, NoiseFigure, Time } from "../types.js" */

/** @typedef {Picture<BarsScale>} BarsPicture */
/** @typedef {{ before: number, falls: Fall[] }} Falls */

// The part of a burst's time that one draw falls for; the rest is spent on setting out one after another.
const FALL = 0.6;
const [LEFT, BOTTOM, REST] = [52, 44, 10];
const LABELS = { ticksBelow: 16, ticksBeside: 6, titleBelow: 36, titleBeside: 40, isFramed: false };

/** @type {(style: Style) => string} */
const blue = ({ isDark }) => (isDark ? "#56b4e9" : "#0072b2");
/** @type {(style: Style) => string} */
const orange = ({ isDark }) => (isDark ? "#fdb022" : "#b54708");

// --- what is on its way -------------------------------------------------------------------------------------------

/** How many have been drawn before a burst begins. @type {(bursts: number[], frame: number) => number} */
export const landedBefore = (bursts, frame) => (frame ? bursts[frame - 1] : 0);

/**
 * Return each draw of the burst with how far it has fallen; those before it have landed.
 * @type {(bursts: number[], frame: number, part: number) => Fall[]}
 */
export const fallsOf = (bursts, frame, part) => {
  const first = landedBefore(bursts, frame);
  const count = bursts[frame] - first;
  return Array.from({ length: count }, (_, i) => {
    const setsOutAt = count > 1 ? (i / (count - 1)) * (1 - FALL) : 0;
    return { draw: first + i, fallen: clamp((part - setsOutAt) / FALL, 0, 1) };
  });
};

/** The whole number nearest to a value: where it piles up. @type {(value: number) => number} */
export const binOf = (value) => Math.floor(value + 0.5);

/**
 * Return how many have landed at each whole number.
 * @type {(values: ArrayLike<number>, landed: number[]) => Map<number, number>}
 */
export const countByBin = (values, landed) => {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const draw of landed) {
    const bin = binOf(values[draw]);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return counts;
};

/**
 * Write a number as the document's language does, with a minus of a figure's width.
 * @type {(value: number) => string}
 */
export const sign = (value) =>
  value.toLocaleString(globalThis.document?.documentElement.lang || "en").replace("-", "−");

// --- where things are ---------------------------------------------------------------------------------------------

/**
 * Return where values and counts are: `reach` whole numbers to either side of the middle, each a bin.
 * @type {(canvas: Size, figure: { middle: number, top: number }, reach: number) => BarsScale}
 */
export const barsScale = ({ clientWidth, clientHeight }, { middle, top }, reach) => {
  const [wide, high] = [clientWidth - LEFT - REST, clientHeight - BOTTOM - REST];
  const bin = wide / (2 * reach + 1);
  return {
    left: LEFT, top: REST, wide, high, bin,
    x: (value) => LEFT + (value - middle + reach + 0.5) * bin,
    y: (times) => REST + high * (1 - times / top),
  };
};

/** Equal scales: what looks far is far. @type {(canvas: Size, reach: number) => Scale} */
export const cloudScale = ({ clientWidth, clientHeight }, reach) => {
  const [wide, high] = [clientWidth - LEFT - REST, clientHeight - BOTTOM - REST];
  const side = Math.min(wide, high);
  const start = LEFT + (wide - side) / 2;
  /** @param {number} value */
  const along = (value) => (side * (value + reach)) / (2 * reach);
  return {
    left: start, top: REST, wide: side, high: side,
    x: (value) => start + along(value),
    y: (value) => REST + side - along(value),
  };
};

/** @type {(axis: NoiseAxis) => Axis} */
const withTexts = ({ label, ticks }) => ({ label, ticks: ticks.map((tick) => ({ at: tick, text: sign(tick) })) });

// --- bars ---------------------------------------------------------------------------------------------------------

/** @type {(picture: BarsPicture, middle: number) => void} */
const drawTrueValue = ({ pen, scale: { x, top, high }, style }, middle) => {
  Object.assign(pen, { strokeStyle: style.text, lineWidth: 1.6 });
  pen.setLineDash([2, 4]);
  drawLine(pen, { x: x(middle), y: top }, { x: x(middle), y: top + high });
  pen.setLineDash([]);
};

/** @type {(picture: BarsPicture, figure: BarsFigure, reach: number) => void} */
const drawLaw = ({ pen, scale, style }, { expected, middle }, reach) => {
  Object.assign(pen, { strokeStyle: style.text, lineWidth: 2 });
  pen.setLineDash([5, 4]);
  pen.beginPath();
  trace(pen, expected.map((times, i) => ({ x: scale.x(middle - reach + i), y: scale.y(times) })));
  pen.stroke();
  pen.setLineDash([]);
};

/** @type {(picture: BarsPicture, counts: Map<number, number>, middle: number) => void} */
const drawCounts = ({ pen, scale, style }, counts, middle) => {
  const gap = Math.min(2, scale.bin * 0.2);
  for (const [value, count] of counts) {
    const [x, y, wide] = [scale.x(value) - scale.bin / 2 + gap / 2, scale.y(count), scale.bin - gap];
    const high = scale.top + scale.high - y;
    // Fewer than nobody: an empty bar, told apart without colour.
    if (middle && value < 0) {
      Object.assign(pen, { strokeStyle: orange(style), lineWidth: 1.6 });
      pen.strokeRect(x, y, wide, high);
    } else {
      pen.fillStyle = blue(style);
      pen.fillRect(x, y, wide, high);
    }
  }
};

/** @type {(picture: Picture, place: Place, radius: number) => void} */
const drawDot = ({ pen }, place, radius) => {
  beginCircle(pen, place, radius);
  pen.fill();
};

/** @type {(picture: BarsPicture, figure: BarsFigure, reach: number, time: Falls) => void} */
const drawBars = (picture, figure, reach, { before, falls }) => {
  const { pen, scale, style } = picture;
  const { values: [values], middle } = figure;
  const landed = falls.filter(({ fallen }) => fallen === 1).map(({ draw }) => draw);
  const counts = countByBin(values, [...Array(before).keys(), ...landed]);
  /** @param {number} bin */
  const isSeen = (bin) => Math.abs(bin - middle) <= reach;
  drawCounts(picture, new Map([...counts].filter(([bin]) => isSeen(bin))), middle);
  drawTrueValue(picture, middle);
  drawLaw(picture, figure, reach);
  pen.fillStyle = orange(style);
  for (const { draw, fallen } of falls.filter((fall) => fall.fallen > 0 && fall.fallen < 1)) {
    const bin = binOf(values[draw]);
    // As things fall: slow at first.
    const y = between(scale.top, scale.y(counts.get(bin) ?? 0), fallen ** 2);
    if (isSeen(bin)) drawDot(picture, { x: scale.x(bin), y }, falls.length > 1 ? 3 : 5);
  }
};

// --- a cloud ------------------------------------------------------------------------------------------------------

/** @type {(picture: Picture, figure: CloudFigure, time: Falls) => void} */
const drawCloud = (picture, { values: [across, up] }, { before, falls }) => {
  const { pen, scale, style } = picture;
  /** @type {(draw: number, way: number) => Place} */
  const placeOf = (draw, way) => ({ x: scale.x(way * across[draw]), y: scale.y(way * up[draw]) });
  clipTo(pen, scale);
  Object.assign(pen, { fillStyle: blue(style), globalAlpha: 0.6 });
  for (let draw = 0; draw < before; draw += 1) drawDot(picture, placeOf(draw, 1), 2.4);
  for (const { draw, fallen } of falls.filter((fall) => fall.fallen > 0)) {
    // On its way out of the place that is to be hidden.
    const [way, isLanded] = [easeOut(fallen), fallen === 1];
    Object.assign(pen, { fillStyle: isLanded ? blue(style) : orange(style), globalAlpha: isLanded ? 0.6 : 1 });
    drawDot(picture, placeOf(draw, way), isLanded ? 2.4 : 3.4);
  }
  pen.restore();
  Object.assign(pen, { strokeStyle: style.text, lineWidth: 2 });
  pen.setLineDash([2, 3]);
  beginCircle(pen, { x: scale.x(0), y: scale.y(0) }, 7);
  pen.stroke();
  pen.setLineDash([]);
};

/**
 * Draw a figure at a moment.
 * @param {HTMLCanvasElement} canvas
 * @param {NoiseFigure} figure
 * @param {{ bursts: number[], reach: number }} data
 * @param {Time} time
 */
export const drawFigure = (canvas, figure, { bursts, reach }, { frame, part }) => {
  if (!canvas.clientWidth) return;
  const [pen, style] = [prepare(canvas), lookOf(canvas)];
  const axes = { x: withTexts(figure.x), y: withTexts(figure.y) };
  const time = { before: landedBefore(bursts, frame), falls: fallsOf(bursts, frame, part) };
  if ("expected" in figure) {
    const picture = { pen, style, scale: barsScale(canvas, figure, reach) };
    drawAxes(picture, axes, LABELS);
    drawBars(picture, figure, reach, time);
  } else {
    const picture = { pen, style, scale: cloudScale(canvas, reach) };
    drawAxes(picture, axes, LABELS);
    drawCloud(picture, figure, time);
  }
};
