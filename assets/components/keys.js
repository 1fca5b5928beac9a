// Keys of a presenter: left and right, and what clickers send, change the scene; up, down and space go on within it.

const KEYS = {
  ArrowRight: ["scene", 1], PageDown: ["scene", 1],
  ArrowLeft: ["scene", -1], PageUp: ["scene", -1],
  ArrowDown: ["step", 1], " ": ["step", 1], ArrowUp: ["step", -1],
};
// Who types or moves a slider keeps the keys that do so; a clicker's keys change the scene even from a slider.
const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable=true]";
const OWN_ARROWS = "input, [role=slider], [role=radio], [role=tab], [role=option], [role=menuitem]";
const OWN_SPACE = "button, a, summary, [role=button], [role=radio], [role=tab], [role=switch], input";

const keeps = (target, key) => {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING)) return true;
  if (key.startsWith("Arrow")) return Boolean(target.closest(OWN_ARROWS));
  return key === " " && Boolean(target.closest(OWN_SPACE));
};

// One listener a document, which outlives what draws the stage: a key that is pressed while the stage opens is kept for
// it for a moment. A click begins something new, and what was pressed before it is meant for nobody.
const KEPT_MS = 3000;

const begun = () => {
  const stage = { tell: null, kept: null };
  window.addEventListener("click", () => { stage.kept = null; }, { capture: true });
  window.addEventListener("keydown", (event) => {
    const known = KEYS[event.key];
    if (!known || event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keeps(event.composedPath()[0], event.key)) return;
    if (!stage.tell) {
      stage.kept = { known, at: event.timeStamp };
      return;
    }
    event.preventDefault();
    stage.tell(...known);
  });
  return stage;
};

const stage = (window.sagramStage ??= begun());

export default function (component) {
  const { data, setTriggerValue } = component;
  if (!data.is_stage) return () => {};
  const tell = (name, by) => setTriggerValue(name, by);
  stage.tell = tell;
  const { kept } = stage;
  stage.kept = null;
  if (kept && performance.now() - kept.at < KEPT_MS) tell(...kept.known);
  return () => {
    if (stage.tell === tell) stage.tell = null;
  };
}
