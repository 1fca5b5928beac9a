import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import * as drawing from "../../assets/components/drawing.js";
import { fakeCanvas, fakePage, isNear, pack } from "./fakes.js";

const LIGHT = {
  isDark: false, palette: ["#000001", "#000002"], font: "serif",
  ground: "white", line: "grey", text: "black", quiet: "dim",
};

/** A path that writes down where it goes. */
const record = () => {
  /** @type {[string, ...number[]][]} */
  const steps = [];
  /** @param {string} name */
  const step = (name) => (/** @type {number[]} */ ...args) => steps.push([name, ...args]);
  const path = { moveTo: step("move"), lineTo: step("line"), arc: step("arc"), closePath: step("close") };
  return { steps, path: /** @type {Path2D} */ (/** @type {unknown} */ (path)) };
};

test("a part of the way is 0 before it, 1 after it, and the half in its middle", () => {
  assert.deepEqual([0.1, 0.25, 0.5, 0.75, 0.9].map((part) => drawing.within(part, 0.25, 0.75)), [0, 0, 0.5, 1, 1]);
});

test("easing begins at 0, ends at 1, never goes back, and is fast at first", () => {
  const eased = Array.from({ length: 101 }, (_, i) => drawing.easeOut(i / 100));

  assert.equal(eased[0], 0);
  assert.equal(eased[100], 1);
  assert.equal(drawing.easeOut(0.5), 0.875);
  assert.ok(eased.every((value, i) => i === 0 || value >= eased[i - 1]));
});

test("corners on their way are where they were, half-way, and where they will be", () => {
  const halfWay = [0, 0.5, 1].map((share) => drawing.moveAlong([[0, 1]], [[1, 3]], share)[0]);

  assert.deepEqual(halfWay, [[0, 1], [0.5, 2], [1, 3]]);
});

test("areas are as the weights: four times the weight is twice the radius", () => {
  assert.deepEqual(drawing.radiiOf([4, 1, 0], 10, 2), [10, 5, 2]);
  assert.deepEqual(drawing.radiiOf([0, 0], 10, 2), [2, 2]);
});

test("numbers of every size come out as the server packed them", () => {
  for (const numbers of [Uint8Array.of(0, 255), Uint16Array.of(1, 65_535), Float32Array.of(-1.5, 0.25)]) {
    const Type = /** @type {new (buffer: ArrayBuffer) => typeof numbers} */ (numbers.constructor);
    assert.deepEqual(drawing.unpack(pack(numbers), Type), numbers);
  }
});

test("places are steps of the frame", () => {
  assert.deepEqual([...drawing.unpackPlaces(pack(Uint16Array.of(0, 13_107, 65_535)))].map((at) => at.toFixed(6)), [
    "0.000000", "0.200000", "1.000000",
  ]);
});

test("the shapes are those that the lab draws, by the same corners", async () => {
  /** @type {Record<string, [number, number][]>} */
  const listed = JSON.parse(await readFile(new URL("../shapes.json", import.meta.url), "utf8"));
  const corners = Object.values(listed);

  assert.equal(drawing.OUTLINES.length, corners.length);
  for (const [i, outline] of drawing.OUTLINES.entries()) {
    assert.deepEqual(outline.map(([x, y]) => [round(x), round(y)]), corners[i], Object.keys(listed)[i]);
  }
});

/** @param {number} value */
const round = (value) => Number(value.toFixed(4)) || 0;

test("no two groups of twelve look alike without colour", () => {
  const looks = new Set(drawing.OUTLINES.map((outline) => JSON.stringify(outline.map((corner) => corner.map(round)))));

  assert.equal(looks.size, 12);
});

test("a circle is an arc, and every other shape closes around its place", () => {
  const circle = record();
  drawing.traceShape(circle.path, 0, { x: 5, y: 6 }, 2);
  assert.deepEqual(circle.steps, [["move", 7, 6], ["arc", 5, 6, 2, 0, 2 * Math.PI]]);

  const square = record();
  drawing.traceShape(square.path, 1, { x: 10, y: 20 }, 100);
  assert.deepEqual(square.steps, [
    ["move", 98, 108], ["line", -78, 108], ["line", -78, -68], ["line", 98, -68], ["close"],
  ]);
});

test("a path goes along its corners without closing", () => {
  const { path, steps } = record();
  drawing.trace(path, [{ x: 1, y: 2 }, { x: 3, y: 4 }, { x: 5, y: 6 }]);

  assert.deepEqual(steps, [["move", 1, 2], ["line", 3, 4], ["line", 5, 6]]);
});

test("colours come again after the last", () => {
  assert.deepEqual([0, 1, 2].map((group) => drawing.colourOf(LIGHT, group)), ["#000001", "#000002", "#000001"]);
});

test("what is written on a group's colour is told apart from it", () => {
  for (const isDark of [false, true]) {
    fakePage({ isDark });
    const style = drawing.lookOf(/** @type {Element} */ ({}));
    for (let group = 0; group < 12; group += 1) {
      const [colour, ink] = [drawing.colourOf(style, group), drawing.inkOn(style, group)];
      // WCAG's contrast of large type.
      assert.ok(contrast(colour, ink) >= 3, `${ink} on ${colour}`);
    }
  }
});

/** @type {(first: string, second: string) => number} */
const contrast = (first, second) => {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

/** @param {string} colour */
const luminance = (colour) => {
  const [red, green, blue] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

test("a canvas has the screen's own pixels, and keeps them while its size stays", () => {
  fakePage({ ratio: 2 });
  const { canvas, calls } = fakeCanvas(300, 150.4);
  drawing.prepare(canvas, 2);

  assert.deepEqual([canvas.width, canvas.height], [600, 301]);
  assert.deepEqual(calls.map(({ name, args }) => [name, ...args]), [
    ["setTransform", 4, 0, 0, 4, 0, 0], ["clearRect", 0, 0, 300, 150.4],
  ]);

  Object.defineProperty(canvas, "width", { value: 600, writable: false });
  drawing.prepare(canvas, 2);
});

test("a mark carries its group's number, counted from one, in its middle", () => {
  const { canvas, calls } = fakeCanvas(10, 10);
  drawing.drawMark({ pen: drawing.penOf(canvas), style: LIGHT }, 1, { x: 5, y: 6 }, { radius: 3 });

  const written = calls.filter(({ name }) => name === "fillText");
  assert.deepEqual(written.map(({ args }) => args), [["2", 5, 6.5]]);
  // The ground around it first, then its edge.
  const strokes = calls.filter(({ name }) => name === "stroke");
  assert.deepEqual(strokes.map(({ state }) => state.strokeStyle), ["white", "black"]);
});

test("axes write every number at its tick and both titles", () => {
  const { canvas, calls } = fakeCanvas(200, 100);
  /** @type {import("../../assets/components/types.js").Scale} */
  const scale = { left: 10, top: 5, wide: 100, high: 50, x: (at) => 10 + 100 * at, y: (at) => 55 - 50 * at };
  drawing.drawAxes({ pen: drawing.penOf(canvas), scale, style: LIGHT }, {
    x: { label: "across", ticks: [{ at: 0.5, text: "5" }] }, y: { label: "up", ticks: [{ at: 1, text: "9" }] },
  }, { ticksBelow: 16, ticksBeside: 6, titleBelow: 36, titleBeside: 8, isFramed: true });

  assert.deepEqual(calls.filter(({ name }) => name === "fillText").map(({ args }) => args), [
    ["5", 60, 71], ["9", 4, 9], ["across", 60, 91, 100], ["up", 0, 0, 50],
  ]);
  assert.deepEqual(calls.find(({ name }) => name === "translate")?.args, [2, 30]);
  assert.deepEqual(calls.find(({ name }) => name === "strokeRect")?.args, [10, 5, 100, 50]);
});

test("what is near is near", () => {
  assert.ok(isNear(drawing.between(1, 3, 0.25), 1.5));
  assert.equal(drawing.clamp(5, 0, 3), 3);
  assert.equal(drawing.clamp(-5, 0, 3), 0);
});
