import assert from "node:assert/strict";
import test from "node:test";

import { enterStage, moveOf, openStage } from "../../assets/components/present/keys.js";

const HELD = { repeat: false, ctrlKey: false, metaKey: false, altKey: false };
const PLAIN = { ...HELD, defaultPrevented: false };
const MOVES = {
  ArrowRight: ["scene", 1], PageDown: ["scene", 1], ArrowLeft: ["scene", -1], PageUp: ["scene", -1],
  ArrowDown: ["step", 1], " ": ["step", 1], ArrowUp: ["step", -1],
};

/** What has the focus: an element that this part of a selector finds. @param {string} part */
const focusOn = (part) => ({
  closest: (/** @type {string} */ selector) => selector.split(", ").includes(part) || null,
});

test("arrows, clickers and space go where they go", () => {
  for (const [key, move] of Object.entries(MOVES)) assert.deepEqual(moveOf({ ...PLAIN, key }, null), move);
  for (const key of ["a", "Enter", "Tab", "toString"]) assert.equal(moveOf({ ...PLAIN, key }, null), null);
});

test("keys held down, with a modifier, or taken by somebody else go nowhere", () => {
  for (const taken of ["defaultPrevented", "repeat", "ctrlKey", "metaKey", "altKey"]) {
    assert.equal(moveOf({ ...PLAIN, key: "PageDown", [taken]: true }, null), null);
  }
});

test("who types keeps every key", () => {
  for (const key of Object.keys(MOVES)) assert.equal(moveOf({ ...PLAIN, key }, focusOn("textarea")), null);
});

test("a slider keeps its arrows, and a clicker works from it all the same", () => {
  const slider = focusOn("[role=slider]");

  assert.equal(moveOf({ ...PLAIN, key: "ArrowRight" }, slider), null);
  assert.deepEqual(moveOf({ ...PLAIN, key: "PageDown" }, slider), ["scene", 1]);
});

test("a button keeps its space, and its arrows go on", () => {
  assert.equal(moveOf({ ...PLAIN, key: " " }, focusOn("button")), null);
  assert.deepEqual(moveOf({ ...PLAIN, key: "ArrowRight" }, focusOn("button")), ["scene", 1]);
});

/** A page whose keys can be pressed. */
const openPage = () => {
  Object.assign(globalThis, { Element: class {} });
  const page = new EventTarget();
  const press = (/** @type {string} */ key) => {
    const event = Object.assign(new Event("keydown", { cancelable: true }), { ...HELD, key });
    page.dispatchEvent(event);
    return event;
  };
  return { page, press, stage: openStage(page) };
};

test("an open stage hears of keys, and the page does not scroll by them", () => {
  const { press, stage } = openPage();
  /** @type {unknown[]} */
  const told = [];
  enterStage(stage, (...move) => told.push(move), 0);

  assert.equal(press("PageDown").defaultPrevented, true);
  assert.equal(press("a").defaultPrevented, false);
  assert.deepEqual(told, [["scene", 1]]);
});

test("a key that is pressed while the stage opens is told once it is open, once", () => {
  const { press, stage } = openPage();
  /** @type {unknown[]} */
  const told = [];
  const { timeStamp } = press("ArrowRight");
  enterStage(stage, (...move) => told.push(move), timeStamp + 2900);
  enterStage(stage, (...move) => told.push(move), timeStamp + 2950);

  assert.deepEqual(told, [["scene", 1]]);
});

test("a key of long ago, or from before a click, is told to nobody", () => {
  /** @type {unknown[]} */
  const told = [];
  const late = openPage();
  const { timeStamp } = late.press("ArrowRight");
  enterStage(late.stage, (...move) => told.push(move), timeStamp + 3001);
  const clicked = openPage();
  const pressed = clicked.press("ArrowRight");
  clicked.page.dispatchEvent(new Event("click"));
  enterStage(clicked.stage, (...move) => told.push(move), pressed.timeStamp);

  assert.deepEqual(told, []);
});

test("a stage that is left hears no more, unless another has taken its place", () => {
  const { press, stage } = openPage();
  /** @type {string[]} */
  const told = [];
  const leave = enterStage(stage, () => told.push("first"), 0);
  enterStage(stage, () => told.push("second"), 0);
  leave();
  press("PageUp");

  assert.deepEqual(told, ["second"]);
});
