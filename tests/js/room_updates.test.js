import assert from "node:assert/strict";
import test from "node:test";

import { ask, isNews, pauseFor } from "../../assets/components/survey/room_updates.js";

const SHOWN = { led: "a", count: "1.2" };

test("phones ask about every so many seconds, and not together", () => {
  assert.deepEqual([0, 0.5, 1].map((random) => pauseFor(2, random)), [1800, 2000, 2200]);
  assert.ok(Array.from({ length: 100 }, () => pauseFor(2)).every((pause) => pause >= 1800 && pause <= 2200));
});

test("what is different where the phone looks is news", () => {
  assert.equal(isNews(SHOWN, "a 1.2"), false);
  assert.equal(isNews(SHOWN, "b 1.2"), true);
  assert.equal(isNews(SHOWN, "a 1.3"), true);
});

test("what the phone does not show is no news to it", () => {
  assert.equal(isNews({ led: "", count: "1.2" }, "b 1.2"), false);
  assert.equal(isNews({ led: "a", count: "" }, "a 9.9"), false);
});

test("a server that knows nothing tells nothing", () => {
  assert.equal(isNews(SHOWN, ""), false);
});

/** @type {(answer: () => Promise<Partial<Response>>) => Promise<unknown[]>} */
const askWith = async (answer) => {
  /** @type {unknown[]} */
  const sent = [];
  Object.assign(globalThis, { location: { origin: "http://here" }, fetch: answer });
  await ask({ data: { ...SHOWN, address: "/room", seconds: 2 }, send: (name, value) => sent.push([name, value]) });
  return sent;
};

test("the page runs when there is news, and only then", async () => {
  assert.deepEqual(await askWith(async () => ({ ok: true, text: async () => "b 1.2" })), [["news", 1]]);
  assert.deepEqual(await askWith(async () => ({ ok: true, text: async () => "a 1.2" })), []);
});

test("a connection that is down and a server that refuses are no news", async () => {
  assert.deepEqual(await askWith(async () => {
    throw new TypeError("Failed to fetch");
  }), []);
  assert.deepEqual(await askWith(async () => ({ ok: false, text: async () => "b 9" })), []);
});

test("what was drawn while the answer was under way counts", async () => {
  /** @type {unknown[]} */
  const sent = [];
  const view = { data: { ...SHOWN, address: "/room", seconds: 2 }, send: () => sent.push("news") };
  Object.assign(globalThis, {
    location: { origin: "" },
    fetch: async () => {
      view.data = { ...view.data, led: "b" };
      return { ok: true, text: async () => "b 1.2" };
    },
  });
  await ask(view);

  assert.deepEqual(sent, []);
});
