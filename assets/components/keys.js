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

export default function (component) {
  const { setTriggerValue } = component;
  const onKey = (event) => {
    const known = KEYS[event.key];
    if (!known || event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keeps(event.composedPath()[0], event.key)) return;
    event.preventDefault();
    setTriggerValue(known[0], known[1]);
  };
  window.addEventListener("keydown", onKey);
  return () => window.removeEventListener("keydown", onKey);
}
