import assert from "node:assert/strict";
import test from "node:test";

import { keepViews } from "../../assets/components/elements.js";

/** @typedef {import("../../assets/components/types.js").Component<string>} Component */

/** @type {(data: string, parentElement: object) => Component} */
const called = (data, parentElement) => /** @type {Component} */ (/** @type {unknown} */ ({ data, parentElement }));

/** Views that write down what happens to them. */
const observe = () => {
  /** @type {string[]} */
  const seen = [];
  const draw = keepViews({
    create: (/** @type {Component} */ { data }) => {
      seen.push(`create ${data}`);
      return { data };
    },
    update: (view, { data }, isNew) => {
      seen.push(`update ${data}${isNew ? " at first" : ""}`);
      view.data = data;
    },
    end: ({ data }) => seen.push(`end ${data}`),
  });
  return { seen, draw };
};

test("a place keeps its view while its data changes", () => {
  const { seen, draw } = observe();
  const place = {};
  draw(called("a", place));
  draw(called("b", place));

  assert.deepEqual(seen, ["create a", "update a at first", "update b"]);
});

test("two places have a view each", () => {
  const { seen, draw } = observe();
  draw(called("a", {}));
  draw(called("b", {}));

  assert.deepEqual(seen, ["create a", "update a at first", "create b", "update b at first"]);
});

test("a place that is gone and comes back begins anew", () => {
  const { seen, draw } = observe();
  const place = {};
  draw(called("a", place))();
  draw(called("b", place));

  assert.deepEqual(seen, ["create a", "update a at first", "end a", "create b", "update b at first"]);
});
