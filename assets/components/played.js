// k-means, played: two runs side by side on one clock. A frame is one of the five steps (or a look at the people); its
// picture is drawn from what the run wrote down, so nothing is computed here but where things are on their way.

const here = (name) => new URL(`${name}${new URL(import.meta.url).search}`, import.meta.url);
const [{ SHAPES, element, ink, look, prepare, unpack }, { Player, sheetOf }] = await Promise.all([
  import(here("pair.js")), import(here("player.js")),
]);
const sheets = await Promise.all([sheetOf("player"), sheetOf("played")]);
const memory = new WeakMap();

// How long a frame moves and then rests, in milliseconds at speed 1.
const MOVES = { choose: 200, count: 200, start: 700, assign: 700, move: 900, noisy: 1800, repeat: 250, end: 250, cells: 1500, places: 900 };
const RESTS = { choose: 900, count: 1100, start: 800, assign: 700, move: 700, noisy: 1300, repeat: 700, end: 700, cells: 1200, places: 1100 };
// The part of a noisy move that goes to the exact mean; the rest is the noise's.
const TO_MEAN = 0.45;
const FAINT = 0.35;
// In the order of the shares that the server tells: half of the draws, nine of ten.
const REGIONS = [{ dash: [], fill: 0.22 }, { dash: [7, 5], fill: 0.12 }];

const eased = (part) => 1 - (1 - part) ** 3;
const between = (from, to, part) => from + (to - from) * part;
const within = (part, from, to) => Math.max(0, Math.min(1, (part - from) / (to - from)));

// --- where things are --------------------------------------------------------------------------------------------

const frameOf = (side, frame) => Math.min(frame, side.frames.length - 1);

// A side that has ended rests in its last frame.
const moment = (side, frame, part) => {
  const at = frameOf(side, frame);
  return { now: side.frames[at], then: side.frames[Math.max(0, at - 1)], part: frame > at ? 1 : part };
};

const centersAt = (side, { now, then, part }) => {
  if (!now.centers) return [];
  if (now.phase === "start" || !then.centers) return now.centers;
  const means = now.phase === "noisy" && side.means ? side.means[now.turn] : null;
  const along = (from, to, share) => from.map(([x, y], i) => [between(x, to[i][0], share), between(y, to[i][1], share)]);
  if (!means) return along(then.centers, now.centers, eased(part));
  if (part < TO_MEAN) return along(then.centers, means, eased(part / TO_MEAN));
  return along(means, now.centers, eased(within(part, TO_MEAN, 0.9)));
};

// Cut the square along the middle of every pair of centres: what is left is nearer to ``own`` than to any other.
const territory = (centers, own) => {
  const [ax, ay] = centers[own];
  let corners = [[0, 0], [1, 0], [1, 1], [0, 1]];
  centers.forEach(([bx, by], other) => {
    if (other === own) return;
    const beyond = ([x, y]) => (x - (ax + bx) / 2) * (bx - ax) + (y - (ay + by) / 2) * (by - ay);
    corners = corners.flatMap((from, i) => {
      const to = corners[(i + 1) % corners.length];
      const [here, there] = [beyond(from), beyond(to)];
      const kept = here <= 0 ? [from] : [];
      if ((here < 0 && there > 0) || (here > 0 && there < 0)) {
        const share = here / (here - there);
        kept.push([between(from[0], to[0], share), between(from[1], to[1], share)]);
      }
      return kept;
    });
  });
  return corners;
};

// --- one picture -------------------------------------------------------------------------------------------------

const scaleOf = (canvas) => {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const [left, bottom, rest] = [34, 42, 8];
  // Equal scales: what looks nearest is nearest.
  const side = Math.min(width - left - rest, height - bottom - rest);
  const x0 = left + (width - left - rest - side) / 2;
  return { x: (value) => x0 + side * value, y: (value) => rest + side * (1 - value), side, x0, y0: rest };
};

const drawAxes = (pen, scale, axes, style) => {
  const { x0, y0, side } = scale;
  pen.strokeStyle = style.line; pen.fillStyle = style.quiet; pen.lineWidth = 1;
  pen.font = `12px ${style.font}`;
  pen.textAlign = "center";
  for (const { at, text } of axes.x.ticks) {
    pen.beginPath(); pen.moveTo(scale.x(at), y0); pen.lineTo(scale.x(at), y0 + side); pen.stroke();
    if (at > 0.02 && at < 0.98) pen.fillText(text, scale.x(at), y0 + side + 15);
  }
  pen.textAlign = "right";
  for (const { at, text } of axes.y.ticks) {
    pen.beginPath(); pen.moveTo(x0, scale.y(at)); pen.lineTo(x0 + side, scale.y(at)); pen.stroke();
    if (at > 0.02 && at < 0.98) pen.fillText(text, x0 - 4, scale.y(at) + 4);
  }
  pen.strokeRect(x0, y0, side, side);
  pen.textAlign = "center";
  pen.font = `600 12px ${style.font}`;
  pen.fillText(axes.x.label, x0 + side / 2, y0 + side + 34, side);
  pen.save();
  pen.translate(x0 - 24, y0 + side / 2); pen.rotate(-Math.PI / 2);
  pen.fillText(axes.y.label, 0, 0, side);
  pen.restore();
};

const drawTerritories = (pen, scale, centers, style, strength) => {
  centers.forEach((_, group) => {
    const corners = territory(centers, group);
    if (corners.length < 3) return;
    pen.beginPath();
    corners.forEach(([x, y], i) => pen[i ? "lineTo" : "moveTo"](scale.x(x), scale.y(y)));
    pen.closePath();
    pen.globalAlpha = 0.1 * strength; pen.fillStyle = style.palette[group % 8]; pen.fill();
    pen.globalAlpha = 0.5 * strength; pen.strokeStyle = style.quiet; pen.lineWidth = 1; pen.stroke();
  });
  pen.globalAlpha = 1;
};

// Dots of one kind in one stroke: ``chosen`` says who, ``group`` -1 is nobody's colour.
const drawDots = (pen, scale, places, chosen, group, alpha, style, large = 1) => {
  if (alpha <= 0) return;
  const radius = (group < 0 ? 2.4 : 3.1) * large;
  const path = new Path2D();
  for (let i = 0; i < places.length / 2; i += 1) {
    if (chosen(i)) SHAPES[Math.max(group, 0)](path, scale.x(places[2 * i]), scale.y(places[2 * i + 1]), radius);
  }
  pen.globalAlpha = alpha;
  pen.fillStyle = group < 0 ? style.quiet : style.palette[group % 8];
  pen.fill(path);
  pen.globalAlpha = 1;
};

const drawPeople = (pen, scale, people, side, { now, then, part }, k, style) => {
  const paint = (frame, strength) => {
    // People step back while the noise is looked at.
    const alpha = strength * (frame.noise >= 0 && side.clouds ? FAINT : 1);
    const labels = frame.labels < 0 ? null : side.labels[frame.labels];
    const batch = side.batches && frame.labels >= 0 ? side.batches[frame.labels] : null;
    if (!labels) { drawDots(pen, scale, people, () => true, -1, 0.55 * alpha, style); return; }
    if (batch) drawDots(pen, scale, people, (i) => !batch[i], -1, 0.22 * alpha, style);
    for (let group = 0; group < k; group += 1) {
      drawDots(pen, scale, people, (i) => labels[i] === group && (!batch || batch[i]), group, 0.78 * alpha, style, batch ? 1.4 : 1);
    }
    if (!batch) return;
    pen.strokeStyle = style.text; pen.lineWidth = 1.4; pen.globalAlpha = 0.8 * alpha;
    for (let i = 0; i < people.length / 2; i += 1) {
      if (!batch[i]) continue;
      pen.beginPath();
      pen.arc(scale.x(people[2 * i]), scale.y(people[2 * i + 1]), 7, 0, 2 * Math.PI);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  };
  if (part >= 1 || (now.labels === then.labels && now.noise === then.noise)) { paint(now, 1); return; }
  paint(then, 1 - part);
  paint(now, part);
};

// People flow into their cells and are gone; from then on there are only places with noisy numbers.
const drawFlow = (pen, scale, people, side, part, style) => {
  const { cells } = side;
  const flown = new Float32Array(people.length);
  for (let i = 0; i < people.length / 2; i += 1) {
    for (const axis of [0, 1]) {
      flown[2 * i + axis] = between(people[2 * i + axis], cells.places[2 * cells.of[i] + axis], eased(within(part, 0.15, 0.8)));
    }
  }
  drawDots(pen, scale, flown, () => true, -1, 0.6 * (1 - within(part, 0.75, 1)), style);
};

const drawPlaces = (pen, scale, set, labels, alpha, style) => {
  if (alpha <= 0) return;
  const most = set.weights.reduce((top, weight) => Math.max(top, weight), 1e-9);
  set.weights.forEach((weight, i) => {
    const group = labels ? labels[i] : -1;
    const radius = Math.max(2, Math.sqrt(weight / most) * scale.side * 0.034);
    const colour = group < 0 ? style.quiet : style.palette[group % 8];
    pen.beginPath();
    SHAPES[Math.max(group, 0)](pen, scale.x(set.places[2 * i]), scale.y(set.places[2 * i + 1]), radius);
    pen.globalAlpha = 0.42 * alpha; pen.fillStyle = colour; pen.fill();
    pen.globalAlpha = 0.9 * alpha; pen.strokeStyle = colour; pen.lineWidth = 1.2; pen.stroke();
  });
  pen.globalAlpha = 1;
};

// Where the noise of this move sends the centre nine times of ten, and within it every other time.
const drawRegions = (pen, scale, regions, means, grown, style) => {
  regions.middles.forEach(([mx, my], group) => {
    const [x, y] = [scale.x(between(means[group][0], mx, grown)), scale.y(between(means[group][1], my, grown))];
    REGIONS.forEach(({ dash, fill }, size) => {
      const [long, short] = regions.halfAxes[group][size].map((half) => half * grown * scale.side);
      pen.beginPath();
      // Up is down on a canvas.
      pen.ellipse(x, y, long, short, -regions.angles[group], 0, 2 * Math.PI);
      pen.globalAlpha = fill * grown; pen.fillStyle = style.palette[group % 8]; pen.fill();
      pen.globalAlpha = 0.85 * grown; pen.strokeStyle = style.text; pen.lineWidth = 1.6;
      pen.setLineDash(dash); pen.stroke();
    });
  });
  pen.setLineDash([]); pen.globalAlpha = 1;
};

const drawNoise = (pen, scale, side, { now, part }, style) => {
  if (now.noise < 0 || !side.clouds) return;
  const arrives = now.phase === "noisy" ? part : 1;
  const [cloud, means, ends] = [side.clouds[now.noise], side.means[now.noise], side.ends[now.noise]];
  const draws = cloud.length / 2 / means.length;
  // The cloud grows out of the mean.
  const grown = eased(within(arrives, TO_MEAN - 0.1, TO_MEAN + 0.2));
  drawRegions(pen, scale, side.regions[now.noise], means, grown, style);
  means.forEach(([mx, my], group) => {
    pen.fillStyle = style.palette[group % 8];
    pen.strokeStyle = style.text; pen.lineWidth = 0.4;
    pen.globalAlpha = 0.75 * grown;
    for (let draw = 0; draw < draws; draw += 1) {
      const at = 2 * (draw * means.length + group);
      pen.beginPath();
      pen.arc(scale.x(between(mx, cloud[at], grown)), scale.y(between(my, cloud[at + 1], grown)), 2, 0, 2 * Math.PI);
      pen.fill(); pen.stroke();
    }
    if (arrives < TO_MEAN) return;
    const share = eased(within(arrives, TO_MEAN, 0.9));
    drawArrow(pen, scale, [mx, my], [between(mx, ends[group][0], share), between(my, ends[group][1], share)], style);
  });
  pen.globalAlpha = 1;
};

const drawArrow = (pen, scale, from, to, style) => {
  const [ax, ay, bx, by] = [scale.x(from[0]), scale.y(from[1]), scale.x(to[0]), scale.y(to[1])];
  pen.globalAlpha = 1;
  pen.lineWidth = 5; pen.strokeStyle = style.ground;
  pen.beginPath(); pen.moveTo(ax, ay); pen.lineTo(bx, by); pen.stroke();
  pen.lineWidth = 2.4; pen.strokeStyle = style.text;
  pen.beginPath(); pen.moveTo(ax, ay); pen.lineTo(bx, by); pen.stroke();
  pen.beginPath(); pen.arc(ax, ay, 5, 0, 2 * Math.PI); pen.fillStyle = style.ground; pen.fill(); pen.stroke();
};

const drawCenters = (pen, scale, centers, style, grown) => {
  centers.forEach(([x, y], group) => {
    const [cx, cy] = [scale.x(x), scale.y(y)];
    pen.beginPath(); SHAPES[group](pen, cx, cy, 12 * grown);
    pen.lineWidth = 5; pen.strokeStyle = style.ground; pen.stroke();
    pen.fillStyle = style.palette[group % 8]; pen.fill();
    pen.lineWidth = 1.6; pen.strokeStyle = style.text; pen.stroke();
    if (grown < 0.8) return;
    pen.fillStyle = ink(style, group);
    pen.font = `700 11.5px ${style.font}`;
    pen.textAlign = "center"; pen.textBaseline = "middle";
    pen.fillText(String(group + 1), cx, cy + 0.5);
    pen.textBaseline = "alphabetic";
  });
};

const drawTrail = (pen, scale, side, at, centers, style) => {
  const before = side.frames.slice(0, at).filter((frame) => frame.centers).map((frame) => frame.centers);
  if (!before.length) return;
  const places = [...before, centers];
  pen.setLineDash([3, 4]); pen.lineWidth = 1.6;
  pen.strokeStyle = style.text; pen.globalAlpha = 0.55;
  places[0].forEach((_, group) => {
    pen.beginPath();
    places.forEach((centers, i) => pen[i ? "lineTo" : "moveTo"](scale.x(centers[group][0]), scale.y(centers[group][1])));
    pen.stroke();
  });
  pen.setLineDash([]); pen.globalAlpha = 1;
};

const drawSide = (state, index, frame, part) => {
  const { data } = state;
  const side = data.sides[index];
  const canvas = state.figures[index].querySelector("canvas");
  if (!side || !canvas.clientWidth) return;
  const style = look(state.root);
  const pen = prepare(canvas);
  const scale = scaleOf(canvas);
  const when = moment(side, frame, part);
  const { now, then } = when;
  drawAxes(pen, scale, data.axes, style);
  pen.save();
  pen.beginPath(); pen.rect(scale.x0, scale.y0, scale.side, scale.side); pen.clip();
  const centers = centersAt(side, when);
  if (now.territories) drawTerritories(pen, scale, centers, style, then.territories ? 1 : when.part);
  if (now.phase === "cells" && data.people) drawFlow(pen, scale, data.people, side, when.part, style);
  else if (!now.gone && data.people) drawPeople(pen, scale, data.people, side, when, data.k, style);
  if (now.phase === "cells") drawPlaces(pen, scale, side.cells, null, within(when.part, data.people ? 0.6 : 0, 1), style);
  if (now.phase === "places") drawPlaces(pen, scale, side.cells, null, 1 - when.part, style);
  if (now.gone && now.phase !== "cells") {
    const alpha = now.phase === "places" ? when.part : 1;
    drawPlaces(pen, scale, side.places, now.labels < 0 ? null : side.places.labels[now.labels], alpha, style);
  }
  drawTrail(pen, scale, side, frameOf(side, frame), centers, style);
  drawNoise(pen, scale, side, when, style);
  drawCenters(pen, scale, centers, style, now.phase === "start" ? eased(when.part) : 1);
  pen.restore();
};

const draw = (state, frame, part) => data(state).forEach((_, index) => drawSide(state, index, frame, part));

const data = (state) => state.data.sides;

// --- what is said ------------------------------------------------------------------------------------------------

const tell = (state, index, frame) => {
  const side = data(state)[index];
  if (!side) return "";
  const figure = state.figures[index];
  const now = side.frames[frameOf(side, frame)];
  figure.dataset.phase = now.phase;
  figure.querySelector(".say").textContent = now.say;
  figure.querySelectorAll(".five li").forEach((line) => {
    if (Number(line.dataset.step) === now.step) line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
  });
  figure.querySelector(".figures").replaceChildren(...now.figures.map(([name, value]) => {
    const row = element("div");
    row.append(element("dt", "", name), element("dd", "", value));
    return row;
  }));
  const figures = now.figures.map(([name, value]) => `${name} ${value}`).join(", ");
  figure.querySelector("canvas").setAttribute("aria-label", `${side.title}. ${now.say} ${figures}`);
  return `${side.title}: ${now.say}`;
};

const show = (state, frame) => {
  const said = data(state).map((_, index) => tell(state, index, frame)).filter(Boolean).join(" ");
  state.root.querySelector(".aloud").textContent = said;
  return said;
};

const longest = (state, times, frame) => Math.max(
  ...data(state).filter(Boolean).map((side) => (frame < side.frames.length ? times[side.frames[frame].phase] : 0)),
  50,
);

// --- putting it together -----------------------------------------------------------------------------------------

const dress = (state) => {
  const { root, data: { words, sides, key } } = state;
  root.classList.toggle("alone", !sides[0]);
  root.setAttribute("aria-label", words.player);
  sides.forEach((side, index) => {
    if (!side) return;
    const figure = state.figures[index];
    figure.querySelector("h2").textContent = side.title;
    figure.querySelector(".mark").textContent = side.mark;
    figure.querySelector(".mark").hidden = !side.mark;
    const five = figure.querySelector(".five");
    const hasLook = side.frames.some((frame) => frame.step === 0);
    five.dataset.hasLook = String(hasLook);
    five.replaceChildren(...words.steps.map((word, step) => {
      const line = element("li");
      line.dataset.step = String(step);
      line.append(element("b", "", step ? String(step) : "·"), element("span", "word", word));
      return line;
    }).slice(hasLook ? 0 : 1));
  });
  root.querySelector(".key").replaceChildren(...key.map(([name, text]) => element("span", name, text)));
  choose(state, sides[0] ? state.side : 1);
};

const choose = (state, side) => {
  state.side = side;
  state.root.dataset.side = String(side);
  for (const button of state.root.querySelectorAll(".switch button")) {
    const mine = Number(button.dataset.side);
    button.setAttribute("aria-pressed", String(mine === side));
    button.textContent = data(state)[mine]?.short ?? "";
    button.onclick = () => { choose(state, mine); draw(state, state.player.frame, state.player.part); };
  }
};

const create = (parentElement) => {
  const root = parentElement.querySelector(".player");
  // Nothing in it has a name before this: it is for nobody until then.
  root.hidden = false;
  parentElement.adoptedStyleSheets = sheets;
  const state = { root, side: 1, way: null, figures: [...root.querySelectorAll("figure")] };
  state.player = new Player(root, {
    draw: (frame, part) => draw(state, frame, part),
    show: (frame) => show(state, frame),
    moves: (frame) => longest(state, MOVES, frame),
    rests: (frame) => longest(state, RESTS, frame),
  });
  const again = () => { if (state.data) draw(state, state.player.frame, state.player.part); };
  state.watcher = new ResizeObserver(again);
  state.figures.forEach((figure) => state.watcher.observe(figure.querySelector("canvas")));
  state.theme = new MutationObserver(again);
  const app = document.querySelector(".stApp");
  if (app) state.theme.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  return state;
};

const places = (text) => Float32Array.from(unpack(text, Uint16Array), (step) => step / 65535);

const halves = (text) => Uint8Array.from([...unpack(text, Uint8Array)].flatMap((both) => [both & 15, both >> 4]));
const bits = (text) => Uint8Array.from([...unpack(text, Uint8Array)].flatMap((all) => [0, 1, 2, 3, 4, 5, 6, 7].map((i) => (all >> i) & 1)));
// What a frame does not say.
const QUIET = { centers: null, turn: 0, labels: -1, noise: -1, territories: false, gone: false };

const read = (side) => side && {
  ...side,
  frames: side.frames.map((frame) => ({ ...QUIET, ...frame })),
  labels: side.labels?.map(halves),
  batches: side.batches?.map(bits),
  clouds: side.clouds?.map(places),
  cells: side.cells && { places: places(side.cells.places), weights: [...unpack(side.cells.weights, Float32Array)],
    of: side.cells.of && unpack(side.cells.of, Uint16Array) },
  places: side.places && { places: places(side.places.places), weights: [...unpack(side.places.weights, Float32Array)],
    labels: side.places.labels.map((text) => unpack(text, Uint8Array)) },
};

export default function (component) {
  const { data: sent, parentElement } = component;
  if (!memory.has(parentElement)) memory.set(parentElement, create(parentElement));
  const state = memory.get(parentElement);
  state.data = { ...sent, people: sent.people && places(sent.people), sides: sent.sides.map(read) };
  dress(state);
  const restart = state.way !== sent.way;
  state.way = sent.way;
  state.player.load(Math.max(...data(state).filter(Boolean).map((side) => side.frames.length)), { words: sent.words, restart });
  return () => {
    state.player.end();
    state.watcher.disconnect();
    state.theme.disconnect();
    memory.delete(parentElement);
  };
}
