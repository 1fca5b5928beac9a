import assert from "node:assert/strict";
import test from "node:test";

import { keypadOf } from "../../assets/components/page.js";

test("a field for digits brings up the keypad, and one with letters the keyboard", () => {
  const texts = ["", "42", "A7", "홍길동"].map((value) => keypadOf({ type: "text", value }));

  assert.deepEqual(texts, ["numeric", "numeric", "", ""]);
  assert.equal(keypadOf({ type: "number", value: "" }), "decimal");
});
