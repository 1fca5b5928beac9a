import assert from "node:assert/strict";
import test from "node:test";

import { reasonOf, respond, throwCoins } from "../../assets/components/survey/randomised_response.js";

/** @typedef {import("../../assets/components/types.js").Coins} Coins */

/** @type {Coins[]} */
const ALL = [["head", "head"], ["head", "tail"], ["tail", "head"], ["tail", "tail"]];
const ANSWERS = /** @type {const} */ (["yes", "no"]);

test("heads tells the truth; tails lets the second coin speak", () => {
  assert.deepEqual(ALL.map((coins) => respond(coins, "yes")), ["yes", "yes", "yes", "no"]);
  assert.deepEqual(ALL.map((coins) => respond(coins, "no")), ["no", "no", "yes", "no"]);
});

test("an answer is three times as likely from those of whom it is true: ε = ln 3, for either answer", () => {
  for (const answer of ANSWERS) {
    const [yes, no] = ANSWERS.map((truth) => ALL.filter((coins) => respond(coins, truth) === answer).length);
    assert.equal(Math.max(yes, no) / Math.min(yes, no), 3);
  }
});

test("what is said of a throw is the coins' reason", () => {
  assert.deepEqual(ALL.map(reasonOf), ["truth", "truth", "other_yes", "other_no"]);
});

test("the coins fall as the law says", () => {
  const count = (/** @type {"yes" | "no"} */ truth) =>
    Array.from({ length: 8000 }, () => respond(throwCoins(), truth)).filter((said) => said === "yes").length;

  // Six standard deviations of 8,000 throws are 232.
  assert.ok(Math.abs(count("yes") - 6000) < 240);
  assert.ok(Math.abs(count("no") - 2000) < 240);
});

test("the two coins know nothing of each other", () => {
  const same = Array.from({ length: 8000 }, throwCoins).filter(([first, second]) => first === second).length;

  // Six standard deviations of 8,000 throws are 268.
  assert.ok(Math.abs(same - 4000) < 270);
});
