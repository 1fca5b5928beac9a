// Asks the server every few seconds whether anything in the room is new, and only then lets the page run.

import { keepViews } from "../elements.js";

/** @import { Component, NewsPayload } from "../types.js" */
/** @typedef {ReturnType<typeof create>} View */

/**
 * Return after how many milliseconds to ask again: phones that joined together do not ask together for ever.
 * @type {(seconds: number, random?: number) => number}
 */
export const pauseFor = (seconds, random = Math.random()) => seconds * 1000 * (0.9 + 0.2 * random);

/**
 * Whether an answer tells of anything that the page shows and that is different there; an empty one tells of nothing.
 * @type {(shown: { led: string, count: string }, answer: string) => boolean}
 */
export const isNews = (shown, answer) => {
  const [led, count] = answer.split(" ");
  if (!led) return false;
  return (shown.led !== "" && shown.led !== led) || (shown.count !== "" && shown.count !== count);
};

/** @type {(view: { data: NewsPayload, send: (name: string, value: unknown) => void }) => Promise<void>} */
export const ask = async (view) => {
  try {
    const answer = await fetch(location.origin + view.data.address, { cache: "no-store" });
    const text = answer.ok ? await answer.text() : "";
    // What is drawn may have changed while the answer was under way.
    if (isNews(view.data, text)) view.send("news", 1);
  } catch {
    // The connection is down: it is asked again.
  }
};

/** @param {View} view */
const repeat = (view) => {
  view.timer = setTimeout(async () => {
    if (!document.hidden) await ask(view);
    if (!view.isOver) repeat(view);
  }, pauseFor(view.data.seconds));
};

/** @param {Component<NewsPayload>} component */
const create = ({ data, setTriggerValue }) => {
  const view = {
    data, send: setTriggerValue, isOver: false,
    timer: /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined),
    wake: () => {
      if (!document.hidden) ask(view);
    },
  };
  document.addEventListener("visibilitychange", view.wake);
  repeat(view);
  return view;
};

export default keepViews({
  create,
  update: (view, { data, setTriggerValue }) => Object.assign(view, { data, send: setTriggerValue }),
  end: (view) => {
    view.isOver = true;
    clearTimeout(view.timer);
    document.removeEventListener("visibilitychange", view.wake);
  },
});
