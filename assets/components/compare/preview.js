// The preview that was sent ahead: every picture that the sliders can ask for, unpacked once and read by position.

/** @import { Corner, Preview, PreviewHead, PreviewedSides } from "../types.js" */

const FULL = 65_535;

/** @type {(flat: Float32Array, at: number, count: number) => Corner[]} */
const corners = (flat, at, count) =>
  Array.from({ length: count }, (_, i) => /** @type {Corner} */ ([flat[at + 2 * i], flat[at + 2 * i + 1]]));

/** @type {(counts: number[]) => number[]} */
const starts = (counts) => {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum - count;
  });
};

/** @type {(list: number[]) => number} */
const total = (list) => list.reduce((sum, each) => sum + each, 0);

/**
 * Unpack a preview. Its blocks are numbers of 32, 16 and 8 bits, each in the order in which the server writes them.
 * @param {ArrayBuffer} buffer
 * @returns {Preview}
 */
export const unpackPreview = (buffer) => {
  const length = new DataView(buffer).getUint32(0, true);
  /** @type {PreviewHead} */
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const { ks, epsilons, sizes, releases, people } = head;
  const positions = epsilons.flatMap(() => ks);
  const cells = releases.map((release) => sizes[release]);
  const plainFloats = head.plain ? 2 * total(ks) : 0;
  const inAll = total(sizes) + 2 * total(positions) + plainFloats + (head.plain ? positions.length : 0);
  const floats = new Float32Array(buffer.slice(4 + length, 4 + length + 4 * inAll));
  const steps = new Uint16Array(buffer.slice(4 + length + 4 * inAll, 4 + length + 4 * inAll + 4 * total(sizes)));
  const labels = new Uint8Array(buffer, 4 + length + 4 * inAll + 4 * total(sizes));
  return {
    head, floats, steps, labels,
    sizesAt: starts(sizes),
    privateAt: starts(positions.map((k) => 2 * k)).map((at) => at + total(sizes)),
    plainAt: starts(ks.map((k) => 2 * k)).map((at) => at + total(sizes) + 2 * total(positions)),
    ariAt: inAll - positions.length,
    cellsAt: starts(cells).map((at) => at + (head.plain ? people * ks.length : 0)),
    peopleAt: (head.plain ? people * ks.length : 0) + total(cells),
  };
};

/**
 * Return what stands in the pictures at a position; null where the preview does not reach.
 * @param {Preview} preview
 * @param {{ epsilon: number, k: number }} at ε as it is, not as a step of the slider.
 * @returns {PreviewedSides | null}
 */
export const lookUp = (preview, { epsilon, k }) => {
  const { head, floats, steps, labels } = preview;
  const [row, column] = [head.epsilons.indexOf(epsilon), head.ks.indexOf(k)];
  if (row < 0 || column < 0) return null;
  const position = row * head.ks.length + column;
  const release = head.releases[position];
  const [size, from] = [head.sizes[release], preview.sizesAt[release]];
  const plainLabels = labels.subarray(column * head.people, (column + 1) * head.people);
  const shift = preview.peopleAt + position * head.people;
  return {
    k,
    ari: head.plain ? floats[preview.ariAt + position] : null,
    plain: head.plain ? { labels: plainLabels, centers: corners(floats, preview.plainAt[column], k) } : null,
    private: {
      centers: corners(floats, preview.privateAt[position], k),
      labels: head.groups
        ? plainLabels.map((label, i) => (label + labels[shift + i]) % 256)
        : null,
      cells: head.groups ? null : {
        places: Float32Array.from(steps.subarray(2 * from, 2 * (from + size)), (step) => step / FULL),
        weights: floats.subarray(from, from + size),
        groups: labels.subarray(preview.cellsAt[position], preview.cellsAt[position] + size),
      },
    },
  };
};
