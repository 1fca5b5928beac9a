// What the page needs that Streamlit has no way to say: fields for digits bring up the keypad of a phone.

/** Names of people and codes of rooms are texts, mostly of digits. */
const TEXTS = ".st-key-person input, .st-key-typed_room input, .st-key-room_code input";
const NUMBERS = ".stNumberInput input";

/**
 * Return the keypad that a field should bring up; none where letters may be needed.
 * @type {(field: { type: string, value: string }) => string}
 */
export const keypadOf = ({ type, value }) => {
  if (type === "number") return "decimal";
  return /^\d*$/u.test(value) ? "numeric" : "";
};

/** @param {ParentNode} page */
const markFields = (page) => {
  const found = [...page.querySelectorAll(`${TEXTS}, ${NUMBERS}`)];
  const fields = found.filter((field) => field instanceof HTMLInputElement);
  for (const field of fields) {
    const keypad = keypadOf(field);
    if (field.inputMode !== keypad) field.inputMode = keypad;
  }
};

if (typeof document !== "undefined") {
  new MutationObserver(() => markFields(document)).observe(document.body, { childList: true, subtree: true });
}
