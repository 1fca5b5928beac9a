// While the connection to the server is down, and until the server has drawn this screen once more, nothing is tapped in
// vain: the page says so and takes no taps. A server that was started anew knows nothing of a screen drawn before, and
// Streamlit passes over what is tapped there without a word.

// Streamlit disables every button while it has no connection (its own browser tests hold it to that), in the moment it
// learns of it. This one is disabled for no other reason: to look at it asks the server nothing.
const PROBE = ".st-key-connection_probe button";
const BUTTONS = ".stMain button";
// A choice counts once, however often it is sent: one that was tapped when the connection was dead already is tapped again.
const CHOICES = ".st-key-choices_of_one, .st-key-votes";

const place = document.documentElement;
const isUp = () => !document.querySelector(PROBE)?.disabled;
const nameOf = (button) => [...(button.closest("[class*=st-key-]")?.classList ?? [])].find((name) => name.startsWith("st-key-"));

const lose = (connection) => {
  connection.isDown = true;
  place.classList.add("connection-down");
};

const restore = (connection) => {
  connection.isDown = false;
  place.classList.remove("connection-down");
};

// One listener a document, which outlives what it watches over.
const begin = () => {
  const connection = { isDown: false, drawn: null, tapped: null, ask: null };
  new MutationObserver(() => {
    if (!connection.ask) return;
    if (!isUp()) lose(connection);
    else if (connection.isDown) connection.ask();
  }).observe(place, { subtree: true, attributeFilter: ["disabled"] });
  window.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
    if (!button || !connection.ask) return;
    if (!connection.isDown) {
      connection.tapped = button.closest(CHOICES) ? nameOf(button) : null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  return connection;
};

const connection = (window.sagramConnection ??= begin());

const acknowledge = (run) => {
  if (connection.drawn === run) return;
  connection.drawn = run;
  const again = connection.isDown ? connection.tapped : null;
  connection.tapped = null;
  if (!isUp()) return;
  restore(connection);
  if (again) document.querySelector(`.${again} button`)?.click();
};

export default function ({ data, setTriggerValue }) {
  if (data.run) {
    acknowledge(data.run);
    return () => {};
  }
  connection.ask = () => setTriggerValue("back", 1);
  return () => {
    connection.ask = null;
    restore(connection);
  };
}
