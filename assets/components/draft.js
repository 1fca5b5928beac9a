// What is half typed or ticked in a form stays on the phone until it is sent, so that a presenter who goes on, or a
// reload, loses nothing. It goes nowhere from here.

const boxesOf = (form) => [...form.querySelectorAll("input[type=checkbox], input[type=radio]")];
const wordsOf = (form) => form.querySelector("textarea");

// A draft that began from another answer than the one on disk is of the past.
const read = (name, answer) => {
  try {
    const draft = JSON.parse(sessionStorage.getItem(name));
    if (draft?.answer === answer) return draft;
    sessionStorage.removeItem(name);
  } catch {
    // Where nothing can be kept there is nothing.
  }
  return null;
};

const write = (name, draft) => {
  try {
    sessionStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // What cannot be kept is still on the screen.
  }
};

// As fingers do it: Streamlit's form takes no notice of anything else.
const fill = (form, draft) => {
  boxesOf(form).forEach((box, i) => {
    if (box.checked !== draft.ticked[i] && (draft.ticked[i] || box.type === "checkbox")) box.click();
  });
  const words = wordsOf(form);
  if (words.value === draft.text) return;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(words, draft.text);
  words.dispatchEvent(new Event("input", { bubbles: true }));
};

export default function (component) {
  const { place, answer, inside } = component.data;
  const name = `sagram.draft.${place}`;
  let form = null;
  const keep = () => {
    write(name, { answer, ticked: boxesOf(form).map((box) => box.checked), text: wordsOf(form).value });
  };
  const begin = () => {
    const found = document.querySelector(`.st-key-${inside}`);
    if (!found || !wordsOf(found)) return false;
    form = found;
    const draft = read(name, answer);
    if (draft) fill(form, draft);
    form.addEventListener("input", keep);
    return true;
  };
  const watch = new MutationObserver(() => begin() && watch.disconnect());
  if (!begin()) watch.observe(document.body, { childList: true, subtree: true });
  return () => {
    watch.disconnect();
    form?.removeEventListener("input", keep);
  };
}
