// Where things are on their way while k-means is played: computed from what a run wrote down, drawn elsewhere.

import { between, easeOut, moveAlong, unpack, unpackPlaces, within } from "../drawing.js";

/** @import { Corner, Moment, PlayedFrame, PlayedSide, PlayedSidePayload, WeightedPlaces } from "../types.js" */

// How long a frame moves and then rests, in milliseconds at speed 1.
/** @type {Record<string, number>} */
export const MOVES = {
  choose: 200, count: 200, start: 700, assign: 700, move: 900, noisy: 1800, repeat: 250, end: 250,
  cells: 1500, places: 900,
};
/** @type {Record<string, number>} */
export const RESTS = {
  choose: 900, count: 1100, start: 800, assign: 700, move: 700, noisy: 1300, repeat: 700, end: 700,
  cells: 1200, places: 1100,
};
const LEAST_MS = 50;
const BITS = [0, 1, 2, 3, 4, 5, 6, 7];
// The parts of a noisy move: to the exact mean, on to where the noise takes it, and a rest there.
export const TO_MEAN = 0.45;
const TO_END = 0.9;
/** @type {PlayedFrame} What a frame does not say. */
const QUIET = {
  phase: "", step: -1, say: "", figures: [],
  centers: null, turn: 0, labels: -1, noise: -1, territories: false, gone: false,
};

// --- what the server sends ----------------------------------------------------------------------------------------

/** Labels below 16, sent two to a byte. @type {(text: string) => Uint8Array} */
export const unpackHalves = (text) =>
  Uint8Array.from([...unpack(text, Uint8Array)].flatMap((both) => [both & 15, both >> 4]));

/** Yes or no, sent eight to a byte, the first in its lowest bit. @type {(text: string) => Uint8Array} */
export const unpackBits = (text) =>
  Uint8Array.from([...unpack(text, Uint8Array)].flatMap((byte) => BITS.map((bit) => (byte >> bit) & 1)));

/** @type {(packed: { places: string, weights: string }) => WeightedPlaces} */
const readPlaces = ({ places, weights }) => ({
  places: unpackPlaces(places), weights: unpack(weights, Float32Array),
});

/** @type {(sent: PlayedSidePayload) => PlayedSide} */
export const readSide = ({ frames, labels, batches, clouds, cells, places, ...rest }) => ({
  ...rest,
  frames: frames.map((frame) => ({ ...QUIET, ...frame })),
  labels: labels?.map(unpackHalves) ?? [],
  batches: batches?.map(unpackBits) ?? null,
  clouds: clouds?.map(unpackPlaces) ?? null,
  cells: cells ? { ...readPlaces(cells), of: cells.of ? unpack(cells.of, Uint16Array) : null } : null,
  places: places ? { ...readPlaces(places), labels: places.labels.map((text) => unpack(text, Uint8Array)) } : null,
});

// --- time ---------------------------------------------------------------------------------------------------------

/**
 * Return which of its frames a side is in: one that has ended rests in its last.
 * @type {(side: PlayedSide, frame: number) => number}
 */
export const frameOf = ({ frames }, frame) => Math.min(frame, frames.length - 1);

/** @type {(side: PlayedSide, frame: number, part: number) => Moment} */
export const momentOf = (side, frame, part) => {
  const at = frameOf(side, frame);
  return { now: side.frames[at], then: side.frames[Math.max(0, at - 1)], part: frame > at ? 1 : part };
};

/**
 * Return how long a frame takes on the side that takes longest.
 * @type {(sides: PlayedSide[], times: Record<string, number>, frame: number) => number}
 */
export const longest = (sides, times, frame) =>
  Math.max(LEAST_MS, ...sides.map(({ frames }) => (frame < frames.length ? times[frames[frame].phase] : 0)));

// --- places -------------------------------------------------------------------------------------------------------

/**
 * Return where the centres are: with noise they go to the exact means first.
 * @type {(side: PlayedSide, moment: Moment) => Corner[]}
 */
export const centersAt = ({ means }, { now, then, part }) => {
  if (!now.centers || now.phase === "start" || !then.centers) return now.centers ?? [];
  const exact = now.phase === "noisy" && means ? means[now.turn] : null;
  if (!exact) return moveAlong(then.centers, now.centers, easeOut(part));
  if (part < TO_MEAN) return moveAlong(then.centers, exact, easeOut(part / TO_MEAN));
  return moveAlong(exact, now.centers, noiseShare(part));
};

/** How much of its noise a centre has gone at this part of a noisy move. @type {(part: number) => number} */
export const noiseShare = (part) => easeOut(within(part, TO_MEAN, TO_END));

/**
 * How large a cloud of noise is at this part of a noisy move: it grows out of the mean.
 * @type {(part: number) => number}
 */
export const cloudSize = (part) => easeOut(within(part, TO_MEAN - 0.1, TO_MEAN + 0.2));

/**
 * Return where people are who flow into their cells.
 * @type {(people: Float32Array, cells: { places: Float32Array, of: Uint16Array }, part: number) => Float32Array}
 */
export const flowInto = (people, { places, of }, part) => {
  const share = easeOut(within(part, 0.15, 0.8));
  return people.map((from, i) => between(from, places[2 * of[i >> 1] + (i & 1)], share));
};

/**
 * Cut a corner off: what is left of a polygon where `beyond` is not above 0.
 * @type {(corners: Corner[], beyond: (corner: Corner) => number) => Corner[]}
 */
const cut = (corners, beyond) => corners.flatMap((from, i) => {
  const to = corners[(i + 1) % corners.length];
  const [here, there] = [beyond(from), beyond(to)];
  const kept = here <= 0 ? [from] : [];
  return here * there < 0 ? [...kept, ...moveAlong([from], [to], here / (here - there))] : kept;
});

/**
 * Return the part of the square that is nearer to centre `own` than to any other: its Voronoi cell.
 * @type {(centers: Corner[], own: number) => Corner[]}
 */
export const voronoiCell = (centers, own) => {
  const [ax, ay] = centers[own];
  /** @type {Corner[]} */
  const square = [[0, 0], [1, 0], [1, 1], [0, 1]];
  // Along the middle between the two centres.
  return centers.filter((_, other) => other !== own).reduce((corners, [bx, by]) =>
    cut(corners, ([x, y]) => (x - (ax + bx) / 2) * (bx - ax) + (y - (ay + by) / 2) * (by - ay)), square);
};
