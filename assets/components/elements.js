// What every component has to do with the page: its elements, its style sheets, the theme, and one view for each place.

/** @import { Component, Stop, ViewOf, Watcher } from "./types.js" */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

/**
 * Return the first such element, which the component's own HTML holds.
 * @template {Element} Found
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Found} Type
 * @returns {Found}
 */
export const find = (root, selector, Type) => {
  const found = root.querySelector(selector);
  if (!(found instanceof Type)) throw new TypeError(`the component has no ${selector}`);
  return found;
};

/** @type {(root: ParentNode, selector: string) => HTMLElement[]} */
export const findAll = (root, selector) =>
  [...root.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);

/** @type {(root: ParentNode, selector: string) => HTMLButtonElement[]} */
export const findButtons = (root, selector) =>
  findAll(root, selector).filter((found) => found instanceof HTMLButtonElement);

/**
 * Say what a canvas shows. A picture without a name shuts people out, so a canvas becomes one by this alone: until then
 * it has no role.
 * @type {(canvas: Element, text: string) => void}
 */
export const describe = (canvas, text) => {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", text);
};

/**
 * Return names and values as rows of a list of definitions.
 * @type {(figures: [string, string][]) => HTMLDivElement[]}
 */
export const figureRows = (figures) => figures.map(([name, value]) => {
  const row = element("div");
  row.append(element("dt", "", name), element("dd", "", value));
  return row;
});

/** Return a picture of one path on a grid of 24, for a button. @param {string} lines */
export const icon = (lines) => {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", lines);
  drawing.append(path);
  return drawing;
};

/**
 * Read a style sheet that every shadow root of a component shares.
 * @param {URL} address Beside the module that asks, so of its version.
 */
export const stylesheet = async (address) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await (await fetch(address)).text());
  return sheet;
};

export const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Call `resized` whenever an observed element has another size, `themed` whenever the page has another look: its theme
 * may change without a new render.
 * @param {() => void} resized
 * @param {() => void} [themed]
 * @returns {Watcher}
 */
export const watch = (resized, themed = resized) => {
  const size = new ResizeObserver(resized);
  const theme = new MutationObserver(themed);
  const app = document.querySelector(".stApp");
  if (app) theme.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  return {
    size,
    end: () => {
      size.disconnect();
      theme.disconnect();
    },
  };
};

/**
 * Return what Streamlit calls with every new data: one view lives in each place until the place is gone.
 * @template Data, View
 * @param {ViewOf<Data, View>} how
 * @returns {(component: Component<Data>) => Stop}
 */
export const keepViews = ({ create, update, end }) => {
  /** @type {WeakMap<ShadowRoot, View>} */
  const views = new WeakMap();
  return (component) => {
    const { parentElement } = component;
    const before = views.get(parentElement);
    const view = before ?? create(component);
    views.set(parentElement, view);
    update(view, component, before === undefined);
    return () => {
      end(view);
      views.delete(parentElement);
    };
  };
};
