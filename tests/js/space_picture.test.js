import assert from "node:assert/strict";
import test from "node:test";

import { drawScene, marksOf, project, turnBy, uprightEdge } from "../../assets/components/lab/space_picture.js";
import { fakeCanvas, fakePage, isNear } from "./fakes.js";

const SIZE = { clientWidth: 388, clientHeight: 392 };
const FRONT = { yaw: 0, pitch: 0.05 };
const ABOVE = { yaw: 0, pitch: Math.PI / 2 };

test("from above, x runs to the right and y up, and the highest is nearest", () => {
  const { at } = project(SIZE, ABOVE);
  const [origin, right, far, high] = [at([0, 0, 0]), at([1, 0, 0]), at([0, 1, 0]), at([0, 0, 1])];

  // The smaller of 284 / 1.42 and 300 / 1.5 pixels to one.
  assert.ok(isNear(right.x - origin.x, 200) && isNear(right.y, origin.y));
  assert.ok(isNear(origin.y - far.y, 200) && isNear(far.x, origin.x));
  assert.ok(isNear(high.x, origin.x) && isNear(high.y, origin.y) && isNear(high.near - origin.near, 1));
});

test("from the front, z runs up and what is behind is farther", () => {
  const { at } = project(SIZE, FRONT);
  const [origin, far, high] = [at([0, 0, 0]), at([0, 1, 0]), at([0, 0, 1])];

  assert.ok(isNear(origin.y - high.y, 200 * Math.cos(0.05)));
  assert.ok(far.near < origin.near);
});

test("the middle of the cube stays in the middle, whichever way it is turned", () => {
  for (const yaw of [-2, 0, 1, 3]) {
    for (const pitch of [0.05, 0.7, 1.5]) {
      const { x, y, near } = project(SIZE, { yaw, pitch }).at([0.5, 0.5, 0.5]);
      assert.deepEqual([x, y, Math.abs(near)], [194, 188, 0]);
    }
  }
});

test("every corner of the cube stays on the picture", () => {
  for (let yaw = -3; yaw <= 3; yaw += 0.25) {
    for (const pitch of [0.05, 0.4, 1, Math.PI / 2]) {
      const { at } = project(SIZE, { yaw, pitch });
      for (const corner of [0, 1, 2, 3, 4, 5, 6, 7]) {
        const { x, y } = at([corner & 1, (corner >> 1) & 1, corner >> 2]);
        assert.ok(x >= 0 && x <= SIZE.clientWidth && y >= 0 && y <= SIZE.clientHeight);
      }
    }
  }
});

test("a full turn is none", () => {
  const [once, again] = [0.3, 0.3 + 2 * Math.PI].map((yaw) => project(SIZE, { yaw, pitch: 0.4 }).at([0.2, 0.9, 0.4]));

  assert.ok(isNear(once.x, again.x) && isNear(once.y, again.y) && isNear(once.near, again.near));
});

test("the sides behind are behind, and the numbers stand at the left", () => {
  for (let yaw = -3; yaw <= 3; yaw += 0.5) {
    const projection = project(SIZE, { yaw, pitch: 0.4 });
    const { at, back: [x, y, z] } = projection;
    assert.ok(at([x, 0.5, 0.5]).near <= at([1 - x, 0.5, 0.5]).near);
    assert.ok(at([0.5, y, 0.5]).near <= at([0.5, 1 - y, 0.5]).near);
    assert.equal(z, 0);
    const [left, behind] = uprightEdge(projection);
    // One of the two edges at the sides of the cube: of the other two, one is in front and one behind.
    assert.ok(at([left, behind, 0.5]).x <= at([1 - left, 1 - behind, 0.5]).x);
    assert.equal([left, behind].filter((side, axis) => side === projection.back[axis]).length, 1);
  }
});

test("nobody looks from below, nor from beyond above", () => {
  const turns = [-9, 0.1, 9].map((pitch) => turnBy({ yaw: 1, pitch: 0.4 }, { yaw: 0.5, pitch }));

  assert.deepEqual(turns, [{ yaw: 1.5, pitch: 0.05 }, { yaw: 1.5, pitch: 0.5 }, { yaw: 1.5, pitch: Math.PI / 2 }]);
});

test("cells are as large as their sizes say, people all alike", () => {
  const set = { places: Float32Array.of(0, 0, 0, 1, 0.5, 0.25), groups: Uint8Array.of(3, 1) };

  assert.deepEqual(marksOf({ ...set, sizes: Float32Array.of(1, 0.5) }, 10, 0.5), [
    { point: [0, 0, 0], group: 3, radius: 12, alpha: 0.5 }, { point: [1, 0.5, 0.25], group: 1, radius: 7, alpha: 0.5 },
  ]);
  assert.deepEqual(marksOf({ ...set, sizes: null }, 3, 0.7).map(({ radius }) => radius), [3, 3]);
});

test("the nearest is drawn last, a centre with its number and its foot on the floor", () => {
  fakePage();
  const { canvas, calls } = fakeCanvas(388, 392);
  drawScene(canvas, {
    axes: ["x", "y", "z"].map((label) => ({ label, ticks: [{ at: 0.5, text: "half" }] })),
    centers: [[0.5, 0.1, 0.5], [0.5, 0.9, 0.5]], marks: [{ point: [0.5, 0.5, 0.5], group: 2, radius: 4, alpha: 0.25 }],
  }, FRONT);

  const written = calls.filter(({ name }) => name === "fillText").map(({ args: [text] }) => text);
  // Below the axes the centre behind comes first.
  assert.deepEqual(written, ["half", "x", "half", "y", "half", "z", "2", "1"]);
  const order = calls.filter(({ name, args: [text], state }) =>
    (name === "fill" && state.globalAlpha === 0.25) || (name === "fillText" && "12".includes(String(text))));
  assert.deepEqual(order.map(({ name, args }) => args[0] ?? name), ["2", "fill", "1"]);
  assert.equal(calls.filter(({ name, args: [dash] }) => name === "setLineDash" && String(dash) === "2,4").length, 2);
});
