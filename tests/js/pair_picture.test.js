import assert from "node:assert/strict";
import test from "node:test";

import { dotRadius, drawSide, groupAt, scaleOf, zoomOf } from "../../assets/components/compare/pair_picture.js";
import { fakeCanvas, fakePage } from "./fakes.js";

const BARE = { label: "", ticks: [] };
const NUMBERED = { label: "won", ticks: [{ at: 0.5, text: "5" }] };
const SIZE = { clientWidth: 400, clientHeight: 300 };
/** @type {[number, number][]} */
const CENTERS = [[0.25, 0.25], [0.75, 0.75]];

test("a picture without numbers leaves room for titles alone", () => {
  const { left, top, wide, high } = scaleOf(SIZE, { axes: { x: BARE, y: BARE }, stage: false });

  assert.deepEqual([left, top, wide, high], [26, 12, 400 - 26 - 12, 300 - 32 - 12]);
});

test("numbers move the frame in, each axis for itself", () => {
  const { left, bottom } = scaleOf(SIZE, { axes: { x: BARE, y: NUMBERED }, stage: false });

  assert.deepEqual([left, bottom], [52, 32]);
});

test("the corners of the frame are 0 and 1, and up is up", () => {
  const { x, y, left, top, wide, high } = scaleOf(SIZE, { axes: { x: NUMBERED, y: NUMBERED }, stage: false });

  assert.deepEqual([x(0), x(1), y(1), y(0)], [left, left + wide, top, top + high]);
});

test("on stage everything is drawn twice as large on a picture half as wide", () => {
  const { room, wide, left } = scaleOf(SIZE, { axes: { x: BARE, y: BARE }, stage: true });

  assert.equal(zoomOf({ stage: true }), 2);
  assert.deepEqual([room, left + wide + 12], [150, 200]);
});

test("a pointer finds the nearest centre, and none from afar", () => {
  const scale = scaleOf(SIZE, { axes: { x: BARE, y: BARE }, stage: false });
  /** @type {(center: [number, number], by?: number) => number | null} */
  const at = ([x, y], by = 0) => groupAt(CENTERS, scale, { x: scale.x(x) + by, y: scale.y(y) });

  assert.deepEqual([at(CENTERS[0]), at(CENTERS[1], 5)], [0, 1]);
  // A sixth of the picture's height is 48 pixels.
  assert.deepEqual([at(CENTERS[1], 47.9), at(CENTERS[1], 48.1)], [1, null]);
});

test("dots shrink as people grow many", () => {
  assert.deepEqual([400, 401, 1500, 1501].map(dotRadius), [4.6, 2.8, 2.8, 2.1]);
});

/** A comparison of three people in two groups. */
const DATA = {
  k: 2, axes: { x: BARE, y: BARE }, stage: false, live: null, words: {},
  people: Float32Array.of(0.1, 0.1, 0.2, 0.2, 0.9, 0.9),
  plain: { centers: CENTERS, labels: Uint8Array.of(0, 0, 1), cells: null, caption: "", alternative: "" },
  private: {
    centers: CENTERS, labels: null, caption: "", alternative: "",
    cells: { places: Float32Array.of(0.3, 0.3), weights: Float32Array.of(7), groups: Uint8Array.of(1) },
  },
};

/** How people are filled in, group by group. @param {number | null} lit */
const drawPeople = (lit) => {
  fakePage();
  const { canvas, calls } = fakeCanvas(400, 300);
  drawSide(canvas, { data: DATA, lit, shown: CENTERS }, "plain");
  return calls.filter(({ name, args }) => name === "fill" && args.length === 1);
};

test("every person is drawn with their group", () => {
  assert.deepEqual(drawPeople(null).map(({ args: [path] }) => /** @type {{ moves: number }} */ (path).moves), [2, 1]);
});

test("other groups step back while one is lit, and none while none is", () => {
  assert.deepEqual(drawPeople(1).map(({ state }) => state.globalAlpha), [0.09, 0.62]);
  assert.deepEqual(drawPeople(null).map(({ state }) => state.globalAlpha), [0.62, 0.62]);
});

test("a dashed line tells how far noise moved a centre, unless it is hardly seen", () => {
  fakePage();
  /** @type {[number, number][]} */
  const shown = [[0.25, 0.25], [0.75, 0.5]];
  const { canvas, calls } = fakeCanvas(400, 300);
  drawSide(canvas, { data: DATA, lit: null, shown }, "private");

  assert.deepEqual(calls.filter(({ name }) => name === "setLineDash").map(({ args }) => args), [[[4, 4]], [[]]]);
});

test("a side that there is none of leaves its canvas alone, and so does a hidden one", () => {
  fakePage();
  const [there, hidden] = [fakeCanvas(400, 300), fakeCanvas(0, 0)];
  drawSide(there.canvas, { data: { ...DATA, plain: null }, lit: null, shown: CENTERS }, "plain");
  drawSide(hidden.canvas, { data: DATA, lit: null, shown: CENTERS }, "private");

  assert.deepEqual([...there.calls, ...hidden.calls], []);
});

/** @param {string} colour As #RRGGBB. @returns {number[]} */
const channels = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
/** @param {number[]} colour */
const luminance = (colour) => colour.map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);

test("by night every group's dots and cells stand out from the ground, three to one", () => {
  const ground = channels("#202228");
  fakePage({ isDark: true });
  for (let group = 0; group < 8; group += 1) {
    const labels = Uint8Array.of(group, group, group);
    const cells = { ...DATA.private.cells, groups: Uint8Array.of(group) };
    const centers = Array.from({ length: 8 }, () => CENTERS[0]);
    const data = {
      ...DATA, k: 8, plain: { ...DATA.plain, labels, centers }, private: { ...DATA.private, cells, centers },
    };
    for (const side of /** @type {const} */ (["plain", "private"])) {
      const { canvas, calls } = fakeCanvas(400, 300);
      drawSide(canvas, { data, lit: null, shown: centers }, side);

      const fills = calls.filter(({ name, state }) => name === "fill" && Number(state.globalAlpha) < 1);
      const { fillStyle, globalAlpha } = fills[side === "plain" ? group : 0].state;
      const share = Number(globalAlpha);
      const seen = channels(String(fillStyle)).map((part, i) => part * share + ground[i] * (1 - share));
      assert.ok((luminance(seen) + 0.05) / (luminance(ground) + 0.05) >= 3, `${side} ${group}`);
    }
  }
});
