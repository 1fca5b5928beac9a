// As much of a browser as drawing needs: a pen that writes down what it is asked, and a canvas that has it.

/** @typedef {{ name: string, args: unknown[], state: Record<string, unknown> }} Call */

/**
 * Return a canvas of this size, and everything that its pen will have been asked: with its colours at that moment.
 * @param {number} clientWidth
 * @param {number} clientHeight
 */
export const fakeCanvas = (clientWidth, clientHeight) => {
  /** @type {Call[]} */
  const calls = [];
  /** @type {Record<string, unknown>} */
  const state = {};
  const pen = new Proxy({}, {
    get: (_, name) => {
      if (typeof name === "symbol" || name in state) return state[String(name)];
      return (/** @type {unknown[]} */ ...args) => {
        calls.push({ name, args, state: { ...state } });
        return { width: String(args[0]).length * 6 };
      };
    },
    set: (_, name, value) => {
      state[String(name)] = value;
      return true;
    },
  });
  const canvas = { clientWidth, clientHeight, width: 0, height: 0, getContext: () => pen };
  return { canvas: /** @type {HTMLCanvasElement} */ (/** @type {unknown} */ (canvas)), calls };
};

/**
 * Let pages be light or dark, on a screen of this many pixels to one of the page, where shapes are gathered in paths.
 * @param {{ isDark?: boolean, ratio?: number }} [how]
 */
export const fakePage = ({ isDark = false, ratio = 1 } = {}) => {
  Object.assign(globalThis, {
    window: { devicePixelRatio: ratio },
    getComputedStyle: () => ({ colorScheme: isDark ? "dark" : "light", fontFamily: "serif" }),
    Path2D: class {
      moves = 0;
      moveTo() {
        this.moves += 1;
      }

      lineTo() {}

      arc() {}

      closePath() {}
    },
  });
};

/** What a browser keeps by name; `isFull` refuses to. */
export class FakeStorage {
  /** @type {Map<string, string>} */
  kept = new Map();
  isFull = false;
  isClosed = false;

  /** @param {string} name */
  getItem(name) {
    if (this.isClosed) throw new Error("SecurityError");
    return this.kept.get(name) ?? null;
  }

  /** @type {(name: string, value: string) => void} */
  setItem(name, value) {
    if (this.isFull || this.isClosed) throw new Error("QuotaExceededError");
    this.kept.set(name, value);
  }

  /** @param {string} name */
  removeItem(name) {
    this.kept.delete(name);
  }
}

/** Pack numbers as the server does. @param {Uint8Array | Uint16Array | Float32Array} numbers */
export const pack = (numbers) => Buffer.from(numbers.buffer).toString("base64");

/** @type {(found: number, expected: number, within?: number) => boolean} */
export const isNear = (found, expected, within = 1e-9) => Math.abs(found - expected) <= within;
