// What the components' scripts are given, by Streamlit and by our own pages, and what they make of it. Only checked:
// nothing of this reaches a browser. A payload is what the page of the same name sends.

// --- Streamlit ----------------------------------------------------------------------------------------------------

/** What Streamlit calls a component with, whenever its data changes; it calls what is returned when the place is gone. */
export interface Component<Data> {
  data: Data;
  parentElement: ShadowRoot;
  setStateValue: Send;
  setTriggerValue: Send;
}
export type Send = (name: string, value: unknown) => void;
export type Stop = () => void;

/** Redraws when an observed element has another size, or the page another theme. */
export interface Watcher { size: ResizeObserver; end: Stop }
/** How a component makes its view of a place, brings it up to date, and puts it away. */
export interface ViewOf<Data, View> {
  create: (component: Component<Data>) => View;
  update: (view: View, component: Component<Data>, isNew: boolean) => void;
  end: (view: View) => void;
}

// --- drawing ------------------------------------------------------------------------------------------------------

export interface Place { x: number; y: number }
/** What of a canvas says how large it is. */
export interface Size { clientWidth: number; clientHeight: number }
/** A frame of a player, and how much of its motion has been gone. */
export interface Time { frame: number; part: number }
export type Corner = [x: number, y: number];
export type Path = CanvasRenderingContext2D | Path2D;
export type TypedArrayType<Numbers> = new (buffer: ArrayBuffer) => Numbers;

export interface Style {
  isDark: boolean;
  palette: string[];
  ground: string;
  line: string;
  text: string;
  quiet: string;
  font: string;
}

/** Where values are on a picture, and the frame around them. */
export interface Scale {
  left: number;
  top: number;
  wide: number;
  high: number;
  x: (value: number) => number;
  y: (value: number) => number;
}
export interface SquareScale extends Scale { side: number }

export interface Picture<Where = Scale> {
  pen: CanvasRenderingContext2D;
  scale: Where;
  style: Style;
}

export interface Axis { label: string; ticks: { at: number; text: string }[] }
export interface Axes { x: Axis; y: Axis }
/** How far from the frame axes are written on. */
export interface Labels {
  ticksBelow: number;
  ticksBeside: number;
  titleBelow: number;
  titleBeside: number;
  isFramed: boolean;
}

// --- the comparison -----------------------------------------------------------------------------------------------

export interface Bar { at: number; text: string }
export interface Row { label: string; average: number; private: Bar; plain: Bar | null }
export interface Group { name: string; size: string; rows: Row[]; overlap: string }
export interface Run { now: boolean; height: number; title: string; text: string; pick: unknown }

interface SideText {
  centers: Corner[];
  caption: string;
  alternative: string;
  mark?: string;
}
export interface SidePayload extends SideText {
  labels?: string;
  cells?: { places: string; weights: string; groups: string };
}
export interface Cells { places: Float32Array; weights: Float32Array; groups: Uint8Array }
export interface Side extends SideText { labels: Uint8Array | null; cells: Cells | null }

interface PairOf<People, Half> {
  k: number;
  axes: Axes;
  people: People | null;
  plain: Half | null;
  private: Half;
  words: Record<string, string>;
  live: Live | null;
  stage: boolean;
}
export interface GroupsPayload { groups: Group[]; trail: Run[]; has_plain: boolean; words: Record<string, string> }
export type PairPayload = PairOf<string, SidePayload>;
export type PairData = PairOf<Float32Array, Side>;
/** Steps of the sliders: ε as a place in the list of its values. */
export interface Position { epsilon: number; k: number }
export interface LiveStep { epsilon: string; meaning: string; guess: string; price: string }
export interface Live {
  at: Position;
  address: string | null;
  answer: { ari: string; word: string; bar: string } | null;
  words: [least: number, word: string][];
  point: string;
  values: number[];
  steps: LiveStep[];
}
export interface PreviewHead {
  epsilons: number[];
  ks: number[];
  people: number;
  sizes: number[];
  releases: number[];
  plain: boolean;
  groups: boolean;
  sampled: number;
}
export interface Preview {
  head: PreviewHead;
  floats: Float32Array;
  steps: Uint16Array;
  labels: Uint8Array;
  sizesAt: number[];
  privateAt: number[];
  plainAt: number[];
  ariAt: number;
  cellsAt: number[];
  peopleAt: number;
}
export interface PreviewedSides {
  k: number;
  ari: number | null;
  plain: { labels: Uint8Array; centers: Corner[] } | null;
  private: { centers: Corner[]; labels: Uint8Array | null; cells: Cells | null };
}
/** Where centres came from, and how much of that is still seen. */
export interface Trace { from: Corner[]; share: number }
export interface PairScale extends Scale { bottom: number; room: number }

// --- a player -----------------------------------------------------------------------------------------------------

export type PlayerWords = Record<"player" | "reset" | "back" | "play" | "pause" | "step" | "speed" | "line", string>;

interface Timed {
  draw: (frame: number, part: number) => void;
  /** How long a frame moves and then rests, in milliseconds at speed 1. */
  moves: (frame: number) => number;
  rests: (frame: number) => number;
}
export interface PlayerView extends Timed {
  /** Says a frame that begins, and returns what a screen reader hears. */
  show: (frame: number) => string;
}
export interface ClockFace extends Timed {
  isStill: () => boolean;
  entered: (frame: number) => void;
  changed: () => void;
}

// --- k-means, played ----------------------------------------------------------------------------------------------

export interface PlayedFrame {
  phase: string;
  say: string;
  figures: [name: string, value: string][];
  step: number;
  centers: Corner[] | null;
  turn: number;
  labels: number;
  noise: number;
  territories: boolean;
  gone: boolean;
}
export interface Moment { now: PlayedFrame; then: PlayedFrame; part: number }
export interface Regions { middles: Corner[]; halfAxes: [long: number, short: number][][]; angles: number[] }

interface PlayedSideText {
  title: string;
  short: string;
  mark: string;
  means?: Corner[][];
  ends?: Corner[][];
  regions?: Regions[];
}
export interface PlayedSidePayload extends PlayedSideText {
  frames: (Partial<PlayedFrame> & { phase: string })[];
  labels?: string[];
  batches?: string[];
  clouds?: string[];
  cells?: { places: string; weights: string; of?: string };
  places?: { places: string; weights: string; labels: string[] };
}
export interface WeightedPlaces { places: Float32Array; weights: Float32Array }
export interface PlayedSide extends PlayedSideText {
  frames: PlayedFrame[];
  labels: Uint8Array[];
  batches: Uint8Array[] | null;
  clouds: Float32Array[] | null;
  cells: (WeightedPlaces & { of: Uint16Array | null }) | null;
  places: (WeightedPlaces & { labels: Uint8Array[] }) | null;
}

export interface People { people: Float32Array; k: number }

interface PlayedOf<People, Half> {
  way: string;
  k: number;
  axes: Axes;
  people: People | null;
  sides: (Half | null)[];
  key: [kind: string, text: string][];
  words: PlayerWords & { steps: string[] };
}
export type PlayedPayload = PlayedOf<string, PlayedSidePayload>;
export type PlayedData = PlayedOf<Float32Array, PlayedSide>;

// --- noise, seen --------------------------------------------------------------------------------------------------

export interface NoiseAxis { label: string; ticks: number[] }
interface NoiseText<Values> {
  title: string;
  values: Values[];
  x: NoiseAxis;
  y: NoiseAxis;
  frames: { say: string; figures: [name: string, value: string][] }[];
}
interface Expectation { middle: number; expected: number[]; top: number }
export type CloudFigure = NoiseText<Float32Array>;
export type BarsFigure = NoiseText<Float32Array> & Expectation;
export type NoiseFigure = CloudFigure | BarsFigure;
export interface BarsScale extends Scale { bin: number }
export interface Fall { draw: number; fallen: number }

interface NoiseOf<Figure> {
  kind: string;
  bursts: number[];
  reach: number;
  figures: Figure[];
  key: [kind: string, text: string][];
  words: PlayerWords;
}
export type NoisePayload = NoiseOf<NoiseText<string> | (NoiseText<string> & Expectation)>;
export type NoiseData = NoiseOf<NoiseFigure>;

// --- groups in space ----------------------------------------------------------------------------------------------

export type Point = [x: number, y: number, z: number];
export interface Turn { yaw: number; pitch: number }
export interface Projection {
  wide: number;
  back: Point;
  at: (point: Point) => Place & { near: number };
}
export interface SpaceSetPayload { places: string; groups: string; sizes?: string }
export interface SpaceSet { places: Float32Array; groups: Uint8Array; sizes: Float32Array | null }
export interface SpaceMark { point: Point; group: number; radius: number; alpha: number }
export interface SpaceScene { axes: Axis[]; centers: Point[]; marks: SpaceMark[] }
export interface SpacePayload {
  axes: Axis[];
  centers: Point[];
  cells: SpaceSetPayload;
  people: SpaceSetPayload | null;
  words: Record<string, string>;
  alternative: string;
}

// --- a phone ------------------------------------------------------------------------------------------------------

export type Face = "head" | "tail";
export type Coins = [first: Face, second: Face];
export type Answer = "yes" | "no";
export interface CoinPayload { place: string; question: string; refusals: number; words: Record<string, string> }

export interface Draft { answer: string; ticked: boolean[]; text: string }
export interface DraftPayload { place: string; answer: string; inside: string }

export interface NewsPayload { address: string; seconds: number; led: string; count: string }

// --- the stage ----------------------------------------------------------------------------------------------------

export type KeyMove = [name: "advance" | "scene" | "black", value: number];
export interface Stage {
  tell: ((...move: KeyMove) => void) | null;
  kept: { move: KeyMove; at: number } | null;
  /** Whether the Tab key has led to what has the focus. */
  byKeyboard: boolean;
}

// --- the connection to the server ---------------------------------------------------------------------------------

export interface Connection {
  isDown: boolean;
  /** The last run in which the server drew this screen. */
  drawn: string | null;
  /** The choice that was tapped last, by the class of its button's place. */
  tapped: string | null;
  /** Places at the end of the screen, and the run that drew each. */
  marks: Map<unknown, string>;
  ask: (() => void) | null;
  show: (isDown: boolean) => void;
}

declare global {
  interface Window { sagramConnection?: Connection; sagramStage?: Stage }
}
