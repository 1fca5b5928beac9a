// What every picture is drawn with: colours and shapes of the groups, axes, motion, canvases of a screen's own pixels,
// and the numbers that the server packs.

/** @import { Axes, Corner, Labels, Path, Picture, Place, Scale, Style, TypedArrayType } from "./types.js" */

// Okabe and Ito's colours, told apart by colour-blind people too, with what is legible on each.
const LIGHT = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000"];
// By night their blue and black would sink into the ground.
const DARK = ["#2E8FD0", ...LIGHT.slice(1, 7), "#FFFFFF"];
const INK_ON = ["#FFFFFF", "#000000", "#FFFFFF", "#000000", "#000000", "#000000", "#000000"];
const FULL = 65_535;

// --- numbers ------------------------------------------------------------------------------------------------------

/** @type {(value: number, least: number, most: number) => number} */
export const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

/** @type {(from: number, to: number, share: number) => number} */
export const between = (from, to, share) => from + (to - from) * share;

/**
 * How much of the way from `from` to `to` has been gone at `part`: 0 before it, 1 after it.
 * @type {(part: number, from: number, to: number) => number}
 */
export const within = (part, from, to) => clamp((part - from) / (to - from), 0, 1);

/** Fast at first, slow at the end. @type {(part: number) => number} */
export const easeOut = (part) => 1 - (1 - part) ** 3;

/** Corners on their way to others. @type {(from: Corner[], to: Corner[], share: number) => Corner[]} */
export const moveAlong = (from, to, share) =>
  from.map(([x, y], i) => [between(x, to[i][0], share), between(y, to[i][1], share)]);

/**
 * Return radii whose areas are as the weights: of the heaviest `largest`, of none below `least`.
 * @type {(weights: ArrayLike<number>, largest: number, least: number) => number[]}
 */
export const radiiOf = (weights, largest, least) => {
  const most = Array.from(weights).reduce((top, weight) => Math.max(top, weight), 1e-9);
  return Array.from(weights, (weight) => Math.max(least, Math.sqrt(weight / most) * largest));
};

// --- what the server packs ----------------------------------------------------------------------------------------

/**
 * @template Numbers
 * @param {string} text In base64.
 * @param {TypedArrayType<Numbers>} Type
 * @returns {Numbers}
 */
export const unpack = (text, Type) =>
  new Type(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);

/** Coordinates from 0 to 1, sent as steps of 16 bits. @type {(text: string) => Float32Array} */
export const unpackPlaces = (text) => Float32Array.from(unpack(text, Uint16Array), (step) => step / FULL);

// --- shapes: told apart without colour ----------------------------------------------------------------------------

/**
 * Corners around the middle, as far out as `reaches` say in turn; y runs downwards.
 * @param {number[]} reaches
 * @param {{ corners: number, turn: number, lower?: number }} how
 * @returns {Corner[]}
 */
const polygon = (reaches, { corners, turn, lower = 0 }) => Array.from({ length: corners }, (_, i) => {
  const angle = turn + (i * 2 * Math.PI) / corners;
  const reach = reaches[i % reaches.length];
  return [reach * Math.cos(angle), lower + reach * Math.sin(angle)];
});

/** @type {(turn: number) => Corner[]} */
const cross = (turn) => {
  const [arm, thin] = [1.15, 0.42];
  return [0, 1, 2, 3].map((quarter) => turn + (quarter * Math.PI) / 2).flatMap((angle) => {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const quarterOf = [[-thin, -arm], [thin, -arm], [thin, -thin]];
    return quarterOf.map(([x, y]) => /** @type {Corner} */ ([x * c - y * s, x * s + y * c]));
  });
};

const UP = -Math.PI / 2;

/** The groups' shapes of radius 1, in their order; the first is a circle, which has no corners. @type {Corner[][]} */
export const OUTLINES = [
  [],
  [[0.88, 0.88], [-0.88, 0.88], [-0.88, -0.88], [0.88, -0.88]],
  polygon([1.25], { corners: 4, turn: 0 }),
  polygon([1.25], { corners: 3, turn: UP, lower: 0.15 }),
  cross(0),
  polygon([1.25], { corners: 3, turn: -UP, lower: -0.15 }),
  polygon([1.2, 0.5], { corners: 10, turn: UP }),
  polygon([1.1], { corners: 6, turn: 0 }),
  cross(Math.PI / 4),
  polygon([1.15], { corners: 5, turn: UP }),
  polygon([1.2, 0.5], { corners: 8, turn: UP }),
  polygon([1.25], { corners: 3, turn: 0 }),
];

/**
 * Go along corners on the picture.
 * @param {Path} path
 * @param {Place[]} corners
 */
export const trace = (path, corners) => corners.forEach(({ x, y }, i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));

/**
 * Add a group's shape around a place to a path.
 * @param {Path} path
 * @param {number} group
 * @param {Place} place
 * @param {number} radius
 */
export const traceShape = (path, group, { x, y }, radius) => {
  const corners = OUTLINES[group];
  if (!corners.length) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  // Thousands of dots are drawn so: nothing is made on the way.
  for (let i = 0; i < corners.length; i += 1) {
    const [across, down] = corners[i];
    if (i) path.lineTo(x + radius * across, y + radius * down);
    else path.moveTo(x + radius * across, y + radius * down);
  }
  path.closePath();
};

// --- the look of the moment ---------------------------------------------------------------------------------------

/** @type {(host: Element) => Style} */
export const lookOf = (host) => {
  const { colorScheme, fontFamily } = getComputedStyle(host);
  const isDark = colorScheme === "dark";
  return {
    isDark,
    palette: isDark ? DARK : LIGHT,
    ground: isDark ? "#202228" : "#FFFFFF",
    line: isDark ? "#33363D" : "#E5E8EB",
    text: isDark ? "#F2F4F6" : "#191F28",
    quiet: isDark ? "#B0B8C1" : "#4E5968",
    font: fontFamily,
  };
};

/** @type {(style: Style, group: number) => string} */
export const colourOf = (style, group) => style.palette[group % style.palette.length];

/**
 * What is legible on a group's colour; the eighth is black on light ground and white on dark.
 * @type {(style: Style, group: number) => string}
 */
export const inkOn = (style, group) => {
  const place = group % style.palette.length;
  if (style.isDark && place === 0) return "#000000";
  return INK_ON[place] ?? (style.isDark ? "#000000" : "#FFFFFF");
};

// --- canvases -----------------------------------------------------------------------------------------------------

/**
 * Empty a canvas and return its pen, which counts in pixels of the page, `size` times as large.
 * @param {HTMLCanvasElement} canvas
 * @param {number} [size]
 */
export const prepare = (canvas, size = 1) => {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  // Whoever sets a size, the same even, makes the browser throw its pixels away.
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = penOf(canvas);
  pen.setTransform(ratio * size, 0, 0, ratio * size, 0, 0);
  pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  return pen;
};

/** @param {HTMLCanvasElement} canvas */
export const penOf = (canvas) => {
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser draws on no canvas");
  return pen;
};

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Place} from
 * @param {Place} to
 */
export const drawLine = (pen, from, to) => {
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  pen.stroke();
};

/**
 * Begin a path that is a circle.
 * @param {CanvasRenderingContext2D} pen
 * @param {Place} place
 * @param {number} radius
 */
export const beginCircle = (pen, { x, y }, radius) => {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
};

/**
 * Write text that runs upwards around a place.
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {Place} place
 * @param {number} [room]
 */
export const writeUpwards = (pen, text, { x, y }, room) => {
  pen.save();
  pen.translate(x, y);
  pen.rotate(UP);
  pen.fillText(text, 0, 0, room);
  pen.restore();
};

/**
 * Draw a group's numbered mark: a shape that stands out from what lies beneath it.
 * @param {Pick<Picture, "pen" | "style">} picture
 * @param {number} group
 * @param {Place} place
 * @param {{ radius: number, edge?: number, font?: number, halo?: number, isNumbered?: boolean }} how
 */
export const drawMark = (
  { pen, style }, group, place, { radius, edge = 1.5, font = 12, halo = 5, isNumbered = true },
) => {
  pen.beginPath();
  traceShape(pen, group, place, radius);
  if (halo) {
    Object.assign(pen, { lineWidth: halo, strokeStyle: style.ground });
    pen.stroke();
  }
  Object.assign(pen, { lineWidth: edge, strokeStyle: style.text, fillStyle: colourOf(style, group) });
  pen.fill();
  pen.stroke();
  if (!isNumbered) return;
  Object.assign(pen, { fillStyle: inkOn(style, group), font: `700 ${font}px ${style.font}` });
  Object.assign(pen, { textAlign: "center", textBaseline: "middle" });
  pen.fillText(String(group + 1), place.x, place.y + 0.5);
  pen.textBaseline = "alphabetic";
};

/**
 * Return where place `i` of a list of coordinates is on the picture.
 * @type {(scale: Scale, places: Float32Array, i: number) => Place}
 */
export const placeOf = (scale, places, i) => ({ x: scale.x(places[2 * i]), y: scale.y(places[2 * i + 1]) });

// --- axes ---------------------------------------------------------------------------------------------------------

/**
 * Draw lines and numbers of both axes, and their titles so far below and beside the frame as `labels` says.
 * @param {Picture} picture
 * @param {Axes} axes
 * @param {Labels} labels
 */
export const drawAxes = ({ pen, scale, style }, axes, labels) => {
  const { left, top, wide, high } = scale;
  Object.assign(pen, { strokeStyle: style.line, fillStyle: style.quiet, lineWidth: 1 });
  Object.assign(pen, { font: `12px ${style.font}`, textAlign: "center" });
  for (const { x, text } of axes.x.ticks.map((tick) => ({ x: scale.x(tick.at), text: tick.text }))) {
    drawLine(pen, { x, y: top }, { x, y: top + high });
    pen.fillText(text, x, top + high + labels.ticksBelow);
  }
  pen.textAlign = "right";
  for (const { y, text } of axes.y.ticks.map((tick) => ({ y: scale.y(tick.at), text: tick.text }))) {
    drawLine(pen, { x: left, y }, { x: left + wide, y });
    pen.fillText(text, left - labels.ticksBeside, y + 4);
  }
  if (labels.isFramed) pen.strokeRect(left, top, wide, high);
  Object.assign(pen, { textAlign: "center", font: `600 12px ${style.font}` });
  pen.fillText(axes.x.label, left + wide / 2, top + high + labels.titleBelow, wide);
  writeUpwards(pen, axes.y.label, { x: left - labels.titleBeside, y: top + high / 2 }, high);
};

/**
 * Let nothing be drawn beyond the frame until `restore`.
 * @param {CanvasRenderingContext2D} pen
 * @param {Scale} scale
 */
export const clipTo = (pen, { left, top, wide, high }) => {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, wide, high);
  pen.clip();
};
