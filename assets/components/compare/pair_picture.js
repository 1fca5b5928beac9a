// One of the two pictures of the same groups: people or released cells, the centres, and how far noise moved them.

import {
  beginCircle, clipTo, colourOf, drawAxes, drawLine, drawMark, lookOf, placeOf, prepare, radiiOf, traceShape,
} from "../drawing.js";

/** @import { Axes, Cells, Corner, PairData, PairScale, Picture, Place, Side, Size, Trace } from "../types.js" */

const MARGIN = 12;
// How near to a centre a pointer has to be, as part of the picture.
const REACH = 0.16;

// --- where things are ---------------------------------------------------------------------------------------------

/**
 * On stage everything is drawn twice as large, on a picture that is half as wide and high.
 * @type {(data: { stage: boolean }) => number}
 */
export const zoomOf = ({ stage }) => (stage ? 2 : 1);

/**
 * @param {Size} canvas
 * @param {{ axes: Axes, stage: boolean }} data
 * @returns {PairScale}
 */
export const scaleOf = ({ clientWidth, clientHeight }, { axes, stage }) => {
  const [width, height] = [clientWidth / zoomOf({ stage }), clientHeight / zoomOf({ stage })];
  // Without numbers there is room for the title alone.
  const left = axes.y.ticks.length ? 52 : MARGIN + 14;
  const bottom = axes.x.ticks.length ? 46 : MARGIN + 20;
  const [wide, high] = [width - left - MARGIN, height - bottom - MARGIN];
  return {
    left, top: MARGIN, wide, high, bottom, room: Math.min(width, height),
    x: (value) => left + wide * value,
    y: (value) => MARGIN + high * (1 - value),
  };
};

/**
 * Return the group whose centre a place of the picture is nearest to; null where none is near.
 * @type {(centers: Corner[], scale: PairScale, place: Place) => number | null}
 */
export const groupAt = (centers, scale, { x, y }) => {
  const far = centers.map(([cx, cy]) => Math.hypot(scale.x(cx) - x, scale.y(cy) - y));
  const nearest = far.indexOf(Math.min(...far));
  return far[nearest] < scale.room * REACH ? nearest : null;
};

/** @type {(count: number) => number} */
export const dotRadius = (count) => {
  if (count > 1500) return 2.1;
  return count > 400 ? 2.8 : 4.6;
};

// --- what stands in it --------------------------------------------------------------------------------------------

/** How much of a colour is laid on: by night as much as makes every group stand out three to one. */
const inkShare = (/** @type {boolean} */ isDark) => ({ dot: isDark ? 0.86 : 0.62, cell: isDark ? 0.86 : 0.34 });

/** Others step back while one group is lit. @type {(lit: number | null, group: number) => boolean} */
const isBright = (lit, group) => lit === null || lit === group;

/**
 * @param {Picture<PairScale>} picture
 * @param {Float32Array} people
 * @param {Uint8Array} labels
 * @param {{ k: number, lit: number | null }} groups
 */
const drawPeople = ({ pen, scale, style }, people, labels, { k, lit }) => {
  const radius = dotRadius(labels.length);
  const { dot } = inkShare(style.isDark);
  for (let group = 0; group < k; group += 1) {
    const path = new Path2D();
    labels.forEach((label, i) => {
      if (label === group) traceShape(path, group, placeOf(scale, people, i), radius);
    });
    Object.assign(pen, { globalAlpha: isBright(lit, group) ? dot : 0.09, fillStyle: colourOf(style, group) });
    pen.fill(path);
  }
  pen.globalAlpha = 1;
};

/** @type {(picture: Picture<PairScale>, cells: Cells, lit: number | null) => void} */
const drawCells = ({ pen, scale, style }, { places, weights, groups }, lit) => {
  const radii = radiiOf(weights, scale.room * 0.042, 1.5);
  const { cell } = inkShare(style.isDark);
  groups.forEach((group, i) => {
    const [colour, bright] = [colourOf(style, group), isBright(lit, group)];
    pen.beginPath();
    traceShape(pen, group, placeOf(scale, places, i), radii[i]);
    Object.assign(pen, { globalAlpha: bright ? cell : 0.06, fillStyle: colour });
    pen.fill();
    const edge = style.isDark ? style.ground : colour;
    Object.assign(pen, { globalAlpha: bright ? 0.8 : 0.1, strokeStyle: edge, lineWidth: 1 });
    pen.stroke();
  });
  pen.globalAlpha = 1;
};

/**
 * Draw a dashed line from where each centre would be without noise.
 * @type {(picture: Picture<PairScale>, from: Corner[], to: Corner[], lit: number | null) => void}
 */
const drawDrift = ({ pen, scale, style }, from, to, lit) => {
  from.forEach(([x, y], group) => {
    const [start, end] = [{ x: scale.x(x), y: scale.y(y) }, { x: scale.x(to[group][0]), y: scale.y(to[group][1]) }];
    if (Math.hypot(end.x - start.x, end.y - start.y) < 4) return;
    pen.globalAlpha = isBright(lit, group) ? 0.75 : 0.15;
    Object.assign(pen, { strokeStyle: style.text, fillStyle: style.ground, lineWidth: 2 });
    pen.setLineDash([4, 4]);
    drawLine(pen, start, end);
    pen.setLineDash([]);
    beginCircle(pen, start, 3.5);
    pen.fill();
    pen.stroke();
  });
  pen.globalAlpha = 1;
};

/**
 * Draw the way that each centre has just gone, fading.
 * @type {(picture: Picture<PairScale>, trace: Trace, to: Corner[]) => void}
 */
const drawTrace = ({ pen, scale, style }, { from, share }, to) => {
  from.forEach(([x, y], group) => {
    Object.assign(pen, { globalAlpha: 0.6 * share, strokeStyle: colourOf(style, group), lineWidth: 7 });
    drawLine(pen, { x: scale.x(x), y: scale.y(y) }, { x: scale.x(to[group][0]), y: scale.y(to[group][1]) });
  });
  pen.globalAlpha = 1;
};

/** @type {(picture: Picture<PairScale>, centers: Corner[], lit: number | null) => void} */
const drawCenters = (picture, centers, lit) => {
  const { pen, scale } = picture;
  centers.forEach(([x, y], group) => {
    pen.globalAlpha = isBright(lit, group) ? 1 : 0.3;
    drawMark(picture, group, { x: scale.x(x), y: scale.y(y) }, { radius: lit === group ? 16 : 13 });
  });
  pen.globalAlpha = 1;
};

/**
 * Draw one side on its canvas, the private centres where they are on their way.
 * @param {HTMLCanvasElement} canvas
 * @param {{ data: PairData, lit: number | null, shown: Corner[], trace?: Trace | null }} view
 * @param {"plain" | "private"} name
 */
export const drawSide = (canvas, { data, lit, shown, trace = null }, name) => {
  /** @type {Side | null} */
  const side = data[name];
  if (!side || !canvas.clientWidth) return;
  const scale = scaleOf(canvas, data);
  const picture = { pen: prepare(canvas, zoomOf(data)), scale, style: lookOf(canvas) };
  drawAxes(picture, data.axes, {
    ticksBelow: 16, ticksBeside: 6, titleBelow: scale.bottom - 8, titleBeside: scale.left - 13, isFramed: true,
  });
  clipTo(picture.pen, scale);
  const centers = name === "private" ? shown : side.centers;
  if (side.labels && data.people) drawPeople(picture, data.people, side.labels, { k: data.k, lit });
  if (side.cells) drawCells(picture, side.cells, lit);
  if (name === "private" && data.plain) drawDrift(picture, data.plain.centers, centers, lit);
  if (name === "private" && trace) drawTrace(picture, trace, centers);
  drawCenters(picture, centers, lit);
  picture.pen.restore();
};
