import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

const SOURCE = await readFile(new URL("../../assets/components/loader.js", import.meta.url), "utf8");
const SCRIPT = `export default (component) => {
  component.seen.push("drawn");
  return () => component.seen.push("stopped");
};`;
/** @typedef {(component: { seen: string[] }) => () => void} Draw */

/** Load the loader as Streamlit does, with a script in place of a served one. @returns {Promise<Draw>} */
const load = async () => {
  Object.assign(globalThis, { location: { origin: "data:text/javascript," } });
  const code = SOURCE.replace("{address}", encodeURIComponent(`${SCRIPT}// ${Math.random()}`));
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).default;
};

const arrival = () => new Promise((done) => {
  setTimeout(done, 20);
});

test("a component is drawn when its script has come, and stopped when its place is gone", async () => {
  const [draw, seen] = [await load(), /** @type {string[]} */ ([])];
  const stop = draw({ seen });
  assert.deepEqual(seen, []);

  await arrival();
  assert.deepEqual(seen, ["drawn"]);
  stop();
  assert.deepEqual(seen, ["drawn", "stopped"]);
});

test("a place that is gone before the script has come is never drawn", async () => {
  const [draw, seen] = [await load(), /** @type {string[]} */ ([])];
  draw({ seen })();

  await arrival();
  assert.deepEqual(seen, []);
});
