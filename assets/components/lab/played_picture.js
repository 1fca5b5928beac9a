// One side of k-means, played, at one moment: people or cells, their groups, the noise, and the centres on their way.

import {
  beginCircle, between, clipTo, colourOf, drawAxes, drawLine, drawMark, easeOut, lookOf, moveAlong, placeOf,
  prepare, radiiOf, trace, traceShape, within,
} from "../drawing.js";
import {
  TO_MEAN, centersAt, cloudSize, flowInto, frameOf, momentOf, noiseShare, voronoiCell,
} from "./played_motion.js";

/** @import { Axes, Axis, Corner, Picture, Place, Scale, Size, SquareScale, Time } from "../types.js" */
/** @import { Moment, People, PlayedData, PlayedFrame, PlayedSide, Regions, WeightedPlaces } from "../types.js" */

/** @typedef {Picture<SquareScale>} SquarePicture */

// People step back while the noise is looked at.
const FAINT = 0.35;
// In the order of the shares that the server tells: half of the draws, nine of ten.
const REGIONS = [{ dash: [], fill: 0.22 }, { dash: [7, 5], fill: 0.12 }];
const LABELS = { ticksBelow: 15, ticksBeside: 4, titleBelow: 34, titleBeside: 24, isFramed: true };

/** Equal scales: what looks nearest is nearest. @type {(canvas: Size) => SquareScale} */
export const scaleOf = ({ clientWidth, clientHeight }) => {
  const [left, bottom, rest] = [34, 42, 8];
  const [wide, high] = [clientWidth - left - rest, clientHeight - bottom - rest];
  const side = Math.min(wide, high);
  const start = left + (wide - side) / 2;
  return {
    left: start, top: rest, wide: side, high: side, side,
    x: (value) => start + side * value,
    y: (value) => rest + side * (1 - value),
  };
};

/** @type {(scale: Scale, corner: Corner) => Place} */
const onPicture = (scale, [x, y]) => ({ x: scale.x(x), y: scale.y(y) });

/** Numbers at the very ends of an axis would touch the other's. @type {(axes: Axes) => Axes} */
const withoutEnds = ({ x, y }) => {
  /** @param {Axis} axis */
  const quiet = ({ label, ticks }) => ({
    label, ticks: ticks.map(({ at, text }) => ({ at, text: at > 0.02 && at < 0.98 ? text : "" })),
  });
  return { x: quiet(x), y: quiet(y) };
};

/** @type {(picture: SquarePicture, centers: Corner[], strength: number) => void} */
const drawVoronoiCells = ({ pen, scale, style }, centers, strength) => {
  centers.forEach((_, group) => {
    const corners = voronoiCell(centers, group);
    if (corners.length < 3) return;
    pen.beginPath();
    trace(pen, corners.map((corner) => onPicture(scale, corner)));
    pen.closePath();
    Object.assign(pen, { globalAlpha: 0.1 * strength, fillStyle: colourOf(style, group) });
    pen.fill();
    Object.assign(pen, { globalAlpha: 0.5 * strength, strokeStyle: style.quiet, lineWidth: 1 });
    pen.stroke();
  });
  pen.globalAlpha = 1;
};

// --- people -------------------------------------------------------------------------------------------------------

/**
 * Draw dots of one kind in one stroke: those that `chosen` says; group -1 is nobody's colour.
 * @param {SquarePicture} picture
 * @param {Float32Array} places
 * @param {(i: number) => boolean} chosen
 * @param {{ group: number, alpha: number, size?: number }} how
 */
const drawDots = ({ pen, scale, style }, places, chosen, { group, alpha, size = 1 }) => {
  if (alpha <= 0) return;
  const radius = (group < 0 ? 2.4 : 3.1) * size;
  const path = new Path2D();
  for (let i = 0; i < places.length / 2; i += 1) {
    if (chosen(i)) traceShape(path, Math.max(group, 0), placeOf(scale, places, i), radius);
  }
  Object.assign(pen, { globalAlpha: alpha, fillStyle: group < 0 ? style.quiet : colourOf(style, group) });
  pen.fill(path);
  pen.globalAlpha = 1;
};

/**
 * Draw a ring around everybody whom this step looked at.
 * @type {(picture: SquarePicture, people: Float32Array, batch: Uint8Array, alpha: number) => void}
 */
const drawRings = ({ pen, scale, style }, people, batch, alpha) => {
  Object.assign(pen, { strokeStyle: style.text, lineWidth: 1.4, globalAlpha: 0.8 * alpha });
  batch.subarray(0, people.length / 2).forEach((isLookedAt, i) => {
    if (!isLookedAt) return;
    beginCircle(pen, placeOf(scale, people, i), 7);
    pen.stroke();
  });
  pen.globalAlpha = 1;
};

/**
 * Draw people in the colours of a frame's groups, or of its batch alone.
 * @param {SquarePicture} picture
 * @param {People} data
 * @param {PlayedSide} side
 * @param {PlayedFrame} frame
 * @param {number} strength
 */
const drawGroups = (picture, { people, k }, side, frame, strength) => {
  const alpha = strength * (frame.noise >= 0 && side.clouds ? FAINT : 1);
  const labels = frame.labels < 0 ? null : side.labels[frame.labels];
  if (!labels) {
    drawDots(picture, people, () => true, { group: -1, alpha: 0.55 * alpha });
    return;
  }
  const batch = side.batches?.[frame.labels];
  if (batch) drawDots(picture, people, (i) => !batch[i], { group: -1, alpha: 0.22 * alpha });
  const how = { alpha: 0.78 * alpha, size: batch ? 1.4 : 1 };
  for (let group = 0; group < k; group += 1) {
    drawDots(picture, people, (i) => labels[i] === group && (!batch || batch[i] === 1), { group, ...how });
  }
  if (batch) drawRings(picture, people, batch, alpha);
};

/** @type {(picture: SquarePicture, data: People, side: PlayedSide, moment: Moment) => void} */
const drawPeople = (picture, data, side, { now, then, part }) => {
  if (part >= 1 || (now.labels === then.labels && now.noise === then.noise)) {
    drawGroups(picture, data, side, now, 1);
    return;
  }
  drawGroups(picture, data, side, then, 1 - part);
  drawGroups(picture, data, side, now, part);
};

// --- a synopsis ---------------------------------------------------------------------------------------------------

/**
 * Draw weighted places, as large as their noisy numbers.
 * @type {(picture: SquarePicture, set: WeightedPlaces, labels: Uint8Array | null, alpha: number) => void}
 */
const drawPlaces = ({ pen, scale, style }, { places, weights }, labels, alpha) => {
  if (alpha <= 0) return;
  const radii = radiiOf(weights, scale.side * 0.034, 2);
  radii.forEach((radius, i) => {
    const group = labels ? labels[i] : -1;
    const colour = group < 0 ? style.quiet : colourOf(style, group);
    pen.beginPath();
    traceShape(pen, Math.max(group, 0), placeOf(scale, places, i), radius);
    Object.assign(pen, { globalAlpha: 0.42 * alpha, fillStyle: colour });
    pen.fill();
    Object.assign(pen, { globalAlpha: 0.9 * alpha, strokeStyle: colour, lineWidth: 1.2 });
    pen.stroke();
  });
  pen.globalAlpha = 1;
};

/**
 * People flow into their cells and are gone; from then on there are only places with noisy numbers.
 * @type {(picture: SquarePicture, people: Float32Array | null, side: PlayedSide, moment: Moment) => void}
 */
const drawSynopsis = (picture, people, { cells, places }, { now, part }) => {
  if (now.phase === "cells" && cells) {
    if (people && cells.of) {
      const flown = flowInto(people, { places: cells.places, of: cells.of }, part);
      drawDots(picture, flown, () => true, { group: -1, alpha: 0.6 * (1 - within(part, 0.75, 1)) });
    }
    drawPlaces(picture, cells, null, within(part, people ? 0.6 : 0, 1));
    return;
  }
  if (now.phase === "places" && cells) drawPlaces(picture, cells, null, 1 - part);
  if (now.gone && places) {
    drawPlaces(picture, places, now.labels < 0 ? null : places.labels[now.labels], now.phase === "places" ? part : 1);
  }
};

// --- noise --------------------------------------------------------------------------------------------------------

/**
 * Draw where the noise of this move sends the centre nine times of ten, and within it every other time.
 * @type {(picture: SquarePicture, regions: Regions, means: Corner[], size: number) => void}
 */
const drawRegions = ({ pen, scale, style }, regions, means, size) => {
  regions.middles.forEach(([mx, my], group) => {
    const { x, y } = onPicture(scale, [between(means[group][0], mx, size), between(means[group][1], my, size)]);
    REGIONS.forEach(({ dash, fill }, i) => {
      const [long, short] = regions.halfAxes[group][i].map((half) => half * size * scale.side);
      pen.beginPath();
      // Up is down on a canvas.
      pen.ellipse(x, y, long, short, -regions.angles[group], 0, 2 * Math.PI);
      Object.assign(pen, { globalAlpha: fill * size, fillStyle: colourOf(style, group) });
      pen.fill();
      Object.assign(pen, { globalAlpha: 0.85 * size, strokeStyle: style.text, lineWidth: 1.6 });
      pen.setLineDash(dash);
      pen.stroke();
    });
  });
  pen.setLineDash([]);
  pen.globalAlpha = 1;
};

/**
 * Draw other draws of the noise around one group's mean; `cloud` holds them by turns of all groups.
 * @type {(picture: SquarePicture, cloud: Float32Array, means: Corner[], group: number, size: number) => void}
 */
const drawCloud = ({ pen, scale, style }, cloud, means, group, size) => {
  Object.assign(pen, { fillStyle: colourOf(style, group), strokeStyle: style.text, lineWidth: 0.4 });
  pen.globalAlpha = 0.75 * size;
  for (let i = group; i < cloud.length / 2; i += means.length) {
    const [end] = moveAlong([means[group]], [[cloud[2 * i], cloud[2 * i + 1]]], size);
    beginCircle(pen, onPicture(scale, end), 2);
    pen.fill();
    pen.stroke();
  }
};

/** @type {(picture: SquarePicture, from: Corner, to: Corner) => void} */
const drawArrow = ({ pen, scale, style }, from, to) => {
  const [start, end] = [onPicture(scale, from), onPicture(scale, to)];
  Object.assign(pen, { globalAlpha: 1, lineWidth: 5, strokeStyle: style.ground });
  drawLine(pen, start, end);
  Object.assign(pen, { lineWidth: 2.4, strokeStyle: style.text, fillStyle: style.ground });
  drawLine(pen, start, end);
  beginCircle(pen, start, 5);
  pen.fill();
  pen.stroke();
};

/** @type {(picture: SquarePicture, side: PlayedSide, moment: Moment) => void} */
const drawNoise = (picture, { clouds, means, ends, regions }, { now, part }) => {
  if (now.noise < 0 || !clouds || !means || !ends || !regions) return;
  const [exact, noisy, arrived] = [means[now.noise], ends[now.noise], now.phase === "noisy" ? part : 1];
  const size = cloudSize(arrived);
  drawRegions(picture, regions[now.noise], exact, size);
  exact.forEach((mean, group) => {
    drawCloud(picture, clouds[now.noise], exact, group, size);
    if (arrived < TO_MEAN) return;
    const [end] = moveAlong([mean], [noisy[group]], noiseShare(arrived));
    drawArrow(picture, mean, end);
  });
  picture.pen.globalAlpha = 1;
};

// --- centres ------------------------------------------------------------------------------------------------------

/**
 * Draw where the centres have been.
 * @type {(picture: SquarePicture, before: PlayedFrame[], centers: Corner[]) => void}
 */
const drawTrail = ({ pen, scale, style }, before, centers) => {
  const been = before.flatMap((frame) => (frame.centers ? [frame.centers] : []));
  if (!been.length) return;
  Object.assign(pen, { lineWidth: 1.6, strokeStyle: style.text, globalAlpha: 0.55 });
  pen.setLineDash([3, 4]);
  been[0].forEach((_, group) => {
    pen.beginPath();
    trace(pen, [...been, centers].map((at) => onPicture(scale, at[group])));
    pen.stroke();
  });
  pen.setLineDash([]);
  pen.globalAlpha = 1;
};

/** @type {(picture: SquarePicture, centers: Corner[], size: number) => void} */
const drawCenters = (picture, centers, size) => {
  centers.forEach((center, group) => drawMark(picture, group, onPicture(picture.scale, center), {
    radius: 12 * size, edge: 1.6, font: 11.5, isNumbered: size >= 0.8,
  }));
};

/**
 * Draw one side at a moment.
 * @param {HTMLCanvasElement} canvas
 * @param {PlayedData} data
 * @param {PlayedSide} side
 * @param {Time} time
 */
export const drawSide = (canvas, { axes, people, k }, side, { frame, part }) => {
  if (!canvas.clientWidth) return;
  const picture = { pen: prepare(canvas), scale: scaleOf(canvas), style: lookOf(canvas) };
  const moment = momentOf(side, frame, part);
  const centers = centersAt(side, moment);
  const { now, then } = moment;
  drawAxes(picture, withoutEnds(axes), LABELS);
  clipTo(picture.pen, picture.scale);
  if (now.territories) drawVoronoiCells(picture, centers, then.territories ? 1 : moment.part);
  if (people && now.phase !== "cells" && !now.gone) drawPeople(picture, { people, k }, side, moment);
  drawSynopsis(picture, people, side, moment);
  drawTrail(picture, side.frames.slice(0, frameOf(side, frame)), centers);
  drawNoise(picture, side, moment);
  drawCenters(picture, centers, now.phase === "start" ? easeOut(moment.part) : 1);
  picture.pen.restore();
};
