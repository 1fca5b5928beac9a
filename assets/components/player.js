// A clock with buttons: play, step, back, reset, speed and a line of all frames; by touch, mouse and keyboard. What
// moves, and what a frame says, is the view's. Nothing moves by itself for those who asked for less motion.

const { element } = await import(new URL(`pair.js${new URL(import.meta.url).search}`, import.meta.url));

const SPEEDS = [0.5, 1, 2, 4];
const FRAME_MS_MOST = 64;
const ICONS = {
  reset: "M6 5h2.4v14H6zM19 5v14L9.4 12z",
  back: "M15.5 4.5v15L6 12z",
  play: "M8 4.5v15L19.5 12z",
  pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
  step: "M8.5 4.5v15L18 12z",
};

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const sheetOf = async (name) => {
  const sheet = new CSSStyleSheet();
  const address = new URL(`${name}.css${new URL(import.meta.url).search}`, import.meta.url);
  sheet.replaceSync(await (await fetch(address)).text());
  return sheet;
};

const icon = (lines) => {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", lines);
  drawing.append(path);
  return drawing;
};

// --- time --------------------------------------------------------------------------------------------------------

// The view gives: draw(frame, part) for every picture, show(frame) whenever another frame begins, and how long a frame
// moves and rests, in milliseconds. ``part`` runs from 0 to 1 while the frame's own motion lasts.
class Player {
  constructor(root, view) {
    Object.assign(this, { root, view, frame: 0, part: 1, last: 0, isPlaying: false, speed: 1, rested: 0, request: 0 });
    this.build();
  }

  // Take the frames of a new run: the place is kept, unless the run is of another kind.
  load(n_frames, { words, restart }) {
    this.last = n_frames - 1;
    this.words = words;
    this.name();
    this.jump(restart ? 0 : Math.min(this.frame, this.last));
  }

  jump(frame) {
    this.enter(Math.max(0, Math.min(this.last, frame)), 1);
  }

  step() {
    if (this.frame < this.last) this.enter(this.frame + 1, still() ? 1 : 0);
  }

  enter(frame, part) {
    Object.assign(this, { frame, part, rested: 0 });
    this.line.value = String(frame);
    this.line.max = String(this.last);
    this.root.dataset.frame = String(frame);
    this.root.dataset.isLast = String(frame === this.last);
    this.line.setAttribute("aria-valuetext", this.view.show(frame));
    this.view.draw(frame, part);
    if (part < 1) this.run();
  }

  play() {
    if (this.frame === this.last) this.jump(0);
    this.isPlaying = true;
    this.name();
    this.run();
  }

  pause() {
    this.isPlaying = false;
    this.name();
  }

  toggle() {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  run() {
    if (this.request) return;
    this.before = performance.now();
    this.request = requestAnimationFrame((now) => this.tick(now));
  }

  tick(now) {
    this.request = 0;
    const passed = Math.min(FRAME_MS_MOST, Math.max(0, now - this.before)) * this.speed;
    this.before = now;
    if (this.part < 1) {
      this.part = Math.min(1, this.part + passed / this.view.moves(this.frame));
      this.view.draw(this.frame, this.part);
    } else if (this.isPlaying) {
      this.rested += passed;
      if (this.rested >= this.view.rests(this.frame)) this.step();
      if (this.frame === this.last && this.part === 1) this.pause();
    }
    if (this.part < 1 || this.isPlaying) this.request = this.request || requestAnimationFrame((at) => this.tick(at));
  }

  end() {
    cancelAnimationFrame(this.request);
  }

  // --- buttons ---------------------------------------------------------------------------------------------------

  build() {
    this.buttons = {};
    const bar = this.root.querySelector(".controls");
    const acts = {
      reset: () => { this.pause(); this.jump(0); },
      back: () => { this.pause(); this.jump(this.frame - 1); },
      play: () => this.toggle(),
      step: () => { this.pause(); this.step(); },
    };
    for (const [name, act] of Object.entries(acts)) {
      const button = element("button", `control ${name}`);
      button.type = "button";
      button.append(icon(ICONS[name]));
      button.onclick = act;
      this.buttons[name] = button;
      bar.append(button);
    }
    this.line = element("input", "line");
    Object.assign(this.line, { type: "range", min: "0", step: "1" });
    this.line.oninput = () => { this.pause(); this.jump(Number(this.line.value)); };
    this.buttons.speed = element("button", "control speed");
    this.buttons.speed.type = "button";
    this.buttons.speed.onclick = () => {
      this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
      this.name();
    };
    bar.append(this.line, this.buttons.speed);
    this.root.onkeydown = (event) => this.press(event);
  }

  press(event) {
    // A button's own space and a line's own arrows are left to them.
    const from = event.composedPath()[0];
    if (from === this.line || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = { ArrowRight: "step", ArrowLeft: "back", Home: "reset", " ": "play" };
    const name = keys[event.key];
    if (!name || (name === "play" && from.tagName === "BUTTON")) return;
    event.preventDefault();
    event.stopPropagation();
    this.buttons[name].click();
  }

  name() {
    const { words } = this;
    const playing = this.isPlaying ? "pause" : "play";
    this.root.dataset.playing = String(this.isPlaying);
    for (const name of ["reset", "back", "step"]) this.buttons[name].setAttribute("aria-label", words[name]);
    this.buttons.play.replaceChildren(icon(ICONS[playing]), element("span", "", words[playing]));
    this.buttons.speed.textContent = `${this.speed}×`;
    this.buttons.speed.setAttribute("aria-label", `${words.speed} ${this.speed}×`);
    this.line.setAttribute("aria-label", words.line);
  }
}

export { Player, icon, sheetOf, still };
