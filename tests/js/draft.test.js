import assert from "node:assert/strict";
import test from "node:test";

import { clicksFor, keep, recall } from "../../assets/components/survey/draft.js";
import { FakeStorage } from "./fakes.js";

const DRAFT = { answer: "1", ticked: [true, false], text: "half typed" };
/** @type {(type: string, checked: boolean[]) => { type: string, checked: boolean }[]} */
const boxes = (type, checked) => checked.map((each) => ({ type, checked: each }));

/** A phone that keeps drafts. */
const phone = () => {
  const storage = new FakeStorage();
  Object.assign(globalThis, { sessionStorage: storage });
  return storage;
};

test("a draft is there again after a reload", () => {
  phone();
  keep("q", DRAFT);

  assert.deepEqual(recall("q", "1"), DRAFT);
  assert.equal(recall("another", "1"), null);
});

test("a draft that began from another answer is of the past, and forgotten", () => {
  const storage = phone();
  keep("q", DRAFT);

  assert.equal(recall("q", "2"), null);
  assert.equal(storage.kept.size, 0);
});

test("a phone that keeps nothing, or something else, has no draft", () => {
  const storage = phone();
  storage.isFull = true;
  keep("q", DRAFT);
  assert.equal(recall("q", "1"), null);

  storage.kept.set("q", "{");
  assert.equal(recall("q", "1"), null);
});

test("boxes are clicked where they differ from the draft", () => {
  assert.deepEqual(clicksFor(boxes("checkbox", [true, false, true]), [true, true, false]), [1, 2]);
});

test("a radio is ticked and never unticked: its neighbour does that", () => {
  assert.deepEqual(clicksFor(boxes("radio", [true, false]), [false, true]), [1]);
  assert.deepEqual(clicksFor(boxes("radio", [true, false]), [false, false]), []);
});
