import assert from "node:assert/strict";
import test from "node:test";

import { enterStage, moveOf, openStage } from "../../assets/components/present/keys.js";

const PLAIN = { repeat: false, ctrlKey: false, metaKey: false, altKey: false };
const MOVES = {
  ArrowRight: ["advance", 1], ArrowDown: ["advance", 1], PageDown: ["advance", 1], " ": ["advance", 1],
  ArrowLeft: ["advance", -1], ArrowUp: ["advance", -1], PageUp: ["advance", -1],
  b: ["black", 1], ".": ["black", 1], 0: ["scene", 0], 6: ["scene", 6],
};

/** What has the focus: an element that this part of a selector finds. @param {string} part */
const focusOn = (part) => ({
  closest: (/** @type {string} */ selector) => selector.split(", ").includes(part) || null,
});

test("arrows, clickers, space, black and digits go where they go", () => {
  for (const [key, move] of Object.entries(MOVES)) assert.deepEqual(moveOf({ ...PLAIN, key }, null, false), move);
  for (const key of ["a", "Enter", "Tab", "toString"]) assert.equal(moveOf({ ...PLAIN, key }, null, false), null);
});

test("keys held down or with a modifier go nowhere", () => {
  for (const taken of ["repeat", "ctrlKey", "metaKey", "altKey"]) {
    assert.equal(moveOf({ ...PLAIN, key: "PageDown", [taken]: true }, null, false), null);
  }
});

test("who types, or chooses from an open list, keeps every key", () => {
  for (const place of ["textarea", "[role=option]"]) {
    for (const key of Object.keys(MOVES)) assert.equal(moveOf({ ...PLAIN, key }, focusOn(place), false), null);
  }
});

test("a slider or a button that was clicked steals no key from a clicker", () => {
  for (const place of ["[role=slider]", "input", "button"]) {
    for (const [key, move] of Object.entries(MOVES)) {
      assert.deepEqual(moveOf({ ...PLAIN, key }, focusOn(place), false), move);
    }
  }
});

test("what the Tab key was led to keeps the keys that work it, and no clicker's", () => {
  assert.equal(moveOf({ ...PLAIN, key: "ArrowRight" }, focusOn("[role=slider]"), true), null);
  assert.equal(moveOf({ ...PLAIN, key: " " }, focusOn("button"), true), null);
  assert.deepEqual(moveOf({ ...PLAIN, key: "ArrowRight" }, focusOn("button"), true), ["advance", 1]);
  assert.deepEqual(moveOf({ ...PLAIN, key: "PageDown" }, focusOn("[role=slider]"), true), ["advance", 1]);
});

/** A page whose keys can be pressed. */
const openPage = () => {
  Object.assign(globalThis, { Element: class {} });
  const page = new EventTarget();
  const press = (/** @type {string} */ key) => {
    const event = Object.assign(new Event("keydown", { cancelable: true }), { ...PLAIN, key, stopped: false });
    event.stopPropagation = () => (event.stopped = true);
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
  assert.deepEqual(told, [["advance", 1]]);
});

test("a key that is pressed while the stage opens is told once it is open, once", () => {
  const { press, stage } = openPage();
  /** @type {unknown[]} */
  const told = [];
  const { timeStamp } = press("ArrowRight");
  enterStage(stage, (...move) => told.push(move), timeStamp + 2900);
  enterStage(stage, (...move) => told.push(move), timeStamp + 2950);

  assert.deepEqual(told, [["advance", 1]]);
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

test("what has the focus does not hear a key that the stage takes", () => {
  const { press, stage } = openPage();
  enterStage(stage, () => {}, 0);

  assert.equal(press("PageDown").stopped, true);
  assert.equal(press("a").stopped, false);
});

test("a key is the same with the capitals locked", () => {
  assert.deepEqual(moveOf({ ...PLAIN, key: "B" }, null, false), ["black", 1]);
});

test("the Tab key leads by keyboard until something is pressed with a pointer", () => {
  const { page, press, stage } = openPage();
  press("Tab");
  assert.equal(stage.byKeyboard, true);
  page.dispatchEvent(new Event("pointerdown"));
  assert.equal(stage.byKeyboard, false);
});
