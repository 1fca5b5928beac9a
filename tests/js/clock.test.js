import assert from "node:assert/strict";
import test from "node:test";

import { Clock, SPEEDS } from "../../assets/components/lab/clock.js";
import { buttonOf } from "../../assets/components/lab/player.js";

/** A clock of frames that move for 100 ms and rest for 50, with what it draws and says. */
const observe = ({ count = 4, isStill = false } = {}) => {
  /** @type {[number, number][]} */
  const drawn = [];
  /** @type {number[]} */
  const entered = [];
  const clock = new Clock({
    draw: (frame, part) => drawn.push([frame, part]), entered: (frame) => entered.push(frame),
    moves: () => 100, rests: () => 50, isStill: () => isStill, changed: () => {},
  });
  clock.load(count, { restart: true });
  return { clock, drawn, entered };
};

test("a step begins at no part of its way and ends at all of it", () => {
  const { clock, drawn } = observe();
  clock.step();
  for (const passed of [25, 50, 50]) clock.pass(passed);

  assert.deepEqual(drawn, [[0, 1], [1, 0], [1, 0.25], [1, 0.75], [1, 1]]);
  assert.equal(clock.isRunning, false);
});

test("who asked for less motion sees a step done at once", () => {
  const { clock, drawn } = observe({ isStill: true });
  clock.step();

  assert.deepEqual(drawn.at(-1), [1, 1]);
  assert.equal(clock.isRunning, false);
});

test("playing rests after each frame, goes on, and stops at the last", () => {
  const { clock, entered } = observe({ count: 3 });
  clock.play();
  for (let passed = 0; passed < 600 && clock.isRunning; passed += 10) clock.pass(10);

  assert.deepEqual(entered, [0, 1, 2]);
  assert.equal(clock.isPlaying, false);
  assert.deepEqual([clock.frame, clock.part], [2, 1]);
});

test("twice the speed takes half the time", () => {
  const times = [1, 2].map((speed) => {
    const { clock } = observe({ count: 3 });
    clock.speed = speed;
    clock.play();
    let passed = 0;
    for (; clock.isRunning; passed += 1) clock.pass(1);
    return passed;
  });

  // 50 + 100 + 50 + 100 milliseconds at speed 1, and one more to notice that it is over.
  assert.ok(Math.abs(times[0] - 301) <= 2);
  assert.ok(Math.abs(times[0] / times[1] - 2) < 0.05);
});

test("playing from the last frame begins anew", () => {
  const { clock } = observe({ count: 3 });
  clock.jump(2);
  clock.play();

  assert.deepEqual([clock.frame, clock.isPlaying], [0, true]);
});

test("no jump leaves the frames that there are", () => {
  const { clock } = observe({ count: 3 });
  const reached = [-1, 1, 7].map((frame) => {
    clock.jump(frame);
    return clock.frame;
  });

  assert.deepEqual(reached, [0, 1, 2]);
});

test("a new run keeps the place, unless it is shorter or of another kind", () => {
  const { clock } = observe({ count: 6 });
  clock.jump(4);
  const places = [[9, false], [3, false], [9, true]].map(([count, restart]) => {
    clock.load(Number(count), { restart: Boolean(restart) });
    return clock.frame;
  });

  assert.deepEqual(places, [4, 2, 0]);
});

test("a pause keeps the motion of a step and no more", () => {
  const { clock } = observe();
  clock.play();
  clock.pass(50);
  clock.pause();
  assert.equal(clock.isRunning, true);
  clock.pass(100);

  assert.deepEqual([clock.frame, clock.part, clock.isRunning], [1, 1, false]);
});

test("the speeds come round", () => {
  const { clock } = observe();
  const seen = SPEEDS.map(() => {
    clock.nextSpeed();
    return clock.speed;
  });

  assert.deepEqual(seen, [2, 4, 0.5, 1]);
});

const NO_MODIFIER = { ctrlKey: false, metaKey: false, altKey: false };
const ELSEWHERE = { isLine: false, isButton: false };

test("keys press the buttons that they are named for", () => {
  const keys = ["ArrowRight", "ArrowLeft", "Home", " ", "End", "toString"];
  const pressed = keys.map((key) => buttonOf({ key, ...NO_MODIFIER }, ELSEWHERE));

  assert.deepEqual(pressed, ["step", "back", "reset", "play", null, null]);
});

test("a line keeps its arrows, a button its space, and a browser its shortcuts", () => {
  assert.equal(buttonOf({ key: "ArrowRight", ...NO_MODIFIER }, { isLine: true, isButton: false }), null);
  assert.equal(buttonOf({ key: " ", ...NO_MODIFIER }, { isLine: false, isButton: true }), null);
  assert.equal(buttonOf({ key: "ArrowRight", ...NO_MODIFIER }, { isLine: false, isButton: true }), "step");
  assert.equal(buttonOf({ key: "ArrowLeft", ...NO_MODIFIER, altKey: true }, ELSEWHERE), null);
});
