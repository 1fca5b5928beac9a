// What follows the finger: the sliders are watched while they move, and what is said about their position is said at
// every step, from what was sent ahead. The server hears of a position only when the finger rests.

/** @import { Live, LiveStep, Position } from "../types.js" */

const SLIDERS = { epsilon: ".st-key-epsilon input[type=range]", k: ".st-key-k input[type=range]" };
const RETRY_MS = 1500;
const TRIES = 20;

/** Where the sliders stand now; null where there are none. @returns {Position | null} */
export const position = () => {
  const [epsilon, k] = [SLIDERS.epsilon, SLIDERS.k].map((slider) => document.querySelector(slider));
  if (!(epsilon instanceof HTMLInputElement && k instanceof HTMLInputElement)) return null;
  return { epsilon: Number(epsilon.getAttribute("value")), k: Number(k.getAttribute("value")) };
};

/** @type {(one: Position | null, other: Position | null) => boolean} */
export const isSame = (one, other) =>
  one !== null && other !== null && one.epsilon === other.epsilon && one.k === other.k;

/**
 * Call `moved` whenever a slider stands elsewhere, until the returned function is called. A slider fires no event while
 * it is dragged, but the value of its hidden field is written at every step.
 * @param {() => void} moved
 * @returns {() => void}
 */
export const watchSliders = (moved) => {
  const bar = document.querySelector(".st-key-bar");
  const observer = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target instanceof HTMLInputElement && target.type === "range")) moved();
  });
  if (bar) observer.observe(bar, { subtree: true, attributes: true, attributeFilter: ["value"] });
  return () => observer.disconnect();
};

/** @param {number} ms @returns {Promise<void>} */
const pause = (ms) => new Promise((resume) => {
  setTimeout(resume, ms);
});

/**
 * Fetch what was ordered; null if it cannot be had. It may take a while: it is made only when somebody asks.
 * @param {string} address
 * @returns {Promise<ArrayBuffer | null>}
 */
export const fetchPreview = async (address) => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    // One question after the other: the next is asked only if this one had no answer.
    // eslint-disable-next-line no-await-in-loop
    const answer = await fetch(address).catch(() => null);

    if (answer?.status === 200) return answer.arrayBuffer();
    if (answer && answer.status !== 202) return null;
    // eslint-disable-next-line no-await-in-loop
    await pause(RETRY_MS);
  }
  return null;
};

/**
 * Return an agreement as the server would say it.
 * @param {number} ari
 * @param {Pick<Live, "words" | "point">} live
 * @param {boolean} isRough Of a sample only.
 */
export const tellAgreement = (ari, { words, point }, isRough) => {
  const [, word] = words.find(([least]) => ari >= least) ?? words[words.length - 1];
  const said = (Math.abs(ari) < 0.005 ? 0 : ari).toFixed(2).replace(".", point);
  return { ari: isRough ? `≈ ${said}` : said, word, bar: `${(Math.max(ari, 0) * 100).toFixed(1)}%` };
};

/** @type {(name: string, text: string) => void} */
const say = (name, text) => {
  for (const place of document.querySelectorAll(`[data-live="${name}"]`)) {
    if (place.textContent !== text) place.textContent = text;
  }
};

/**
 * Say what the page says outside the pictures: the figure in the bar, and what ε means.
 * @param {LiveStep} step
 * @param {{ ari: string, word: string, bar: string } | null} answer Null where it is not known.
 */
export const sayAll = (step, answer) => {
  say("epsilon", `ε ${step.epsilon}`);
  say("meaning", step.meaning);
  say("guess", step.guess);
  if (!answer) return;
  say("ari", answer.ari);
  say("word", answer.word);
  for (const bar of document.querySelectorAll("[data-live=bar]")) {
    if (bar instanceof HTMLElement) bar.style.width = answer.bar;
  }
};

/**
 * Mark the page while its pictures are ahead of what the server has said: the rest steps back a little.
 * @param {"" | "ahead" | "waiting"} state
 */
export const markPage = (state) => {
  if (state) document.documentElement.dataset.ahead = state;
  else delete document.documentElement.dataset.ahead;
};
