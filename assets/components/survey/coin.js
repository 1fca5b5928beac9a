// Randomised response on the phone itself. Two fair coins are thrown here, when the true answer is tapped: heads, and
// it is said; tails, and the second coin says "yes" or "no" in its place. The true answer is a value of one function
// call: it is neither kept nor sent. What was said is kept, so that going back or a reload throws no second time: every
// throw told to anyone would cost its ε again.

import { find, findAll, findButtons, keepViews, prefersStillness, stylesheet } from "../elements.js";
import { drawToken, recall, remember } from "./phone.js";
import { reasonOf, respond, throwCoins } from "./randomised_response.js";

/** @import { Answer, CoinPayload, Coins, Component, Face } from "../types.js" */
/** @typedef {ReturnType<typeof create>} View */

const FLIGHT_MS = 1150;
const ANSWERED_WITHIN_MS = 6000;
const sheet = await stylesheet(new URL("coin.css", import.meta.url));

/** @type {(milliseconds: number) => Promise<void>} */
const wait = (milliseconds) => new Promise((done) => {
  setTimeout(done, prefersStillness() ? 0 : milliseconds);
});

/** @type {(data: CoinPayload) => string} */
const nameOf = ({ place, question }) => `sagram.said.${place}.${question}`;

/**
 * What was said on this phone, and the letters by which it counts once; empty where nothing was.
 * @type {(data: CoinPayload) => { said: string, submission: string }}
 */
const saidBefore = (data) => {
  const [said = "", submission = ""] = (recall(nameOf(data)) ?? "").split(" ");
  return { said, submission };
};

// --- throwing -----------------------------------------------------------------------------------------------------

/** @type {(spot: HTMLElement, face: Face, word: string) => Promise<void>} */
const fly = async (spot, face, word) => {
  const coin = find(spot, ".coin", HTMLElement);
  coin.dataset.side = face;
  coin.classList.add("flying");
  await wait(FLIGHT_MS);
  coin.classList.remove("flying");
  find(spot, ".under", HTMLElement).textContent = word;
};

/** @type {(view: View, coins: Coins) => Promise<void>} */
const showThrow = async ({ root, why, data: { words } }, [first, second]) => {
  const [one, two] = findAll(root, ".spot");
  find(root, ".table", HTMLElement).hidden = false;
  two.classList.add("waiting");
  await fly(one, first, words[first]);
  if (first === "head") return;
  why.textContent = words.other;
  two.classList.remove("waiting");
  await fly(two, second, words[second]);
};

/** @type {(view: View, truth: Answer) => Promise<void>} */
const answer = async (view, truth) => {
  const { root, truths, button, data } = view;
  if (root.dataset.stage !== "ask") return;
  root.dataset.stage = "flying";
  truths.hidden = true;
  const coins = throwCoins();
  remember(nameOf(data), () => `${respond(coins, truth)} ${drawToken()}`);
  await showThrow(view, coins);
  offer(view, data.words[reasonOf(coins)]);
  button.focus({ preventScroll: true });
  button.scrollIntoView({ block: "nearest", behavior: prefersStillness() ? "auto" : "smooth" });
};

// --- sending ------------------------------------------------------------------------------------------------------

/** @type {(view: View, word: string) => void} */
const rest = ({ timer, button }, word) => {
  clearTimeout(timer);
  Object.assign(button, { hidden: false, disabled: false, textContent: word });
};

/** Show what was said and why, to be sent. @type {(view: View, why: string) => void} */
const offer = (view, why) => {
  const { root, truths, data, data: { words } } = view;
  root.dataset.stage = "landed";
  truths.hidden = true;
  view.why.textContent = why;
  find(root, ".said", HTMLElement).textContent = words.said.replace("{said}", words[saidBefore(data).said]);
  rest(view, words.send);
};

/** @param {View} view */
const deliver = (view) => {
  const { button, data, data: { words } } = view;
  Object.assign(button, { disabled: true, textContent: words.sending });
  view.send("said", saidBefore(data));
  // No answer came back: the connection may be down, and the same may be sent again; it counts once.
  view.timer = setTimeout(() => rest(view, words.again), ANSWERED_WITHIN_MS);
};

// --- putting it together ------------------------------------------------------------------------------------------

/** @param {Component<CoinPayload>} component */
const create = ({ data, parentElement, setTriggerValue }) => {
  const root = find(parentElement, ".box", HTMLElement);
  parentElement.adoptedStyleSheets = [sheet];
  const view = {
    root, data, send: setTriggerValue,
    truths: find(root, ".truths", HTMLElement), why: find(root, ".why", HTMLElement),
    button: find(root, ".send", HTMLButtonElement),
    timer: /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined),
  };
  for (const button of findButtons(view.truths, "button")) {
    button.onclick = () => answer(view, button.dataset.truth === "yes" ? "yes" : "no");
  }
  view.button.onclick = () => deliver(view);
  return view;
};

/** @param {View} view */
const name = ({ root, truths, data: { words } }) => {
  truths.setAttribute("aria-label", words.truths);
  for (const button of findButtons(truths, "button")) button.textContent = words[button.dataset.truth ?? ""];
  for (const face of ["head", "tail"]) {
    for (const side of findAll(root, `.coin .${face}`)) side.textContent = words[`${face}_short`];
  }
};

export default keepViews({
  create,
  update: (view, { data, setTriggerValue }, isNew) => {
    const wasRefused = view.data.refusals !== data.refusals;
    Object.assign(view, { data, send: setTriggerValue });
    name(view);
    if (isNew && recall(nameOf(data)) !== null) offer(view, data.words.kept);
    if (wasRefused) rest(view, data.words.again);
  },
  end: ({ timer }) => clearTimeout(timer),
});
