// A clock with buttons: play, step, back, reset, speed and a line of all frames; by touch, mouse and keyboard. What
// moves, and what a frame says, is the view's. Nothing moves by itself for those who asked for less motion.

import { element, find, icon, prefersStillness } from "../elements.js";
import { Clock } from "./clock.js";

/** @import { PlayerWords, PlayerView } from "../types.js" */

// A tab that was away for long goes on where it was.
const FRAME_MS_MOST = 64;
const ICONS = {
  reset: "M6 5h2.4v14H6zM19 5v14L9.4 12z",
  back: "M15.5 4.5v15L6 12z",
  play: "M8 4.5v15L19.5 12z",
  pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
  step: "M8.5 4.5v15L18 12z",
};
const ICON_BUTTONS = /** @type {const} */ (["reset", "back", "step"]);
const KEYS = /** @type {const} */ ({ ArrowRight: "step", ArrowLeft: "back", Home: "reset", " ": "play" });

/**
 * Return the button that a key presses, if any: a button's own space and a line's own arrows are left to them.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">} event
 * @param {{ isLine: boolean, isButton: boolean }} from
 */
export const buttonOf = ({ key, ctrlKey, metaKey, altKey }, { isLine, isButton }) => {
  if (isLine || ctrlKey || metaKey || altKey || !Object.hasOwn(KEYS, key)) return null;
  const name = KEYS[/** @type {keyof typeof KEYS} */ (key)];
  return name === "play" && isButton ? null : name;
};

/** @type {(name: string, press: () => void) => HTMLButtonElement} */
const control = (name, press) => {
  const button = element("button", `control ${name}`);
  button.type = "button";
  button.onclick = press;
  return button;
};

export class Player {
  #request = 0;
  #before = 0;
  /** @type {PlayerWords | null} */
  #words = null;

  /**
   * @param {HTMLElement} root
   * @param {PlayerView} view
   */
  constructor(root, view) {
    this.root = root;
    this.view = view;
    this.clock = new Clock({
      draw: view.draw, moves: view.moves, rests: view.rests, isStill: prefersStillness,
      entered: (frame) => {
        this.#show(frame);
        this.#run();
      },
      changed: () => {
        this.#name();
        this.#run();
      },
    });
    this.line = this.#line();
    this.buttons = this.#buttons();
    find(root, ".controls", HTMLElement).append(
      ...Object.values(this.buttons).slice(0, -1), this.line, this.buttons.speed,
    );
    root.onkeydown = (event) => this.#press(event);
  }

  /**
   * @param {number} count
   * @param {{ words: PlayerWords, restart: boolean }} how
   */
  load(count, { words, restart }) {
    this.#words = words;
    this.#name();
    this.clock.load(count, { restart });
  }

  /** Draw the moment once more: the canvas has another size, or the page another look. */
  redraw() {
    this.view.draw(this.clock.frame, this.clock.part);
  }

  end() {
    cancelAnimationFrame(this.#request);
  }

  // --- time --------------------------------------------------------------------------------------------------------

  #run() {
    if (this.#request || !this.clock.isRunning) return;
    this.#before = performance.now();
    this.#request = requestAnimationFrame((now) => this.#tick(now));
  }

  /** @param {number} now */
  #tick(now) {
    this.#request = 0;
    const passed = Math.min(FRAME_MS_MOST, Math.max(0, now - this.#before));
    this.#before = now;
    this.clock.pass(passed);
    if (this.clock.isRunning) this.#request ||= requestAnimationFrame((then) => this.#tick(then));
  }
  // --- buttons -----------------------------------------------------------------------------------------------------

  #line() {
    const line = element("input", "line");
    Object.assign(line, { type: "range", min: "0", step: "1" });
    line.oninput = () => this.#go(() => this.clock.jump(Number(line.value)));
    return line;
  }

  #buttons() {
    const { clock } = this;
    const buttons = {
      reset: control("reset", () => this.#go(() => clock.jump(0))),
      back: control("back", () => this.#go(() => clock.jump(clock.frame - 1))),
      play: control("play", () => clock.toggle()),
      step: control("step", () => this.#go(() => clock.step())),
      speed: control("speed", () => clock.nextSpeed()),
    };
    for (const name of ICON_BUTTONS) buttons[name].append(icon(ICONS[name]));
    return buttons;
  }

  /** Whoever goes somewhere by hand does not want to be carried on. @param {() => void} move */
  #go(move) {
    this.clock.pause();
    move();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const [from] = event.composedPath();
    const name = buttonOf(event, { isLine: from === this.line, isButton: from instanceof HTMLButtonElement });
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    this.buttons[name].click();
  }

  /** @param {number} frame */
  #show(frame) {
    const { last } = this.clock;
    Object.assign(this.line, { max: String(last), value: String(frame) });
    Object.assign(this.root.dataset, { frame: String(frame), isLast: String(frame === last) });
    this.line.setAttribute("aria-valuetext", this.view.show(frame));
  }

  #name() {
    if (!this.#words) return;
    const { clock: { isPlaying, speed }, buttons } = this;
    const words = this.#words;
    const play = isPlaying ? "pause" : "play";
    this.root.dataset.playing = String(isPlaying);
    for (const name of ICON_BUTTONS) buttons[name].setAttribute("aria-label", words[name]);
    buttons.play.replaceChildren(icon(ICONS[play]), element("span", "", words[play]));
    buttons.speed.textContent = `${speed}×`;
    buttons.speed.setAttribute("aria-label", `${words.speed} ${speed}×`);
    this.line.setAttribute("aria-label", words.line);
  }
}
