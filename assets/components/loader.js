/** @type {Promise<{ default: (component: unknown) => (() => void) | null }>} */
const code = import(`${location.origin}{address}`);

/** @param {unknown} component */
export default (component) => {
  /** @type {(() => void) | null} */
  let stop = null;
  let isGone = false;
  code.then((script) => {
    if (!isGone) stop = script.default(component);
  });
  return () => {
    isGone = true;
    stop?.();
  };
};
