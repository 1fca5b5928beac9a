// Asks the server every few seconds whether anything in the room is new, and only then lets the page run.

const memory = new WeakMap();
// Phones that joined together do not ask together for ever.
const jitter = (seconds) => seconds * 1000 * (0.9 + 0.2 * Math.random());
const differs = (shown, now) => shown !== "" && shown !== now;

const ask = async (state) => {
  try {
    const answer = await fetch(location.origin + state.data.address, { cache: "no-store" });
    const [led, count] = answer.ok ? (await answer.text()).split(" ") : [];
    // What is drawn may have changed while the answer was under way.
    if (led && (differs(state.data.led, led) || differs(state.data.count, count))) state.tell("news", 1);
  } catch {
    // The connection is down: the next time asks again.
  }
};

const repeat = (state) => {
  state.timer = setTimeout(async () => {
    if (!document.hidden) await ask(state);
    if (memory.has(state.parent)) repeat(state);
  }, jitter(state.data.seconds));
};

export default function ({ data, parentElement, setTriggerValue }) {
  const isNew = !memory.has(parentElement);
  const state = isNew ? { parent: parentElement } : memory.get(parentElement);
  state.data = data;
  state.tell = setTriggerValue;
  if (isNew) {
    memory.set(parentElement, state);
    state.wake = () => { if (!document.hidden) ask(state); };
    document.addEventListener("visibilitychange", state.wake);
    repeat(state);
  }
  return () => {
    clearTimeout(state.timer);
    document.removeEventListener("visibilitychange", state.wake);
    memory.delete(parentElement);
  };
}
