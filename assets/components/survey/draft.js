// What is half typed or ticked in a form stays on the phone until it is sent, so that a presenter who goes on, or a
// reload, loses nothing. It goes nowhere from here.

/** @import { Component, Draft, DraftPayload, Stop } from "../types.js" */

/** @type {(form: Element) => HTMLInputElement[]} */
const boxesOf = (form) =>
  [...form.querySelectorAll("input")].filter(({ type }) => type === "checkbox" || type === "radio");

/**
 * Return the draft kept by this name. One that began from another answer than the one on disk is of the past.
 * @type {(name: string, answer: string) => Draft | null}
 */
export const recall = (name, answer) => {
  try {
    /** @type {Draft | null} */
    const draft = JSON.parse(sessionStorage.getItem(name) ?? "null");
    if (draft?.answer === answer) return draft;
    sessionStorage.removeItem(name);
  } catch {
    // Where nothing can be kept there is nothing.
  }
  return null;
};

/** @type {(name: string, draft: Draft) => void} */
export const keep = (name, draft) => {
  try {
    sessionStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // What cannot be kept is still on the screen.
  }
};

/**
 * Return which boxes are to be clicked, so that they are ticked as in a draft: a radio is let go by its neighbour.
 * @type {(boxes: { type: string, checked: boolean }[], ticked: boolean[]) => number[]}
 */
export const clicksFor = (boxes, ticked) => [...boxes.keys()].filter((i) =>
  boxes[i].checked !== ticked[i] && (ticked[i] || boxes[i].type === "checkbox"));

/**
 * Fill a form in as fingers do it: Streamlit's takes no notice of anything else.
 * @type {(form: Element, words: HTMLTextAreaElement, draft: Draft) => void}
 */
const fill = (form, words, { ticked, text }) => {
  const boxes = boxesOf(form);
  for (const i of clicksFor(boxes, ticked)) boxes[i].click();
  if (words.value === text) return;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(words, text);
  words.dispatchEvent(new Event("input", { bubbles: true }));
};

/**
 * Fill in what is kept for the form inside a container, and keep what is typed from now on; null while there is none.
 * @type {(payload: DraftPayload) => Stop | null}
 */
const begin = ({ place, answer, inside }) => {
  const form = document.querySelector(`.st-key-${inside}`);
  const words = form?.querySelector("textarea");
  if (!form || !words) return null;
  const name = `sagram.draft.${place}`;
  const draft = recall(name, answer);
  if (draft) fill(form, words, draft);
  const listen = () => keep(name, { answer, ticked: boxesOf(form).map((box) => box.checked), text: words.value });
  form.addEventListener("input", listen);
  return () => form.removeEventListener("input", listen);
};

/** @type {(component: Component<DraftPayload>) => Stop} */
export default ({ data }) => {
  let stop = begin(data);
  const watch = new MutationObserver(() => {
    stop = begin(data);
    if (stop) watch.disconnect();
  });
  if (!stop) watch.observe(document.body, { childList: true, subtree: true });
  return () => {
    watch.disconnect();
    stop?.();
  };
};
