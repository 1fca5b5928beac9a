// Groups in space: released places and centres along three columns, turned by dragging, arrow keys or buttons. A finger
// that moves up or down scrolls the page as everywhere else.

const here = (name) => new URL(`${name}${new URL(import.meta.url).search}`, import.meta.url);
const [{ SHAPES, ink, look, prepare, unpack }, { icon, sheetOf, still }] = await Promise.all([
  import(here("pair.js")), import(here("player.js")),
]);
const sheets = await Promise.all([sheetOf("player"), sheetOf("space")]);
const memory = new WeakMap();

const START = { yaw: -0.6, pitch: 0.4 };
const STEP = Math.PI / 12;
const TURN_MS = 180;
const PITCH = { least: 0.05, most: Math.PI / 2 };
const FULL = 65535;
// Each way to turn: by how much, and the arrow on its button.
const TURNS = {
  left: { yaw: -STEP, pitch: 0, key: "ArrowLeft", arrow: "M19 12H5M11 6l-6 6 6 6" },
  right: { yaw: STEP, pitch: 0, key: "ArrowRight", arrow: "M5 12h14M13 6l6 6-6 6" },
  up: { yaw: 0, pitch: STEP, key: "ArrowUp", arrow: "M12 19V5M6 11l6-6 6 6" },
  down: { yaw: 0, pitch: -STEP, key: "ArrowDown", arrow: "M12 5v14M6 13l6 6 6-6" },
};

// --- where things are ---------------------------------------------------------------------------------------------

// Return where a place of the unit cube is on the picture, and how near.
const projection = (canvas, { yaw, pitch }) => {
  const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
  const size = Math.min((wide - 104) / 1.42, (high - 92) / 1.5);
  const [cos, sin, steep, flat] = [Math.cos(yaw), Math.sin(yaw), Math.sin(pitch), Math.cos(pitch)];
  const at = ([x, y, z]) => {
    const [across, away] = [(x - 0.5) * cos - (y - 0.5) * sin, (x - 0.5) * sin + (y - 0.5) * cos];
    return {
      x: wide / 2 + size * across,
      y: high / 2 - 8 - size * ((z - 0.5) * flat + away * steep),
      near: (z - 0.5) * steep - away * flat,
    };
  };
  // The sides of the cube behind everything: 0 or 1 by axis.
  at.back = [sin < 0 ? 0 : 1, cos < 0 ? 0 : 1, 0];
  at.wide = wide;
  return at;
};

const placeOn = (sides) => {
  const place = [0, 0, 0];
  for (const [axis, value] of sides) place[axis] = value;
  return place;
};

// --- the frame ----------------------------------------------------------------------------------------------------

const line = (pen, from, to) => { pen.beginPath(); pen.moveTo(from.x, from.y); pen.lineTo(to.x, to.y); pen.stroke(); };

const drawGrid = (pen, at, axes, style) => {
  Object.assign(pen, { strokeStyle: style.line, lineWidth: 1 });
  for (let face = 0; face < 3; face += 1) {
    for (const along of [(face + 1) % 3, (face + 2) % 3]) {
      const other = 3 - face - along;
      for (const tick of [0, ...axes[along].ticks.map((each) => each.at), 1]) {
        const end = (value) => at(placeOn([[face, at.back[face]], [along, tick], [other, value]]));
        line(pen, end(0), end(1));
      }
    }
  }
};

// Write beside an edge of the cube, and never beyond the picture.
const write = (pen, text, { x, y }, wide) => {
  const half = pen.measureText(text).width / 2 + 2;
  pen.fillText(text, Math.min(Math.max(x, half), wide - half), y);
};

// The two upright edges at the sides of the picture: the left one carries the numbers.
const upright = (at) => {
  const edges = [[1 - at.back[0], at.back[1]], [at.back[0], 1 - at.back[1]]];
  return edges.sort((a, b) => at([...a, 0.5]).x - at([...b, 0.5]).x)[0];
};

const drawAxes = (pen, at, axes, style) => {
  Object.assign(pen, { fillStyle: style.quiet, textAlign: "center", textBaseline: "middle" });
  const middle = at([0.5, 0.5, 0.5]);
  const [left, behind] = upright(at);
  const edges = [
    (value) => at([value, 1 - at.back[1], 0]), (value) => at([1 - at.back[0], value, 0]), (value) => at([left, behind, value]),
  ];
  edges.forEach((edge, axis) => {
    const half = edge(0.5);
    const [dx, dy] = axis === 2 ? [-1, 0] : [half.x - middle.x, half.y - middle.y];
    const far = Math.hypot(dx, dy) || 1;
    const beside = (place, by) => ({ x: place.x + (dx / far) * by, y: place.y + (dy / far) * by });
    pen.font = `13px ${style.font}`;
    for (const tick of axes[axis].ticks) write(pen, tick.text, beside(edge(tick.at), 16), at.wide);
    pen.font = `600 13px ${style.font}`;
    if (axis < 2) {
      // Long titles begin farther out, so that they leave the numbers alone.
      const along = (dx / far) * pen.measureText(axes[axis].label).width * 0.35;
      const { x, y } = beside(half, 42);
      write(pen, axes[axis].label, { x: x + along, y }, at.wide);
      return;
    }
    pen.save();
    pen.translate(Math.max(half.x - 42, 9), half.y);
    pen.rotate(-Math.PI / 2);
    pen.fillText(axes[axis].label, 0, 0);
    pen.restore();
  });
  pen.textBaseline = "alphabetic";
};

// --- what stands in it --------------------------------------------------------------------------------------------

const cloud = ({ places, groups, sizes }, size, alpha) => Array.from({ length: groups.length }, (_, i) => ({
  place: [places[3 * i] / FULL, places[3 * i + 1] / FULL, places[3 * i + 2] / FULL],
  group: groups[i], radius: sizes ? 2 + size * sizes[i] : size, alpha,
}));

const drawCenter = (pen, at, { place, group, x, y }, style) => {
  // Its foot on the floor tells where it stands.
  const foot = at([place[0], place[1], 0]);
  Object.assign(pen, { strokeStyle: style.palette[group % 8], lineWidth: 2 });
  pen.setLineDash([2, 4]);
  line(pen, { x, y }, foot);
  pen.setLineDash([]);
  pen.beginPath(); SHAPES[group](pen, x, y, 13);
  Object.assign(pen, { lineWidth: 5, strokeStyle: style.ground }); pen.stroke();
  pen.fillStyle = style.palette[group % 8]; pen.fill();
  Object.assign(pen, { lineWidth: 1.5, strokeStyle: style.text }); pen.stroke();
  Object.assign(pen, { fillStyle: ink(style, group), font: `700 12px ${style.font}`, textAlign: "center", textBaseline: "middle" });
  pen.fillText(String(group + 1), x, y + 0.5);
  pen.textBaseline = "alphabetic";
};

const draw = (state) => {
  const { canvas, data } = state;
  if (!canvas.clientWidth) return;
  const style = look(state.root);
  const pen = prepare(canvas);
  const at = projection(canvas, state.view);
  drawGrid(pen, at, data.axes, style);
  drawAxes(pen, at, data.axes, style);
  const centers = data.centers.map((place, group) => ({ place, group }));
  const marks = [...state.clouds, ...centers].map((mark) => ({ ...mark, ...at(mark.place) }));
  for (const mark of marks.sort((a, b) => a.near - b.near)) {
    if (!mark.radius) { drawCenter(pen, at, mark, style); continue; }
    pen.globalAlpha = mark.alpha;
    pen.fillStyle = style.palette[mark.group % 8];
    pen.beginPath(); SHAPES[mark.group](pen, mark.x, mark.y, mark.radius); pen.fill();
    pen.globalAlpha = 1;
  }
  state.root.dataset.yaw = state.view.yaw.toFixed(2);
  state.root.dataset.pitch = state.view.pitch.toFixed(2);
};

// --- turning it ---------------------------------------------------------------------------------------------------

const turned = ({ yaw, pitch }, by) => ({
  yaw: yaw + by.yaw, pitch: Math.min(Math.max(pitch + by.pitch, PITCH.least), PITCH.most),
});

const turn = (state, by) => {
  const [from, to] = [state.view, turned(state.goal ?? state.view, by)];
  state.goal = to;
  cancelAnimationFrame(state.frame);
  const began = performance.now();
  const move = (now) => {
    const part = still() ? 1 : Math.min(1, Math.max(0, now - began) / TURN_MS);
    state.view = { yaw: from.yaw + (to.yaw - from.yaw) * part, pitch: from.pitch + (to.pitch - from.pitch) * part };
    draw(state);
    if (part < 1) state.frame = requestAnimationFrame(move);
    else state.goal = null;
  };
  state.frame = requestAnimationFrame(move);
};

const listen = (state) => {
  state.root.addEventListener("keydown", (event) => {
    const by = Object.values(TURNS).find((each) => each.key === event.key);
    if (by) { event.preventDefault(); turn(state, by); }
  });
  let held = null;
  const { canvas } = state;
  canvas.addEventListener("pointerdown", (event) => { held = event; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    const by = { yaw: (held.clientX - event.clientX) / -160, pitch: (event.clientY - held.clientY) / 160 };
    held = event;
    state.view = turned(state.view, by);
    draw(state);
  });
  for (const over of ["pointerup", "pointercancel"]) canvas.addEventListener(over, () => { held = null; });
};

const buttons = (state) => {
  for (const [name, by] of Object.entries(TURNS)) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.turn = name;
    button.append(icon(by.arrow));
    button.onclick = () => turn(state, by);
    state.root.querySelector(".turns").append(button);
  }
};

const create = (parentElement) => {
  parentElement.adoptedStyleSheets = sheets;
  const root = parentElement.querySelector(".space");
  const state = { root, canvas: root.querySelector("canvas"), view: START, goal: null, frame: 0 };
  buttons(state);
  listen(state);
  state.watcher = new ResizeObserver(() => draw(state));
  // The theme may change without a new render: follow the host's colour scheme.
  state.theme = new MutationObserver(() => draw(state));
  const app = document.querySelector(".stApp");
  if (app) state.theme.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  return state;
};

export default function (component) {
  const { data, parentElement } = component;
  const isNew = !memory.has(parentElement);
  if (isNew) memory.set(parentElement, create(parentElement));
  const state = memory.get(parentElement);
  state.data = data;
  const read = (packed) => ({
    places: unpack(packed.places, Uint16Array), groups: unpack(packed.groups, Uint8Array),
    sizes: packed.sizes && unpack(packed.sizes, Float32Array),
  });
  state.clouds = [...cloud(read(data.cells), 11, 0.5), ...(data.people ? cloud(read(data.people), 3, 0.7) : [])];
  state.root.setAttribute("aria-label", data.words.player);
  state.canvas.setAttribute("aria-label", data.alternative);
  for (const button of state.root.querySelectorAll("[data-turn]")) {
    button.setAttribute("aria-label", data.words[button.dataset.turn]);
  }
  if (isNew) state.watcher.observe(state.root);
  draw(state);
  return () => {
    cancelAnimationFrame(state.frame);
    state.watcher.disconnect();
    state.theme.disconnect();
    memory.delete(parentElement);
  };
}
