import assert from "node:assert/strict";
import test from "node:test";

import present, { drawToken, recall, remember } from "../../assets/components/survey/phone.js";
import { FakeStorage } from "./fakes.js";

/** @typedef {import("../../assets/components/types.js").Component<{ place: string }>} Component */

/** @param {FakeStorage} storage */
const withStorage = (storage) => Object.assign(globalThis, { localStorage: storage });

test("a token is 128 bits in letters, and another every time", () => {
  const tokens = Array.from({ length: 100 }, drawToken);

  assert.ok(tokens.every((token) => /^[0-9a-f]{32}$/u.test(token)));
  assert.equal(new Set(tokens).size, 100);
});

test("what is remembered is made once", () => {
  withStorage(new FakeStorage());

  assert.equal(recall("a"), null);
  assert.equal(remember("a", () => "first"), "first");
  assert.equal(remember("a", () => "second"), "first");
  assert.equal(recall("a"), "first");
});

for (const trouble of /** @type {const} */ (["isFull", "isClosed"])) {
  test(`a phone that keeps nothing remembers as long as the page lives (${trouble})`, () => {
    const storage = new FakeStorage();
    storage[trouble] = true;
    withStorage(storage);

    const name = `b.${trouble}`;
    assert.equal(remember(name, () => "first"), "first");
    assert.equal(remember(name, () => "second"), "first");
    assert.equal(recall(name), "first");
    assert.equal(storage.kept.size, 0);
  });
}

test("a phone has one token a room, and tells it", () => {
  withStorage(new FakeStorage());
  /** @type {unknown[]} */
  const told = [];
  /** @type {(name: string, value: unknown) => unknown} */
  const setStateValue = (name, value) => told.push(`${name} ${value}`);
  /** @param {string} place */
  const tell = (place) => present(/** @type {Component} */ ({ data: { place }, setStateValue }));
  for (const place of ["ONE", "ONE", "TWO"]) tell(place);

  assert.equal(told[0], told[1]);
  assert.notEqual(told[0], told[2]);
  assert.match(String(told[0]), /^token [0-9a-f]{32}$/u);
});
