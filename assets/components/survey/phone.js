// Who this phone is in a room: random letters made here and kept here, one word for each room, so that a reload goes on
// where it was and nobody can tell that the same phone was in two rooms. It never stands in an address.

/** @import { Component } from "../types.js" */

const BYTES = 16;
/**
 * What a browser keeps as long as the page, where it keeps nothing longer (some private windows).
 * @type {Map<string, string>}
 */
const unkept = new Map();

/** Return random letters that nobody can guess. */
export const drawToken = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @type {(name: string) => string | null} */
export const recall = (name) => {
  try {
    return localStorage.getItem(name) ?? unkept.get(name) ?? null;
  } catch {
    return unkept.get(name) ?? null;
  }
};

/**
 * Return what is kept by this name; what `make` makes is kept the first time.
 * @type {(name: string, make: () => string) => string}
 */
export const remember = (name, make) => {
  const kept = recall(name);
  if (kept !== null) return kept;
  const made = make();
  try {
    localStorage.setItem(name, made);
  } catch {
    unkept.set(name, made);
  }
  return made;
};

/** @type {(component: Component<{ place: string }>) => void} */
export default ({ data, setStateValue }) => {
  setStateValue("token", remember(`sagram.token.${data.place}`, drawToken));
};
