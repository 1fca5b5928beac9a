// Randomised response with two fair coins: the first says whether the truth is told, the second speaks instead.

/** @import { Answer, Coins, Face } from "../types.js" */

/** Throw both coins, with the browser's own secure randomness. @returns {Coins} */
export const throwCoins = () => {
  const [first, second] = crypto.getRandomValues(new Uint8Array(2));
  return [faceOf(first), faceOf(second)];
};

/** @type {(byte: number) => Face} */
const faceOf = (byte) => (byte & 1 ? "head" : "tail");

/**
 * Return what is answered: heads, the truth; tails, what the second coin says.
 * @type {(coins: Coins, truth: Answer) => Answer}
 */
export const respond = ([first, second], truth) => {
  if (first === "head") return truth;
  return second === "head" ? "yes" : "no";
};

/**
 * Return which sentence tells why: the truth, or the other answer and which.
 * @type {(coins: Coins) => "truth" | "other_yes" | "other_no"}
 */
export const reasonOf = ([first, second]) => {
  if (first === "head") return "truth";
  return second === "head" ? "other_yes" : "other_no";
};
