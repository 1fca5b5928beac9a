// Noise, seen: draws drop in by bursts and pile up under what theory expects of them. The server has drawn them all,
// with a seed that everybody knows; here they are only counted and let fall.

const here = (name) => new URL(`${name}${new URL(import.meta.url).search}`, import.meta.url);
const [{ element, look, prepare, unpack }, { Player, sheetOf, still }] = await Promise.all([
  import(here("pair.js")), import(here("player.js")),
]);
const sheets = await Promise.all([sheetOf("player"), sheetOf("noise")]);
const memory = new WeakMap();

// A single draw is watched; a burst goes by. In milliseconds at speed 1.
const MOVES = { single: 900, burst: 700 };
const RESTS = { single: 500, burst: 150 };
// The part of a burst's time that one draw falls for; the rest is spent on setting out one after another.
const FALL = 0.6;
const BLUE = ["#0072b2", "#56b4e9"];
const ORANGE = ["#b54708", "#fdb022"];

const eased = (part) => part * part;
const hue = (style, [light, dark]) => (style.dark ? dark : light);

// Each draw of the burst with how far it has fallen; those before it have landed.
const falling = (state, frame, part) => {
  const [from, to] = [frame ? state.data.bursts[frame - 1] : 0, state.data.bursts[frame]];
  return Array.from({ length: to - from }, (_, i) => {
    const set = to - from > 1 ? (i / (to - from - 1)) * (1 - FALL) : 0;
    return { draw: from + i, fallen: Math.max(0, Math.min(1, (part - set) / FALL)) };
  });
};

// --- one picture -------------------------------------------------------------------------------------------------

const scaleOf = (canvas, figure, reach) => {
  const [left, bottom, rest] = [52, 44, 10];
  const [wide, high] = [canvas.clientWidth - left - rest, canvas.clientHeight - bottom - rest];
  if (figure.expected) {
    const bin = wide / (2 * reach + 1);
    return {
      x: (value) => left + (value - figure.middle + reach + 0.5) * bin, y: (times) => rest + high * (1 - times / figure.top),
      left, top: rest, wide, high, bin,
    };
  }
  // Equal scales: what looks far is far.
  const side = Math.min(wide, high);
  const start = left + (wide - side) / 2;
  const along = (value) => (side * (value + reach)) / (2 * reach);
  return { x: (value) => start + along(value), y: (value) => rest + side - along(value), left: start, top: rest, wide: side, high: side };
};

const drawAxes = (pen, scale, { x, y }, style) => {
  const { left, top, wide, high } = scale;
  Object.assign(pen, { strokeStyle: style.line, fillStyle: style.quiet, lineWidth: 1, font: `12px ${style.font}`, textAlign: "center" });
  const stroke = (...ends) => { pen.beginPath(); pen.moveTo(ends[0], ends[1]); pen.lineTo(ends[2], ends[3]); pen.stroke(); };
  for (const tick of x.ticks) {
    stroke(scale.x(tick), top, scale.x(tick), top + high);
    pen.fillText(said(tick), scale.x(tick), top + high + 16);
  }
  pen.textAlign = "right";
  for (const tick of y.ticks) {
    stroke(left, scale.y(tick), left + wide, scale.y(tick));
    pen.fillText(said(tick), left - 6, scale.y(tick) + 4);
  }
  Object.assign(pen, { textAlign: "center", font: `600 12px ${style.font}` });
  pen.fillText(x.label, left + wide / 2, top + high + 36, wide);
  pen.save();
  pen.translate(left - 40, top + high / 2); pen.rotate(-Math.PI / 2);
  pen.fillText(y.label, 0, 0, high);
  pen.restore();
};

const said = (number) => number.toLocaleString("en").replace("-", "−");

const drawTrue = (pen, scale, at, style) => {
  Object.assign(pen, { strokeStyle: style.text, lineWidth: 1.6 });
  pen.setLineDash([2, 4]);
  pen.beginPath(); pen.moveTo(scale.x(at), scale.top); pen.lineTo(scale.x(at), scale.top + scale.high); pen.stroke();
  pen.setLineDash([]);
};

const drawLaw = (pen, scale, figure, reach, style) => {
  Object.assign(pen, { strokeStyle: style.text, lineWidth: 2 });
  pen.setLineDash([5, 4]);
  pen.beginPath();
  figure.expected.forEach((times, i) => pen[i ? "lineTo" : "moveTo"](scale.x(figure.middle - reach + i), scale.y(times)));
  pen.stroke();
  pen.setLineDash([]);
};

const dot = (pen, x, y, radius) => { pen.beginPath(); pen.arc(x, y, radius, 0, 2 * Math.PI); pen.fill(); };

const drawBars = (pen, scale, state, figure, frame, part, style) => {
  const { reach, bursts } = state.data;
  const times = new Map();
  const bin = (draw) => Math.floor(figure.values[0][draw] + 0.5);
  const land = (draw) => times.set(bin(draw), (times.get(bin(draw)) ?? 0) + 1);
  for (let draw = 0; draw < (frame ? bursts[frame - 1] : 0); draw += 1) land(draw);
  const moving = falling(state, frame, part);
  moving.filter(({ fallen }) => fallen === 1).forEach(({ draw }) => land(draw));
  const gap = Math.min(2, scale.bin * 0.2);
  for (const [value, count] of times) {
    if (Math.abs(value - figure.middle) > reach) continue;
    const box = [scale.x(value) - scale.bin / 2 + gap / 2, scale.y(count), scale.bin - gap, scale.top + scale.high - scale.y(count)];
    // Fewer than nobody: an empty bar, told apart without colour.
    if (figure.middle && value < 0) {
      Object.assign(pen, { strokeStyle: hue(style, ORANGE), lineWidth: 1.6 });
      pen.strokeRect(...box);
    } else {
      pen.fillStyle = hue(style, BLUE);
      pen.fillRect(...box);
    }
  }
  drawTrue(pen, scale, figure.middle, style);
  drawLaw(pen, scale, figure, reach, style);
  pen.fillStyle = hue(style, ORANGE);
  for (const { draw, fallen } of moving) {
    const value = bin(draw);
    if (fallen === 0 || fallen === 1 || Math.abs(value - figure.middle) > reach) continue;
    const ground = scale.y(times.get(value) ?? 0);
    dot(pen, scale.x(value), scale.top + (ground - scale.top) * eased(fallen), moving.length > 1 ? 3 : 5);
  }
};

const drawCloud = (pen, scale, state, figure, frame, part, style) => {
  const [across, up] = figure.values;
  const moving = falling(state, frame, part);
  pen.save();
  pen.beginPath(); pen.rect(scale.left, scale.top, scale.wide, scale.high); pen.clip();
  pen.fillStyle = hue(style, BLUE);
  pen.globalAlpha = 0.6;
  for (let draw = 0; draw < (frame ? state.data.bursts[frame - 1] : 0); draw += 1) dot(pen, scale.x(across[draw]), scale.y(up[draw]), 2.4);
  for (const { draw, fallen } of moving) {
    if (fallen === 0) continue;
    // On its way out of the place that is to be hidden.
    const way = 1 - (1 - fallen) ** 3;
    Object.assign(pen, { fillStyle: hue(style, fallen < 1 ? ORANGE : BLUE), globalAlpha: fallen < 1 ? 1 : 0.6 });
    dot(pen, scale.x(way * across[draw]), scale.y(way * up[draw]), fallen < 1 ? 3.4 : 2.4);
  }
  pen.restore();
  Object.assign(pen, { strokeStyle: style.text, lineWidth: 2 });
  pen.setLineDash([2, 3]);
  pen.beginPath(); pen.arc(scale.x(0), scale.y(0), 7, 0, 2 * Math.PI); pen.stroke();
  pen.setLineDash([]);
};

const draw = (state, frame, part) => state.data.figures.forEach((figure, index) => {
  const canvas = state.figures[index].querySelector("canvas");
  if (!canvas.clientWidth) return;
  const style = look(state.root);
  const pen = prepare(canvas);
  const scale = scaleOf(canvas, figure, state.data.reach);
  drawAxes(pen, scale, figure, style);
  (figure.expected ? drawBars : drawCloud)(pen, scale, state, figure, frame, part, style);
});

// --- what is said ------------------------------------------------------------------------------------------------

const show = (state, frame) => {
  const told = state.data.figures.map((figure, index) => {
    const { say, figures } = figure.frames[frame];
    const place = state.figures[index];
    place.querySelector(".say").textContent = say;
    place.querySelector(".say").hidden = !say;
    place.querySelector(".figures").replaceChildren(...figures.map(([name, value]) => {
      const row = element("div");
      row.append(element("dt", "", name), element("dd", "", value));
      return row;
    }));
    const text = `${figure.title}. ${say} ${figures.map(([name, value]) => `${name} ${value}`).join(", ")}`;
    place.querySelector("canvas").setAttribute("aria-label", text);
    return text;
  }).join(". ");
  // While it plays, only the end is worth hearing.
  if (!state.player?.isPlaying || frame === state.data.bursts.length - 1) state.root.querySelector(".aloud").textContent = told;
  return told;
};

// --- putting it together -----------------------------------------------------------------------------------------

const pace = (state, times, frame) => times[state.data.bursts[frame] - (state.data.bursts[frame - 1] ?? 0) > 1 ? "burst" : "single"];

const dress = (state) => {
  const { root, data: { words, figures, key } } = state;
  root.setAttribute("aria-label", words.player);
  state.watcher.disconnect();
  state.figures = figures.map(({ title }) => {
    const figure = element("figure");
    const canvas = element("canvas");
    canvas.setAttribute("role", "img");
    figure.append(element("h2", "", title), canvas, element("p", "say"), element("dl", "figures"));
    state.watcher.observe(canvas);
    return figure;
  });
  root.querySelector(".sides").replaceChildren(...state.figures);
  root.querySelector(".key").replaceChildren(...key.map(([name, text]) => element("span", name, text)));
};

const create = (parentElement) => {
  const root = parentElement.querySelector(".player");
  parentElement.adoptedStyleSheets = sheets;
  const state = { root, kind: null, figures: [] };
  const again = () => { if (state.data) draw(state, state.player.frame, state.player.part); };
  state.player = new Player(root, {
    draw: (frame, part) => draw(state, frame, part),
    show: (frame) => show(state, frame),
    moves: (frame) => pace(state, MOVES, frame),
    rests: (frame) => pace(state, RESTS, frame),
  });
  state.watcher = new ResizeObserver(again);
  state.theme = new MutationObserver(again);
  const app = document.querySelector(".stApp");
  if (app) state.theme.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  return state;
};

export default function (component) {
  const { data, parentElement } = component;
  if (!memory.has(parentElement)) memory.set(parentElement, create(parentElement));
  const state = memory.get(parentElement);
  const { player } = state;
  state.data = { ...data, figures: data.figures.map((figure) => ({ ...figure, values: figure.values.map((text) => unpack(text, Float32Array)) })) };
  dress(state);
  const restart = state.kind !== data.kind;
  state.kind = data.kind;
  player.load(data.bursts.length, { words: data.words, restart });
  if (restart && still()) player.jump(player.last);
  else if (restart) player.play();
  return () => {
    player.end();
    state.watcher.disconnect();
    state.theme.disconnect();
    memory.delete(parentElement);
  };
}
