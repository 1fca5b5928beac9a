// Keys of a presenter and of clickers, which send those of a slide show: on and back, black, and digits for a scene.
//
// Not `st.button(shortcut=)`: it knows one key for a button, where a clicker's and the arrows do the same; it hears
// nothing while a slider has the focus, from which a clicker must work too; and a key that is pressed while the stage
// opens, before its buttons are there, would be lost.

/** @import { Component, KeyMove, Stage, Stop } from "../types.js" */

/** @type {Record<string, KeyMove>} */
const MOVES = {
  ArrowRight: ["advance", 1], ArrowDown: ["advance", 1], PageDown: ["advance", 1], " ": ["advance", 1],
  ArrowLeft: ["advance", -1], ArrowUp: ["advance", -1], PageUp: ["advance", -1],
  b: ["black", 1], ".": ["black", 1],
  ...Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [String(digit), ["scene", digit]])),
};
const TYPING = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
// What the Tab key was led to keeps the keys that work it. What was clicked keeps none: who has moved a slider with the
// mouse holds a clicker the moment after, and it must not move the slider.
const OWN_ARROWS = "input, [role=slider], [role=radio], [role=tab]";
const OWN_SPACE = "button, a, summary, input, [role=button], [role=radio], [role=tab]";
// What is open in front of the stage is worked by keys, however it was opened.
const OPEN_LISTS = "[role=option], [role=menuitem], [role=listbox]";
const KEPT_MS = 3000;

/** @typedef {{ closest: (selector: string) => unknown }} Focus */

/**
 * Return where a key that is pressed leads; null for keys of others, and for those held down or with a modifier.
 * @param {Pick<KeyboardEvent, "key" | "repeat" | "ctrlKey" | "metaKey" | "altKey">} event
 * @param {Focus | null} target What has the focus.
 * @param {boolean} byKeyboard Whether the Tab key has led there.
 * @returns {KeyMove | null}
 */
export const moveOf = ({ key, repeat, ctrlKey, metaKey, altKey }, target, byKeyboard) => {
  // With the capitals locked it is the same key.
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (repeat || ctrlKey || metaKey || altKey || !Object.hasOwn(MOVES, name)) return null;
  return target && isKept(target, key, byKeyboard) ? null : MOVES[name];
};

/** @type {(target: Focus, key: string, byKeyboard: boolean) => boolean} */
const isKept = (target, key, byKeyboard) => {
  if (target.closest(TYPING) || target.closest(OPEN_LISTS)) return true;
  if (key.startsWith("Arrow")) return byKeyboard && Boolean(target.closest(OWN_ARROWS));
  return byKeyboard && key === " " && Boolean(target.closest(OWN_SPACE));
};

/**
 * Make what outlives a drawing of the stage: a key that is pressed while it opens is kept for it for a moment. A click
 * begins something new, and what was pressed before it is meant for nobody.
 * @param {EventTarget} page
 * @returns {Stage}
 */
export const openStage = (page) => {
  /** @type {Stage} */
  const stage = { tell: null, kept: null, byKeyboard: false };
  const first = { capture: true };
  page.addEventListener("click", () => (stage.kept = null), first);
  page.addEventListener("pointerdown", () => (stage.byKeyboard = false), first);
  // Before whatever has the focus: a slider would move, and a button be pressed once more.
  page.addEventListener("keydown", (event) => hear(stage, /** @type {KeyboardEvent} */ (event)), first);
  return stage;
};

/** @type {(stage: Stage, event: KeyboardEvent) => void} */
const hear = (stage, event) => {
  if (event.key === "Tab") stage.byKeyboard = true;
  const [target] = event.composedPath();
  const move = moveOf(event, target instanceof Element ? target : null, stage.byKeyboard);
  if (!move) return;
  if (!stage.tell) {
    stage.kept = { move, at: event.timeStamp };
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  stage.tell(...move);
};

/**
 * Let `tell` hear of keys, of one that was kept for it first.
 * @type {(stage: Stage, tell: Stage["tell"] & {}, now: number) => Stop}
 */
export const enterStage = (stage, tell, now) => {
  const { kept } = stage;
  Object.assign(stage, { tell, kept: null });
  if (kept && now - kept.at < KEPT_MS) tell(...kept.move);
  return () => {
    if (stage.tell === tell) stage.tell = null;
  };
};

/** @type {(component: Component<{ is_stage: boolean }>) => Stop | null} */
export default ({ data, setTriggerValue }) => {
  // One listener a document.
  window.sagramStage ??= openStage(window);
  return data.is_stage ? enterStage(window.sagramStage, setTriggerValue, performance.now()) : null;
};
