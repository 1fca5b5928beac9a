import assert from "node:assert/strict";
import test from "node:test";

import * as motion from "../../assets/components/lab/played_motion.js";
import { scaleOf } from "../../assets/components/lab/played_picture.js";
import { isNear, pack } from "./fakes.js";

/** @typedef {import("../../assets/components/types.js").Corner} Corner */

/** @type {Corner[]} */
const [BEFORE, MEAN, AFTER] = [[0, 0], [1, 0], [1, 1]];

/** A side whose second frame goes from one centre to another, with noise after the exact mean. */
const side = (phase = "noisy") => motion.readSide({
  title: "", short: "", mark: "", means: [[MEAN]], ends: [[AFTER]],
  frames: [{ phase: "start", centers: [BEFORE] }, { phase, centers: [AFTER], turn: 0 }],
});

/** @type {(phase: string, part: number) => Corner} */
const centerAt = (phase, part) => motion.centersAt(side(phase), motion.momentOf(side(phase), 1, part))[0];

test("labels come two from a byte, the lower half first", () => {
  assert.deepEqual([...motion.unpackHalves(pack(Uint8Array.of(0x21, 0xf0)))], [1, 2, 0, 15]);
});

test("marks come eight from a byte, the lowest bit first", () => {
  assert.deepEqual([...motion.unpackBits(pack(Uint8Array.of(0b1000_0101)))], [1, 0, 1, 0, 0, 0, 0, 1]);
});

test("what a frame does not say is quiet, and what a side does not have is not there", () => {
  const { frames: [, frame], labels, clouds, cells } = side();

  assert.deepEqual([frame.labels, frame.noise, frame.gone, frame.step], [-1, -1, false, -1]);
  assert.deepEqual([labels, clouds, cells], [[], null, null]);
});

const PLACES = pack(Uint16Array.of(0, 65_535));

test("places of a synopsis come with their weights and whose cell is where", () => {
  const { cells, places } = motion.readSide({
    title: "", short: "", mark: "", frames: [],
    cells: { places: PLACES, weights: pack(Float32Array.of(2.5)), of: pack(Uint16Array.of(0, 0)) },
    places: { places: PLACES, weights: pack(Float32Array.of(4)), labels: [pack(Uint8Array.of(3))] },
  });

  assert.deepEqual(cells, {
    places: Float32Array.of(0, 1), weights: Float32Array.of(2.5), of: Uint16Array.of(0, 0),
  });
  assert.deepEqual(places, {
    places: Float32Array.of(0, 1), weights: Float32Array.of(4), labels: [Uint8Array.of(3)],
  });
});

test("a side that has ended rests in its last frame while the other goes on", () => {
  const { now, then, part } = motion.momentOf(side(), 5, 0.3);

  assert.deepEqual([now.centers, then.centers, part], [[AFTER], [BEFORE], 1]);
});

test("a frame takes as long as the side that takes longest, and never nothing", () => {
  const times = { start: 700, noisy: 1800, end: 250 };

  assert.equal(motion.longest([side("end"), side("noisy")], times, 1), 1800);
  assert.equal(motion.longest([side("end")], times, 1), 250);
  assert.equal(motion.longest([side("end")], times, 2), 50);
});

test("every phase that moves also rests", () => {
  assert.deepEqual(Object.keys(motion.MOVES), Object.keys(motion.RESTS));
});

test("without noise a centre goes straight to its place", () => {
  const half = centerAt("move", 0.5);

  assert.deepEqual(centerAt("move", 0), BEFORE);
  // Seven eighths of the way at half the time.
  assert.deepEqual(half, [0.875, 0.875]);
  assert.deepEqual(centerAt("move", 1), AFTER);
});

test("with noise a centre is at the exact mean first, and at the noisy one in the end", () => {
  assert.deepEqual(centerAt("noisy", motion.TO_MEAN), MEAN);
  assert.deepEqual(centerAt("noisy", 0.9), AFTER);
  assert.deepEqual(centerAt("noisy", 1), AFTER);
  const [x, y] = centerAt("noisy", 0.2);
  assert.ok(x > 0 && x < 1 && y === 0);
});

test("centres that begin are where they begin", () => {
  assert.deepEqual(motion.centersAt(side(), motion.momentOf(side(), 0, 0.1)), [BEFORE]);
});

test("a cloud grows from nothing before the mean to all of it after", () => {
  assert.deepEqual([0, 0.35, 0.65, 1].map(motion.cloudSize), [0, 0, 1, 1]);
  assert.deepEqual([0, 0.45, 0.9, 1].map(motion.noiseShare), [0, 0, 1, 1]);
});

test("people flow from where they are into their own cells", () => {
  const people = Float32Array.of(0, 0, 1, 1);
  const cells = { places: Float32Array.of(0.5, 0.25, 0, 0.75), of: Uint16Array.of(1, 0) };

  assert.deepEqual([...motion.flowInto(people, cells, 0.1)], [0, 0, 1, 1]);
  assert.deepEqual([...motion.flowInto(people, cells, 0.8)], [0, 0.75, 0.5, 0.25]);
});

/** @param {Corner[]} corners */
const area = (corners) => Math.abs(corners.reduce((sum, [x, y], i) => {
  const [across, up] = corners[(i + 1) % corners.length];
  return sum + (x * up - across * y) / 2;
}, 0));

test("two centres halve the square in the middle between them", () => {
  assert.deepEqual(motion.voronoiCell([[0.25, 0.5], [0.75, 0.5]], 0), [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]);
});

test("a border that goes through corners leaves both cells their half", () => {
  assert.deepEqual(motion.voronoiCell([[0.25, 0.25], [0.75, 0.75]], 0), [[0, 0], [1, 0], [0, 1]]);
  assert.deepEqual(motion.voronoiCell([[0.25, 0.25], [0.75, 0.75]], 1), [[1, 0], [1, 1], [0, 1]]);
});

test("a centre alone has the whole square, and one outside of it nothing", () => {
  assert.equal(area(motion.voronoiCell([[0.3, 0.7]], 0)), 1);
  assert.equal(motion.voronoiCell([[5, 0.5], [0.5, 0.5]], 0).length, 0);
});

test("cells of any centres share the square out, and hold whom their centre is nearest to", () => {
  // A generator of our own, so that every run sees the same centres.
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let round = 0; round < 50; round += 1) {
    const centers = Array.from({ length: 2 + (round % 7) }, () => /** @type {Corner} */ ([random(), random()]));
    const cells = centers.map((_, own) => motion.voronoiCell(centers, own));

    assert.ok(isNear(cells.reduce((sum, cell) => sum + area(cell), 0), 1, 1e-9));
    for (const [own, cell] of cells.entries()) {
      for (const [x, y] of cell) {
        const far = centers.map(([cx, cy]) => Math.hypot(cx - x, cy - y));
        assert.ok(far[own] <= Math.min(...far) + 1e-9);
      }
    }
  }
});

test("both axes have the same scale, in the middle of a picture that is too wide", () => {
  const { left, wide, high, x, y } = scaleOf({ clientWidth: 642, clientHeight: 350 });

  assert.deepEqual([wide, high, left], [300, 300, 34 + 150]);
  assert.deepEqual([x(0), x(1), y(0), y(1)], [184, 484, 308, 8]);
});
