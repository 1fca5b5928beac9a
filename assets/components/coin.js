// Randomised response on the phone itself. Two fair coins are thrown here, when the true answer is tapped: heads, and it
// is said; tails, and the second coin says "yes" or "no" in its place. The true answer is a value of one function call:
// it is neither kept nor sent. What was said is kept, so that going back or a reload throws no second time: every throw
// told to anyone would cost its ε again.

const { drawSubmission, recall, remember } = await import(`./phone.js${new URL(import.meta.url).search}`);

const FLIGHT_MS = 1150;
const ANSWERED_WITHIN_MS = 6000;
const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(new URL(`coin.css${new URL(import.meta.url).search}`, import.meta.url))).text());
const memory = new WeakMap();

export const throwCoins = () => Array.from(crypto.getRandomValues(new Uint8Array(2)), (byte) => (byte & 1 ? "head" : "tail"));
export const sayBy = ([first, second], truth) => (first === "head" ? truth : second === "head" ? "yes" : "no");

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const wait = (ms) => new Promise((done) => { setTimeout(done, still() ? 0 : ms); });
const fill = (text, said) => text.replace("{said}", said);

const nameOf = (data) => `sagram.said.${data.place}.${data.question}`;

const fly = async (coin, side) => {
  coin.dataset.side = side;
  coin.classList.add("flying");
  await wait(FLIGHT_MS);
  coin.classList.remove("flying");
};

const throwInSight = async (state, [first, second]) => {
  const { words } = state.data;
  const [one, two] = state.root.querySelectorAll(".spot");
  state.root.querySelector(".table").hidden = false;
  two.classList.add("waiting");
  await fly(one.querySelector(".coin"), first);
  one.querySelector(".under").textContent = words[first];
  if (first === "tail") {
    state.why.textContent = words.other;
    two.classList.remove("waiting");
    await fly(two.querySelector(".coin"), second);
    two.querySelector(".under").textContent = words[second];
  }
  return first === "head" ? words.truth : words[second === "head" ? "other_yes" : "other_no"];
};

const offer = (state, why) => {
  const { words } = state.data;
  const [said] = recall(nameOf(state.data)).split(" ");
  state.root.dataset.stage = "landed";
  state.truths.hidden = true;
  state.why.textContent = why;
  state.root.querySelector(".said").textContent = fill(words.said, words[said]);
  rest(state, words.send);
};

const rest = (state, word) => {
  clearTimeout(state.timer);
  state.button.hidden = false;
  state.button.disabled = false;
  state.button.textContent = word;
};

const begin = async (state, truth) => {
  if (state.root.dataset.stage !== "ask") return;
  state.root.dataset.stage = "flying";
  state.truths.hidden = true;
  const coins = throwCoins();
  remember(nameOf(state.data), () => `${sayBy(coins, truth)} ${drawSubmission()}`);
  offer(state, await throwInSight(state, coins));
  state.button.focus({ preventScroll: true });
  state.button.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
};

const deliver = (state) => {
  const [said, submission] = recall(nameOf(state.data)).split(" ");
  state.button.disabled = true;
  state.button.textContent = state.data.words.sending;
  state.send("said", { said, submission });
  // No answer came back: the connection may be down, and the same may be sent again; it counts once.
  state.timer = setTimeout(() => rest(state, state.data.words.again), ANSWERED_WITHIN_MS);
};

const create = (parentElement) => {
  const root = parentElement.querySelector(".box");
  parentElement.adoptedStyleSheets = [sheet];
  const state = {
    root, truths: root.querySelector(".truths"), why: root.querySelector(".why"), button: root.querySelector(".send"),
  };
  for (const button of state.truths.querySelectorAll("button")) button.onclick = () => begin(state, button.dataset.truth);
  state.button.onclick = () => deliver(state);
  return state;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const isNew = !memory.has(parentElement);
  if (isNew) memory.set(parentElement, create(parentElement));
  const state = memory.get(parentElement);
  const wasRefused = state.data && state.data.refusals !== data.refusals;
  state.data = data;
  state.send = setTriggerValue;
  state.truths.setAttribute("aria-label", data.words.truths);
  for (const button of state.truths.querySelectorAll("button")) button.textContent = data.words[button.dataset.truth];
  for (const face of ["head", "tail"]) {
    for (const side of state.root.querySelectorAll(`.coin .${face}`)) side.textContent = data.words[`${face}_short`];
  }
  if (isNew && recall(nameOf(data)) !== null) offer(state, data.words.kept);
  if (wasRefused) rest(state, data.words.again);
  return () => {
    clearTimeout(state.timer);
    memory.delete(parentElement);
  };
}
