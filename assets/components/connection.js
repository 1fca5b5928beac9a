// While the connection to the server is down, and until the server has drawn this screen once more, nothing is tapped
// in vain: the page says so and takes no taps. A server that was started anew knows nothing of a screen drawn before,
// and Streamlit passes over what is tapped there without a word.

/** @import { Component, Connection, Stop } from "./types.js" */

// Streamlit disables every button while it has no connection (its own browser tests hold it to that), in the moment it
// learns of it. This one is disabled for no other reason: to look at it asks the server nothing.
const PROBE = ".st-key-connection_probe button";
const BUTTONS = ".stMain button";
/** A run that draws the end of the screen at another place takes the former one away a moment before or after. */
const HEAL_AFTER_MS = 3000;
// A choice counts once, however often it is sent: one that was tapped when the connection was dead already is tapped
// again.
const CHOICES = ".st-key-choices_of_one, .st-key-votes";

// --- what is known of it ------------------------------------------------------------------------------------------

/** @type {(show: (isDown: boolean) => void) => Connection} */
export const newConnection = (show) => ({
  isDown: false, drawn: null, tapped: null, marks: new Map(), ask: null, show,
});

/** @type {(connection: Connection, isDown: boolean) => void} */
const set = (connection, isDown) => {
  connection.isDown = isDown;
  connection.show(isDown);
};

/**
 * Take note of whether the connection is up: once it is back, the server is asked to draw the screen.
 * @type {(connection: Connection, isUp: boolean) => void}
 */
export const notice = (connection, isUp) => {
  if (!connection.ask) return;
  if (!isUp) set(connection, true);
  else if (connection.isDown) connection.ask();
};

/**
 * Take note of a tap, of a choice by its name; return whether anybody hears of it.
 * @type {(connection: Connection, choice: string | null) => boolean}
 */
export const tap = (connection, choice) => {
  if (!connection.ask) return true;
  if (!connection.isDown) connection.tapped = choice;
  return !connection.isDown;
};

/**
 * Take note that the server has drawn this screen in a run; return which choice is to be tapped again, if any.
 * @type {(connection: Connection, run: string, isUp: boolean) => string | null}
 */
export const acknowledge = (connection, run, isUp) => {
  if (connection.drawn === run) return null;
  const again = connection.isDown && isUp ? connection.tapped : null;
  Object.assign(connection, { drawn: run, tapped: null });
  if (isUp) set(connection, false);
  return again;
};

/**
 * Take note that a run has drawn the end of the screen at this place; the answer takes note that it is there no more.
 * @type {(connection: Connection, place: unknown, run: string) => Stop}
 */
export const mark = ({ marks }, place, run) => {
  marks.set(place, run);
  return () => {
    if (marks.get(place) === run) marks.delete(place);
  };
};

/**
 * Ask the server to draw the screen again if its end is missing: under load Streamlit has lost drawings when two runs
 * met, and what is lost stays away until the next run.
 * @type {(connection: Connection) => void}
 */
export const heal = ({ marks, isDown, ask }) => {
  if (!marks.size && !isDown && ask) ask();
};

/**
 * Let `ask` be called once the connection is back, until nobody watches any more.
 * @type {(connection: Connection, ask: () => void) => Stop}
 */
export const watch = (connection, ask) => {
  connection.ask = ask;
  return () => {
    connection.ask = null;
    set(connection, false);
  };
};

// --- the page -----------------------------------------------------------------------------------------------------

const isUp = () => !document.querySelector(`${PROBE}:disabled`);

/** @type {(button: Element) => string | null} */
const nameOf = (button) => {
  const names = [...button.closest("[class*=st-key-]")?.classList ?? []];
  return names.find((name) => name.startsWith("st-key-")) ?? null;
};

/** @type {(connection: Connection, event: Event) => void} */
const hear = (connection, event) => {
  const button = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
  if (!button || tap(connection, button.closest(CHOICES) ? nameOf(button) : null)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** One listener a document, which outlives what it watches over. @returns {Connection} */
const begin = () => {
  const page = document.documentElement;
  const connection = newConnection((isDown) => page.classList.toggle("connection-down", isDown));
  const look = new MutationObserver(() => notice(connection, isUp()));
  look.observe(page, { subtree: true, attributeFilter: ["disabled"] });
  window.addEventListener("click", (event) => hear(connection, event), { capture: true });
  return connection;
};

/** @type {(component: Component<{ run: string }>) => Stop} */
export default ({ data, parentElement, setTriggerValue }) => {
  window.sagramConnection ??= begin();
  const connection = window.sagramConnection;
  if (!data.run) return watch(connection, () => setTriggerValue("back", 1));
  const again = acknowledge(connection, data.run, isUp());
  const button = again && document.querySelector(`.${again} button`);
  if (button instanceof HTMLElement) button.click();
  const unmark = mark(connection, parentElement, data.run);
  return () => {
    unmark();
    setTimeout(() => heal(connection), HEAL_AFTER_MS);
  };
};
