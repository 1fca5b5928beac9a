import assert from "node:assert/strict";
import test from "node:test";

import * as picture from "../../assets/components/lab/noise_picture.js";
import { fakeCanvas, fakePage, isNear } from "./fakes.js";

const BURSTS = [0, 1, 2, 12];
const SIZE = { clientWidth: 362, clientHeight: 254 };

test("nothing falls before the first draw, and one draw falls for itself", () => {
  assert.deepEqual(picture.fallsOf(BURSTS, 0, 0.5), []);
  assert.deepEqual(picture.fallsOf(BURSTS, 2, 0.3), [{ draw: 1, fallen: 0.5 }]);
});

test("draws of a burst set out one after another, and all have landed at its end", () => {
  const falls = picture.fallsOf(BURSTS, 3, 0.5);

  assert.deepEqual(falls.map(({ draw }) => draw), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.ok(falls.every(({ fallen }, i) => i === 0 || fallen <= falls[i - 1].fallen));
  assert.ok(picture.fallsOf(BURSTS, 3, 1).every(({ fallen }) => isNear(fallen, 1)));
  assert.ok(picture.fallsOf(BURSTS, 3, 0).every(({ fallen }) => fallen === 0));
});

test("every draw falls in one burst", () => {
  const all = BURSTS.flatMap((_, frame) => picture.fallsOf(BURSTS, frame, 1).map(({ draw }) => draw));

  assert.deepEqual(all, [...Array(12).keys()]);
  assert.deepEqual(BURSTS.map((_, frame) => picture.landedBefore(BURSTS, frame)), [0, 0, 1, 2]);
});

test("a draw piles up at the whole number nearest to it", () => {
  assert.deepEqual([-1.5, -0.51, -0.5, 0.49, 0.5, 2.4].map(picture.binOf), [-1, -1, 0, 0, 1, 2]);
});

test("piles are as high as draws landed on them", () => {
  const counts = picture.countByBin([0.2, 3.4, -0.4, 2.6, 9], [0, 1, 2, 3]);

  assert.deepEqual([...counts].sort(), [[0, 2], [3, 2]]);
});

test("a number below nothing has a minus of a figure's width", () => {
  assert.deepEqual([-12, 0, 1000].map(picture.sign), ["−12", "0", "1,000"]);
});

test("whole numbers share out the width, the middle one in the middle", () => {
  const { bin, x, y, left, wide, top, high } = picture.barsScale(SIZE, { middle: 12, top: 50 }, 7);

  assert.deepEqual([left, wide, bin], [52, 300, 20]);
  assert.deepEqual([x(12), x(5), x(19)], [202, 62, 342]);
  assert.deepEqual([y(50), y(0)], [top, top + high]);
});

test("what looks far in a cloud is as far up as across", () => {
  const { x, y, wide, high } = picture.cloudScale(SIZE, 10);

  assert.deepEqual([wide, high], [200, 200]);
  assert.deepEqual([x(0), x(5) - x(0), y(0) - y(5)], [202, 50, 50]);
});

/** @type {import("../../assets/components/types.js").BarsFigure} */
const FIGURE = {
  title: "", values: [Float32Array.of(1, 1, -2, 40)], middle: 1, expected: [1, 1, 1, 1, 1, 1, 1], top: 2, frames: [],
  x: { label: "", ticks: [] }, y: { label: "", ticks: [] },
};

test("bars below nothing are empty, what is out of reach is not drawn, and the law is dashed over all", () => {
  fakePage();
  const { canvas, calls } = fakeCanvas(362, 254);
  picture.drawFigure(canvas, FIGURE, { bursts: [4], reach: 3 }, { frame: 0, part: 1 });

  assert.equal(calls.filter(({ name }) => name === "fillRect").length, 1);
  assert.equal(calls.filter(({ name }) => name === "strokeRect").length, 1);
  const dashes = calls.filter(({ name }) => name === "setLineDash").map(({ args: [dash] }) => dash);
  assert.deepEqual(dashes, [[2, 4], [], [5, 4], []]);
});

test("a draw falls from the top to the pile that it will stand on", () => {
  fakePage();
  const { top, high } = picture.barsScale(SIZE, FIGURE, 3);
  const heights = [0.15, 0.3, 0.59].map((part) => {
    const { canvas, calls } = fakeCanvas(362, 254);
    picture.drawFigure(canvas, FIGURE, { bursts: [1], reach: 3 }, { frame: 0, part });
    return Number(calls.filter(({ name }) => name === "arc").map(({ args: [, y] }) => y));
  });

  // A quarter of its time, half of it, nearly all: by the square of each.
  assert.ok(isNear(heights[0], top + high / 16));
  assert.ok(isNear(heights[1], top + high / 4));
  assert.ok(heights[2] > top + 0.9 * high && heights[2] < top + high);
});

test("a cloud's draws leave the place that is to be hidden, and land where they are", () => {
  fakePage();
  const { title, x, y, frames } = FIGURE;
  const cloud = { title, x, y, frames, values: [Float32Array.of(5), Float32Array.of(-5)] };
  const scale = picture.cloudScale(SIZE, 10);
  const [onItsWay, landed] = [0.3, 1].map((part) => {
    const { canvas, calls } = fakeCanvas(362, 254);
    picture.drawFigure(canvas, cloud, { bursts: [1], reach: 10 }, { frame: 0, part });
    return calls.filter(({ name }) => name === "arc").map(({ args: [across, down] }) => [across, down]);
  });

  assert.deepEqual(landed, [[scale.x(5), scale.y(-5)], [scale.x(0), scale.y(0)]]);
  assert.deepEqual(onItsWay[0], [scale.x(4.375), scale.y(-4.375)]);
});
