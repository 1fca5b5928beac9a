import assert from "node:assert/strict";
import test from "node:test";

import { isSame, tellAgreement } from "../../assets/components/compare/live.js";
import { lookUp, unpackPreview } from "../../assets/components/compare/preview.js";

/**
 * Pack two ε × two k as the server does: one release for each ε, of one and of two places; three people.
 * @param {{ plain: boolean, groups: boolean }} how
 */
const packed = ({ plain, groups }) => {
  const head = {
    epsilons: [0.5, 2], ks: [1, 2], people: plain ? 3 : 0, sizes: [1, 2], releases: [0, 0, 1, 1],
    plain, groups, sampled: 0,
  };
  const written = JSON.stringify(head);
  const text = new TextEncoder().encode(written.padEnd(Math.ceil(written.length / 4) * 4));
  const weights = [10, 20, 30];
  const centers = [0.1, 0.1, /**/ 0.2, 0.2, 0.3, 0.3, /**/ 0.4, 0.4, /**/ 0.5, 0.5, 0.6, 0.6];
  const exact = plain ? [0.7, 0.7, /**/ 0.8, 0.8, 0.9, 0.9, /**/ 1, 0.25, 1, 0.5] : [];
  const floats = Float32Array.from([...weights, ...centers, ...exact]);
  const steps = Uint16Array.from([0, 65_535, 65_535, 0, 0, 0]);
  const labels = Uint8Array.from([
    ...(plain ? [0, 0, 0, /**/ 0, 1, 1] : []), 0, /**/ 1, /**/ 0, 0, /**/ 1, 0,
    ...(groups ? [0, 0, 0, /**/ 1, 255, 0, /**/ 0, 0, 0, /**/ 0, 0, 255] : []),
  ]);
  const parts = [Uint32Array.of(text.length), text, floats, steps, labels];
  const bytes = parts.flatMap((part) => [...new Uint8Array(part.buffer, part.byteOffset, part.byteLength)]);
  return unpackPreview(Uint8Array.from(bytes).buffer);
};

/** @param {Float32Array} numbers */
const rounded = (numbers) => Array.from(numbers, (number) => Number(number.toFixed(3)));

test("every position has its own centres, places, groups and agreement", () => {
  const found = lookUp(packed({ plain: true, groups: false }), { epsilon: 2, k: 2 });

  assert.ok(found?.plain && found.private.cells);
  assert.deepEqual(rounded(Float32Array.from(found.private.centers.flat())), [0.5, 0.5, 0.6, 0.6]);
  assert.deepEqual(rounded(Float32Array.from(found.plain.centers.flat())), [0.8, 0.8, 0.9, 0.9]);
  assert.deepEqual([...found.plain.labels], [0, 1, 1]);
  assert.deepEqual(rounded(found.private.cells.places), [1, 0, 0, 0]);
  assert.deepEqual([...found.private.cells.weights], [20, 30]);
  assert.deepEqual([...found.private.cells.groups], [1, 0]);
  assert.equal(found.ari, 0.5);
  assert.equal(lookUp(packed({ plain: true, groups: false }), { epsilon: 0.5, k: 2 })?.ari, 0.25);
});

test("a position that the preview does not reach has nothing", () => {
  assert.equal(lookUp(packed({ plain: true, groups: false }), { epsilon: 1, k: 2 }), null);
  assert.equal(lookUp(packed({ plain: true, groups: false }), { epsilon: 2, k: 3 }), null);
});

test("in the public view there is neither plain side nor agreement", () => {
  const found = lookUp(packed({ plain: false, groups: false }), { epsilon: 2, k: 1 });

  assert.ok(found?.private.cells);
  assert.deepEqual([found.plain, found.ari], [null, null]);
  assert.deepEqual([...found.private.cells.groups], [0, 0]);
  assert.deepEqual(rounded(Float32Array.from(found.private.centers.flat())), [0.4, 0.4]);
});

test("people's private groups are the plain ones and what differs from them", () => {
  const preview = packed({ plain: true, groups: true });

  assert.deepEqual([...(lookUp(preview, { epsilon: 0.5, k: 2 })?.private.labels ?? [])], [1, 0, 1]);
  assert.deepEqual([...(lookUp(preview, { epsilon: 2, k: 2 })?.private.labels ?? [])], [0, 1, 0]);
});

test("an agreement is said as the server says it, and a rough one as rough", () => {
  /** @type {[number, string][]} */
  const words = [[0.9, "same"], [0.4, "other"], [-1, "unlike"]];
  const live = { words, point: "." };

  assert.deepEqual(tellAgreement(0.956, live, false), { ari: "0.96", word: "same", bar: "95.6%" });
  assert.deepEqual(tellAgreement(-0.001, live, false), { ari: "0.00", word: "unlike", bar: "0.0%" });
  assert.equal(tellAgreement(0.5, { ...live, point: "," }, true).ari, "≈ 0,50");
});

test("positions are the same if both sliders stand alike, and never where there are none", () => {
  assert.equal(isSame({ epsilon: 1, k: 2 }, { epsilon: 1, k: 2 }), true);
  assert.equal(isSame({ epsilon: 1, k: 2 }, { epsilon: 1, k: 3 }), false);
  assert.equal(isSame(null, null), false);
});
