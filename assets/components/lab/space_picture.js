// Groups in space, seen from where somebody turned them to: the cube around them, released places, and the centres.

import { clamp, colourOf, drawLine, drawMark, lookOf, prepare, traceShape, writeUpwards } from "../drawing.js";

/** @import { Axis, Picture, Place, Size } from "../types.js" */
/** @import { Point, Projection, SpaceMark, SpaceScene, SpaceSet, Turn } from "../types.js" */

const PITCH = { least: 0.05, most: Math.PI / 2 };
/** @typedef {Picture<Projection>} SpacePicture */

// --- where things are ---------------------------------------------------------------------------------------------

/** Turn further; nothing is seen from below. @type {(from: Turn, by: Turn) => Turn} */
export const turnBy = ({ yaw, pitch }, by) => ({
  yaw: yaw + by.yaw, pitch: clamp(pitch + by.pitch, PITCH.least, PITCH.most),
});

/**
 * Return where a point of the unit cube is on the picture, and how near.
 * @type {(canvas: Size, view: Turn) => Projection}
 */
export const project = ({ clientWidth: wide, clientHeight: high }, { yaw, pitch }) => {
  const size = Math.min((wide - 104) / 1.42, (high - 92) / 1.5);
  const [cos, sin, steep, flat] = [Math.cos(yaw), Math.sin(yaw), Math.sin(pitch), Math.cos(pitch)];
  return {
    wide,
    // The sides of the cube behind everything: 0 or 1 by axis.
    back: [sin < 0 ? 0 : 1, cos < 0 ? 0 : 1, 0],
    at: ([x, y, z]) => {
      const [across, away] = [(x - 0.5) * cos - (y - 0.5) * sin, (x - 0.5) * sin + (y - 0.5) * cos];
      return {
        x: wide / 2 + size * across,
        y: high / 2 - 8 - size * ((z - 0.5) * flat + away * steep),
        near: (z - 0.5) * steep - away * flat,
      };
    },
  };
};

/**
 * Return one mark for each place of a set; cells are as large as their square roots of weights say.
 * @type {(set: SpaceSet, size: number, alpha: number) => SpaceMark[]}
 */
export const marksOf = ({ places, groups, sizes }, size, alpha) => Array.from(groups, (group, i) => ({
  point: [places[3 * i], places[3 * i + 1], places[3 * i + 2]],
  group, radius: sizes ? 2 + size * sizes[i] : size, alpha,
}));

// --- the frame ----------------------------------------------------------------------------------------------------

/**
 * Return the point whose coordinates are given by axis.
 * @type {(coordinates: [axis: number, value: number][]) => Point}
 */
const pointOf = (coordinates) => {
  /** @type {Point} */
  const point = [0, 0, 0];
  for (const [axis, value] of coordinates) point[axis] = value;
  return point;
};

/** @type {(picture: SpacePicture, axes: Axis[]) => void} */
const drawGrid = ({ pen, scale: { at, back }, style }, axes) => {
  Object.assign(pen, { strokeStyle: style.line, lineWidth: 1 });
  for (const face of [0, 1, 2]) {
    for (const along of [(face + 1) % 3, (face + 2) % 3]) {
      for (const tick of [0, ...axes[along].ticks.map((each) => each.at), 1]) {
        /** @param {number} end */
        const corner = (end) => at(pointOf([[face, back[face]], [along, tick], [3 - face - along, end]]));
        drawLine(pen, corner(0), corner(1));
      }
    }
  }
};

/**
 * Write beside an edge of the cube, and never beyond the picture.
 * @type {(picture: SpacePicture, text: string, place: Place) => void}
 */
const write = ({ pen, scale: { wide } }, text, { x, y }) => {
  const half = pen.measureText(text).width / 2 + 2;
  pen.fillText(text, clamp(x, half, wide - half), y);
};

/**
 * Return the upright edge at the left of the picture, which carries the numbers.
 * @type {(projection: Projection) => [x: number, y: number]}
 */
export const uprightEdge = ({ at, back: [x, y] }) =>
  (at([1 - x, y, 0.5]).x <= at([x, 1 - y, 0.5]).x ? [1 - x, y] : [x, 1 - y]);

/**
 * Return where each axis is written: along edges in front, or at the left.
 * @type {(projection: Projection) => ((value: number) => Place)[]}
 */
const edgesOf = (projection) => {
  const { at, back } = projection;
  const [left, behind] = uprightEdge(projection);
  return [
    (value) => at([value, 1 - back[1], 0]),
    (value) => at([1 - back[0], value, 0]),
    (value) => at([left, behind, value]),
  ];
};

/** @type {(picture: SpacePicture, axes: Axis[]) => void} */
const drawAxes = (picture, axes) => {
  const { pen, scale, style } = picture;
  Object.assign(pen, { fillStyle: style.quiet, textAlign: "center", textBaseline: "middle" });
  const middle = scale.at([0.5, 0.5, 0.5]);
  edgesOf(scale).forEach((edge, i) => {
    const [half, isUpright] = [edge(0.5), i === 2];
    const { label, ticks } = axes[i];
    const [dx, dy] = isUpright ? [-1, 0] : [half.x - middle.x, half.y - middle.y];
    const far = Math.hypot(dx, dy) || 1;
    /** @type {(place: Place, by: number) => Place} */
    const beside = ({ x, y }, by) => ({ x: x + (dx / far) * by, y: y + (dy / far) * by });
    pen.font = `13px ${style.font}`;
    for (const tick of ticks) write(picture, tick.text, beside(edge(tick.at), 16));
    pen.font = `600 13px ${style.font}`;
    if (isUpright) {
      writeUpwards(pen, label, { x: Math.max(half.x - 42, 9), y: half.y });
      return;
    }
    // Long titles begin farther out, so that they leave the numbers alone.
    const { x, y } = beside(half, 42);
    write(picture, label, { x: x + (dx / far) * pen.measureText(label).width * 0.35, y });
  });
  pen.textBaseline = "alphabetic";
};

// --- what stands in it --------------------------------------------------------------------------------------------

/** @type {(picture: SpacePicture, center: { point: Point, group: number }) => void} */
const drawCenter = (picture, { point, group }) => {
  const { pen, scale: { at }, style } = picture;
  const [place, foot] = [at(point), at([point[0], point[1], 0])];
  // Its foot on the floor tells where it stands.
  Object.assign(pen, { strokeStyle: colourOf(style, group), lineWidth: 2 });
  pen.setLineDash([2, 4]);
  drawLine(pen, place, foot);
  pen.setLineDash([]);
  drawMark(picture, group, place, { radius: 13 });
};

/** @type {(picture: SpacePicture, mark: SpaceMark) => void} */
const drawPlace = ({ pen, scale: { at }, style }, { point, group, radius, alpha }) => {
  Object.assign(pen, { globalAlpha: alpha, fillStyle: colourOf(style, group) });
  pen.beginPath();
  traceShape(pen, group, at(point), radius);
  pen.fill();
  pen.globalAlpha = 1;
};

/**
 * Draw everything as seen from a side, the nearest last.
 * @param {HTMLCanvasElement} canvas
 * @param {SpaceScene} scene
 * @param {Turn} view
 */
export const drawScene = (canvas, { axes, centers, marks }, view) => {
  if (!canvas.clientWidth) return;
  const scale = project(canvas, view);
  const picture = { pen: prepare(canvas), scale, style: lookOf(canvas) };
  drawGrid(picture, axes);
  drawAxes(picture, axes);
  const all = [
    ...marks.map((mark) => ({ near: scale.at(mark.point).near, draw: () => drawPlace(picture, mark) })),
    ...centers.map((point, group) => ({
      near: scale.at(point).near, draw: () => drawCenter(picture, { point, group }),
    })),
  ];
  for (const { draw } of all.sort((a, b) => a.near - b.near)) draw();
};
