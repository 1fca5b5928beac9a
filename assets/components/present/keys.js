// Keys of a presenter: left and right, and what clickers send, change the scene; up, down and space go on within it.
//
// Not `st.button(shortcut=)`: it knows one key for a button, where a clicker's and the arrows do the same; it hears
// nothing while a slider has the focus, from which a clicker must work too; and a key that is pressed while the stage
// opens, before its buttons are there, would be lost.

/** @import { Component, KeyMove, Stage, Stop } from "../types.js" */

/** @type {Record<string, KeyMove>} */
const MOVES = {
  ArrowRight: ["scene", 1], PageDown: ["scene", 1],
  ArrowLeft: ["scene", -1], PageUp: ["scene", -1],
  ArrowDown: ["step", 1], " ": ["step", 1], ArrowUp: ["step", -1],
};
// Who types or moves a slider keeps the keys that do so; a clicker's keys change the scene even from a slider.
const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable=true]";
const OWN_ARROWS = "input, [role=slider], [role=radio], [role=tab], [role=option], [role=menuitem]";
const OWN_SPACE = "button, a, summary, [role=button], [role=radio], [role=tab], [role=switch], input";
const KEPT_MS = 3000;

/**
 * Return where a key that is pressed leads; null for keys of others, and for those held down or with a modifier.
 * @param {Pick<KeyboardEvent, "key" | "defaultPrevented" | "repeat" | "ctrlKey" | "metaKey" | "altKey">} event
 * @param {{ closest: (selector: string) => unknown } | null} target What has the focus.
 * @returns {KeyMove | null}
 */
export const moveOf = ({ key, defaultPrevented, repeat, ctrlKey, metaKey, altKey }, target) => {
  if (defaultPrevented || repeat || ctrlKey || metaKey || altKey || !Object.hasOwn(MOVES, key)) return null;
  return target && isKept(target, key) ? null : MOVES[key];
};

/** @type {(target: { closest: (selector: string) => unknown }, key: string) => boolean} */
const isKept = (target, key) => {
  if (target.closest(TYPING)) return true;
  if (key.startsWith("Arrow")) return Boolean(target.closest(OWN_ARROWS));
  return key === " " && Boolean(target.closest(OWN_SPACE));
};

/**
 * Make what outlives a drawing of the stage: a key that is pressed while it opens is kept for it for a moment. A click
 * begins something new, and what was pressed before it is meant for nobody.
 * @param {EventTarget} page
 * @returns {Stage}
 */
export const openStage = (page) => {
  /** @type {Stage} */
  const stage = { tell: null, kept: null };
  page.addEventListener("click", () => (stage.kept = null), { capture: true });
  page.addEventListener("keydown", (event) => {
    const [target] = event.composedPath();
    const move = moveOf(/** @type {KeyboardEvent} */ (event), target instanceof Element ? target : null);
    if (!move) return;
    if (!stage.tell) {
      stage.kept = { move, at: event.timeStamp };
      return;
    }
    event.preventDefault();
    stage.tell(...move);
  });
  return stage;
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
