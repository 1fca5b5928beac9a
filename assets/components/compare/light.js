// Which group is lit: the pictures and the cards are components of their own, so they talk through the page.

const EVENT = "sagram-light";

/** @param {number | null} group */
export const tell = (group) => document.dispatchEvent(new CustomEvent(EVENT, { detail: group }));

/**
 * Call `light` with whatever is lit from now on, until the returned function is called.
 * @param {(group: number | null) => void} light
 * @returns {() => void}
 */
export const hear = (light) => {
  /** @param {Event} event */
  const listen = (event) => {
    if (event instanceof CustomEvent) light(event.detail);
  };
  document.addEventListener(EVENT, listen);
  return () => document.removeEventListener(EVENT, listen);
};
