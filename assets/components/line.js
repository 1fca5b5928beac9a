// While the line to the server is down, and until the server has drawn this screen once more, nothing is tapped in vain:
// the page says so and takes no taps. A server that was started anew knows nothing of a screen drawn before, and Streamlit
// passes over what is tapped there without a word.

// Streamlit disables every button while it has no connection (its own browser tests hold it to that), in the moment it
// learns of it. This one is disabled for no other reason: to look at it asks the server nothing.
const WITNESS = ".st-key-line_witness button";
const BUTTONS = ".stMain button";
// A choice counts once, however often it is sent: one that was tapped when the line was dead already is tapped again.
const CHOICES = ".st-key-choices_of_one, .st-key-votes";

const place = document.documentElement;
const isUp = () => !document.querySelector(WITNESS)?.disabled;
const nameOf = (button) => [...(button.closest("[class*=st-key-]")?.classList ?? [])].find((name) => name.startsWith("st-key-"));

const fall = (line) => {
  line.isDown = true;
  place.classList.add("line-down");
};

const rise = (line) => {
  line.isDown = false;
  place.classList.remove("line-down");
};

// One listener a document, which outlives what it watches over.
const begun = () => {
  const line = { isDown: false, drawn: null, tapped: null, ask: null };
  new MutationObserver(() => {
    if (!line.ask) return;
    if (!isUp()) fall(line);
    else if (line.isDown) line.ask();
  }).observe(place, { subtree: true, attributeFilter: ["disabled"] });
  window.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
    if (!button || !line.ask) return;
    if (!line.isDown) {
      line.tapped = button.closest(CHOICES) ? nameOf(button) : null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  return line;
};

const line = (window.sagramLine ??= begun());

const heardAgain = (run) => {
  if (line.drawn === run) return;
  line.drawn = run;
  const again = line.isDown ? line.tapped : null;
  line.tapped = null;
  if (!isUp()) return;
  rise(line);
  if (again) document.querySelector(`.${again} button`)?.click();
};

export default function ({ data, setTriggerValue }) {
  if (data.run) {
    heardAgain(data.run);
    return () => {};
  }
  line.ask = () => setTriggerValue("back", 1);
  return () => {
    line.ask = null;
    rise(line);
  };
}
