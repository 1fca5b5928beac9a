// The time of a player: frames that move for a while, then rest, and go on by themselves while it plays.

/** @import { ClockFace } from "../types.js" */

export const SPEEDS = [0.5, 1, 2, 4];

export class Clock {
  /** Whether it goes on from frame to frame by itself. */
  isPlaying = false;

  frame = 0;
  last = 0;

  /** Runs from 0 to 1 while the frame's own motion lasts. */
  part = 1;

  speed = 1;

  /** Milliseconds at speed 1 since the frame stood still. */
  rested = 0;

  /** @param {ClockFace} face */
  constructor(face) {
    this.face = face;
  }

  get isRunning() {
    return this.part < 1 || this.isPlaying;
  }

  /**
   * Take the frames of a new run: the place is kept, unless the run is of another kind.
   * @param {number} count
   * @param {{ restart: boolean }} how
   */
  load(count, { restart }) {
    this.last = count - 1;
    this.jump(restart ? 0 : this.frame);
  }

  /** Be at a frame, or at the nearest that there is, without motion. @param {number} frame */
  jump(frame) {
    this.#enter(Math.max(0, Math.min(this.last, frame)), 1);
  }

  step() {
    if (this.frame < this.last) this.#enter(this.frame + 1, this.face.isStill() ? 1 : 0);
  }

  play() {
    if (this.frame === this.last) this.jump(0);
    this.isPlaying = true;
    this.face.changed();
  }

  pause() {
    this.isPlaying = false;
    this.face.changed();
  }

  toggle() {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  nextSpeed() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    this.face.changed();
  }

  /** Let time go by. @param {number} milliseconds */
  pass(milliseconds) {
    if (this.part < 1) this.#move(milliseconds * this.speed);
    else if (this.isPlaying) this.#rest(milliseconds * this.speed);
  }

  /** @type {(frame: number, part: number) => void} */
  #enter(frame, part) {
    Object.assign(this, { frame, part, rested: 0 });
    this.face.entered(frame);
    this.face.draw(frame, part);
  }

  /** @param {number} passed */
  #move(passed) {
    this.part = Math.min(1, this.part + passed / this.face.moves(this.frame));
    this.face.draw(this.frame, this.part);
  }

  /** @param {number} passed */
  #rest(passed) {
    this.rested += passed;
    if (this.rested >= this.face.rests(this.frame)) this.step();
    if (this.frame === this.last && this.part === 1) this.pause();
  }
}
