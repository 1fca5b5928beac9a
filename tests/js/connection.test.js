import assert from "node:assert/strict";
import test from "node:test";

import { acknowledge, heal, mark, newConnection, notice, tap, watch } from "../../assets/components/connection.js";

const CHOICE = "st-key-epsilon_safer";

/** A page that watches its connection: what it shows, and how often it asks the server to draw it. */
const observe = () => {
  const seen = { isDown: false, asked: 0 };
  const connection = newConnection((isDown) => {
    seen.isDown = isDown;
  });
  const stop = watch(connection, () => {
    seen.asked += 1;
  });
  acknowledge(connection, "first", true);
  return { connection, seen, stop };
};

test("a page says that its connection is down, and asks to be drawn once it is back", () => {
  const { connection, seen } = observe();
  notice(connection, true);
  assert.deepEqual(seen, { isDown: false, asked: 0 });

  notice(connection, false);
  assert.deepEqual(seen, { isDown: true, asked: 0 });
  notice(connection, true);
  assert.deepEqual(seen, { isDown: true, asked: 1 });
});

test("taps are heard while the connection is up, and again once the server has drawn the screen", () => {
  const { connection, seen } = observe();
  assert.equal(tap(connection, null), true);
  notice(connection, false);
  assert.equal(tap(connection, null), false);
  // It is back, but the server may know nothing of this screen.
  notice(connection, true);
  assert.equal(tap(connection, null), false);

  acknowledge(connection, "second", true);
  assert.equal(tap(connection, null), true);
  assert.equal(seen.isDown, false);
});

test("a choice that was tapped before anybody knew of the outage is made afterwards, once", () => {
  const { connection } = observe();
  tap(connection, CHOICE);
  notice(connection, false);

  assert.equal(acknowledge(connection, "second", true), CHOICE);
  notice(connection, false);
  assert.equal(acknowledge(connection, "third", true), null);
});

test("a choice that the server has drawn since is not made again", () => {
  const { connection } = observe();
  tap(connection, CHOICE);
  assert.equal(acknowledge(connection, "second", true), null);

  notice(connection, false);
  assert.equal(acknowledge(connection, "third", true), null);
});

test("a choice that nobody heard of is not made afterwards", () => {
  const { connection } = observe();
  notice(connection, false);
  tap(connection, CHOICE);

  assert.equal(acknowledge(connection, "second", true), null);
});

test("another tap after a choice takes its place", () => {
  const { connection } = observe();
  tap(connection, CHOICE);
  tap(connection, null);
  notice(connection, false);

  assert.equal(acknowledge(connection, "second", true), null);
});

test("a run that was drawn already, or that comes while the connection is down, brings nothing back", () => {
  const { connection, seen } = observe();
  notice(connection, false);
  acknowledge(connection, "first", true);
  assert.equal(seen.isDown, true);

  acknowledge(connection, "second", false);
  assert.equal(seen.isDown, true);
});

test("where nobody watches, every tap is heard and nothing is said", () => {
  const { connection, seen, stop } = observe();
  notice(connection, false);
  stop();

  assert.deepEqual([seen.isDown, tap(connection, CHOICE)], [false, true]);
  notice(connection, false);
  assert.equal(seen.isDown, false);
});

test("a screen that has lost its end is asked for once more, unless it was drawn again or left", () => {
  const { connection, seen, stop } = observe();
  const place = {};
  const unmarkFirst = mark(connection, place, "first");
  const unmarkSecond = mark(connection, place, "second");
  unmarkFirst();
  heal(connection);
  assert.equal(seen.asked, 0);

  unmarkSecond();
  heal(connection);
  assert.equal(seen.asked, 1);
  stop();
  heal(connection);
  assert.equal(seen.asked, 1);
});

test("while the connection is down, nothing that is missing is asked for", () => {
  const { connection, seen } = observe();
  notice(connection, false);
  heal(connection);

  assert.equal(seen.asked, 0);
});
