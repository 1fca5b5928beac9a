// Two pictures of the same groups, plain and private, drawn on canvases that update in place, and the group cards
// below them. Pointing at a group lights it up in both pictures and in its card.

const LIGHT = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000"];
const DARK = [...LIGHT.slice(0, 7), "#FFFFFF"];
const INK_ON = ["#FFFFFF", "#000000", "#FFFFFF", "#000000", "#000000", "#000000", "#000000", null];
const MOVE_MS = 60;
const MARGIN = { left: 12, right: 12, top: 12, bottom: 12 };
const memory = new WeakMap();

// The shadow root of each view shares one stylesheet, fetched once beside this file.
const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(new URL(`pair.css${new URL(import.meta.url).search}`, import.meta.url))).text());

const unpack = (text, Type) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Type(bytes.buffer);
};

// --- shapes: told apart without colour -------------------------------------------------------------------------

const polygon = (path, x, y, r, corners, turn) => {
  for (let i = 0; i < corners; i += 1) {
    const angle = turn + (i * 2 * Math.PI) / corners;
    path[i ? "lineTo" : "moveTo"](x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  path.closePath();
};

const star = (path, x, y, r, tips) => {
  for (let i = 0; i < 2 * tips; i += 1) {
    const reach = i % 2 ? r * 0.5 : r * 1.2;
    const angle = -Math.PI / 2 + (i * Math.PI) / tips;
    path[i ? "lineTo" : "moveTo"](x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  path.closePath();
};

const cross = (path, x, y, r, turn) => {
  const arm = r * 1.15;
  const thin = r * 0.42;
  const corners = [
    [-thin, -arm], [thin, -arm], [thin, -thin], [arm, -thin], [arm, thin], [thin, thin],
    [thin, arm], [-thin, arm], [-thin, thin], [-arm, thin], [-arm, -thin], [-thin, -thin],
  ];
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  corners.forEach(([dx, dy], i) => path[i ? "lineTo" : "moveTo"](x + dx * c - dy * s, y + dx * s + dy * c));
  path.closePath();
};

const SHAPES = [
  (p, x, y, r) => { p.moveTo(x + r, y); p.arc(x, y, r, 0, 2 * Math.PI); },
  (p, x, y, r) => p.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76),
  (p, x, y, r) => polygon(p, x, y, r * 1.25, 4, 0),
  (p, x, y, r) => polygon(p, x, y + r * 0.15, r * 1.25, 3, -Math.PI / 2),
  (p, x, y, r) => cross(p, x, y, r, 0),
  (p, x, y, r) => polygon(p, x, y - r * 0.15, r * 1.25, 3, Math.PI / 2),
  (p, x, y, r) => star(p, x, y, r, 5),
  (p, x, y, r) => polygon(p, x, y, r * 1.1, 6, 0),
  (p, x, y, r) => cross(p, x, y, r, Math.PI / 4),
  (p, x, y, r) => polygon(p, x, y, r * 1.15, 5, -Math.PI / 2),
  (p, x, y, r) => star(p, x, y, r, 4),
  (p, x, y, r) => polygon(p, x, y, r * 1.25, 3, 0),
];

// --- the look of the moment ------------------------------------------------------------------------------------

const look = (host) => {
  const dark = getComputedStyle(host).colorScheme === "dark";
  return {
    palette: dark ? DARK : LIGHT,
    ground: dark ? "#202228" : "#FFFFFF",
    line: dark ? "#33363D" : "#E5E8EB",
    text: dark ? "#F2F4F6" : "#191F28",
    quiet: dark ? "#B0B8C1" : "#4E5968",
    dark,
    font: getComputedStyle(host).fontFamily,
  };
};

const ink = (style, group) => INK_ON[group % 8] ?? (style.dark ? "#000000" : "#FFFFFF");

// --- one picture -----------------------------------------------------------------------------------------------

// On stage everything is drawn twice as large, on a picture that is half as wide and high.
const zoom = (data) => (data.stage ? 2 : 1);

const scales = (canvas, data) => {
  const width = canvas.clientWidth / zoom(data);
  const height = canvas.clientHeight / zoom(data);
  const left = data.axes.y.ticks.length ? 52 : MARGIN.left + 14;
  const bottom = data.axes.x.ticks.length ? 46 : MARGIN.bottom + 20;
  const spanX = width - left - MARGIN.right;
  const spanY = height - bottom - MARGIN.top;
  return {
    width, height, left, bottom,
    x: (value) => left + spanX * value,
    y: (value) => MARGIN.top + spanY * (1 - value),
  };
};

const drawAxes = (pen, scale, data, style) => {
  const { width, height, left, bottom } = scale;
  pen.strokeStyle = style.line;
  pen.fillStyle = style.quiet;
  pen.lineWidth = 1;
  pen.font = `12px ${style.font}`;
  pen.textAlign = "center";
  for (const tick of data.axes.x.ticks) {
    const x = scale.x(tick.at);
    pen.beginPath(); pen.moveTo(x, MARGIN.top); pen.lineTo(x, height - bottom); pen.stroke();
    pen.fillText(tick.text, x, height - bottom + 16);
  }
  pen.textAlign = "right";
  for (const tick of data.axes.y.ticks) {
    const y = scale.y(tick.at);
    pen.beginPath(); pen.moveTo(left, y); pen.lineTo(width - MARGIN.right, y); pen.stroke();
    pen.fillText(tick.text, left - 6, y + 4);
  }
  pen.strokeRect(left, MARGIN.top, width - left - MARGIN.right, height - bottom - MARGIN.top);
  pen.textAlign = "center";
  pen.font = `600 12px ${style.font}`;
  pen.fillText(data.axes.x.label, (left + width - MARGIN.right) / 2, height - 8, width - left - MARGIN.right);
  pen.save();
  pen.translate(13, (MARGIN.top + height - bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(data.axes.y.label, 0, 0, height - bottom - MARGIN.top);
  pen.restore();
};

const drawPeople = (pen, scale, people, labels, k, style, lit) => {
  const radius = people.length > 3000 ? 2.1 : people.length > 800 ? 2.8 : 4.6;
  for (let group = 0; group < k; group += 1) {
    const path = new Path2D();
    for (let i = 0; i < labels.length; i += 1) {
      if (labels[i] === group) {
        SHAPES[group](path, scale.x(people[2 * i] / 65535), scale.y(people[2 * i + 1] / 65535), radius);
      }
    }
    pen.globalAlpha = lit === null || lit === group ? 0.62 : 0.09;
    pen.fillStyle = style.palette[group % 8];
    pen.fill(path);
  }
  pen.globalAlpha = 1;
};

const drawCells = (pen, scale, cells, style, lit) => {
  const most = cells.weights.reduce((top, weight) => Math.max(top, weight), 1e-9);
  const room = Math.min(scale.width, scale.height);
  for (let i = 0; i < cells.groups.length; i += 1) {
    const group = cells.groups[i];
    const radius = Math.max(1.5, Math.sqrt(cells.weights[i] / most) * room * 0.042);
    pen.beginPath();
    SHAPES[group](pen, scale.x(cells.places[2 * i] / 65535), scale.y(cells.places[2 * i + 1] / 65535), radius);
    pen.globalAlpha = lit === null || lit === group ? 0.34 : 0.06;
    pen.fillStyle = style.palette[group % 8];
    pen.fill();
    pen.globalAlpha = lit === null || lit === group ? 0.8 : 0.1;
    pen.strokeStyle = style.palette[group % 8];
    pen.lineWidth = 1;
    pen.stroke();
  }
  pen.globalAlpha = 1;
};

const drawDrift = (pen, scale, from, to, style, lit) => {
  pen.lineWidth = 2;
  from.forEach(([x0, y0], group) => {
    const [ax, ay, bx, by] = [scale.x(x0), scale.y(y0), scale.x(to[group][0]), scale.y(to[group][1])];
    const length = Math.hypot(bx - ax, by - ay);
    if (length < 4) return;
    pen.globalAlpha = lit === null || lit === group ? 0.75 : 0.15;
    pen.strokeStyle = style.text;
    pen.setLineDash([4, 4]);
    pen.beginPath(); pen.moveTo(ax, ay); pen.lineTo(bx, by); pen.stroke();
    pen.setLineDash([]);
    pen.beginPath(); pen.arc(ax, ay, 3.5, 0, 2 * Math.PI); pen.fillStyle = style.ground; pen.fill(); pen.stroke();
  });
  pen.globalAlpha = 1;
};

const drawCenters = (pen, scale, centers, style, lit) => {
  centers.forEach(([x, y], group) => {
    const [cx, cy] = [scale.x(x), scale.y(y)];
    const bright = lit === null || lit === group;
    pen.globalAlpha = bright ? 1 : 0.3;
    pen.beginPath(); SHAPES[group](pen, cx, cy, lit === group ? 16 : 13);
    pen.lineWidth = 5; pen.strokeStyle = style.ground; pen.stroke();
    pen.fillStyle = style.palette[group % 8]; pen.fill();
    pen.lineWidth = 1.5; pen.strokeStyle = style.text; pen.stroke();
    pen.fillStyle = ink(style, group);
    pen.font = `700 12px ${style.font}`;
    pen.textAlign = "center"; pen.textBaseline = "middle";
    pen.fillText(String(group + 1), cx, cy + 0.5);
    pen.textBaseline = "alphabetic";
  });
  pen.globalAlpha = 1;
};

const prepare = (canvas, size = 1) => {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio * size, 0, 0, ratio * size, 0, 0);
  pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  return pen;
};

const drawSide = (state, side, privateCenters) => {
  const { data, lit } = state;
  const canvas = state.canvases[side];
  if (!canvas || !canvas.clientWidth) return;
  const style = look(state.host);
  const pen = prepare(canvas, zoom(data));
  const scale = scales(canvas, data);
  drawAxes(pen, scale, data, style);
  pen.save();
  pen.beginPath();
  pen.rect(scale.left, MARGIN.top, scale.width - scale.left - MARGIN.right, scale.height - scale.bottom - MARGIN.top);
  pen.clip();
  const picture = data[side];
  if (picture.labels) drawPeople(pen, scale, data.people, picture.labels, data.k, style, lit);
  if (picture.cells) drawCells(pen, scale, picture.cells, style, lit);
  if (side === "private" && data.plain) drawDrift(pen, scale, data.plain.centers, privateCenters, style, lit);
  drawCenters(pen, scale, side === "private" ? privateCenters : picture.centers, style, lit);
  pen.restore();
};

const draw = (state) => {
  if (state.data.plain) drawSide(state, "plain", state.shown);
  drawSide(state, "private", state.shown);
};

const glide = (state) => {
  cancelAnimationFrame(state.frame);
  const goal = state.data.private.centers;
  const start = state.shown && state.shown.length === goal.length ? state.shown : goal;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches || start === goal;
  const began = performance.now();
  const step = (now) => {
    const part = still ? 1 : Math.min(1, (now - began) / MOVE_MS);
    const eased = 1 - (1 - part) ** 3;
    state.shown = goal.map((to, i) => [0, 1].map((axis) => start[i][axis] + (to[axis] - start[i][axis]) * eased));
    draw(state);
    if (part < 1) state.frame = requestAnimationFrame(step);
    else state.host.dispatchEvent(new CustomEvent("pair-drawn", { bubbles: true, composed: true }));
  };
  if (still) step(began);
  else state.frame = requestAnimationFrame(step);
};

// --- cards and the trail: plain elements, filled with text only --------------------------------------------------

const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const badge = (state, group) => {
  const size = 26;
  const canvas = element("canvas", "badge");
  canvas.width = size * 2; canvas.height = size * 2;
  canvas.setAttribute("aria-hidden", "true");
  const pen = canvas.getContext("2d");
  const style = look(state.host);
  pen.scale(2, 2);
  pen.beginPath(); SHAPES[group](pen, size / 2, size / 2, 10);
  pen.fillStyle = style.palette[group % 8]; pen.fill();
  pen.strokeStyle = style.text; pen.lineWidth = 1; pen.stroke();
  pen.fillStyle = ink(style, group); pen.font = `700 11px ${style.font}`;
  pen.textAlign = "center"; pen.textBaseline = "middle"; pen.fillText(String(group + 1), size / 2, size / 2 + 0.5);
  return canvas;
};

const bar = (row, className, share, text) => {
  const line = element("div", "bar");
  const fill = element("span", `fill ${className}`);
  fill.style.width = `${Math.max(1, share * 100)}%`;
  const track = element("span", "track");
  const average = element("span", "mean");
  average.style.left = `${row.average * 100}%`;
  track.append(fill, average);
  line.append(track, element("span", "figure", text));
  return line;
};

const card = (state, group, index) => {
  const box = element("li", "card");
  box.tabIndex = 0;
  box.dataset.group = String(index);
  const head = element("div", "head");
  const title = element("div", "title");
  title.append(element("strong", "", group.name), element("span", "quiet", group.size));
  head.append(badge(state, index), title);
  box.append(head);
  for (const row of group.rows) {
    const block = element("div", "row");
    block.append(element("div", "label", row.label));
    if (row.plain) block.append(bar(row, "plain", row.plain.at, row.plain.text));
    block.append(bar(row, "private", row.private.at, row.private.text));
    box.append(block);
  }
  if (group.overlap) box.append(element("div", "overlap quiet", group.overlap));
  return box;
};

const fillCards = (state) => {
  const { data, root } = state;
  const list = root.querySelector(".cards");
  list.replaceChildren(...data.groups.map((group, index) => card(state, group, index)));
  list.setAttribute("aria-label", data.words.cards);
  root.querySelector(".key").replaceChildren(
    ...(data.plain ? [element("span", "swatch plain", data.words.plain_key)] : []),
    element("span", "swatch private", data.words.private),
    element("span", "swatch average", data.words.average),
  );
};

const fillTrail = (state) => {
  const { data, root } = state;
  const strip = root.querySelector(".trail");
  strip.replaceChildren();
  if (!data.trail.length) return;
  strip.append(element("span", "quiet", data.words.trail));
  for (const run of data.trail) {
    const button = element("button", run.now ? "run now" : "run");
    button.type = "button";
    button.setAttribute("aria-pressed", String(run.now));
    const column = element("span", "column");
    column.style.height = `${Math.max(4, run.height * 26)}px`;
    button.append(column, element("span", "", run.title), element("span", "quiet", run.text));
    button.onclick = () => state.send("run", run.pick);
    strip.append(button);
  }
};

// --- putting it together -----------------------------------------------------------------------------------------

const light = (state, group) => {
  if (state.lit === group) return;
  state.lit = group;
  for (const box of state.root.querySelectorAll(".card")) {
    box.classList.toggle("lit", box.dataset.group === String(group));
    box.classList.toggle("dim", group !== null && box.dataset.group !== String(group));
  }
  draw(state);
};

const groupAt = (state, side, event) => {
  const canvas = state.canvases[side];
  const box = canvas.getBoundingClientRect();
  const scale = scales(canvas, state.data);
  const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((place) => place / zoom(state.data));
  const centers = side === "private" ? state.shown : state.data.plain.centers;
  const reach = centers.map(([cx, cy]) => Math.hypot(scale.x(cx) - x, scale.y(cy) - y));
  const nearest = reach.indexOf(Math.min(...reach));
  return reach[nearest] < Math.min(scale.width, scale.height) * 0.16 ? nearest : null;
};

const listen = (state) => {
  for (const side of ["plain", "private"]) {
    const canvas = state.canvases[side];
    canvas.onpointermove = (event) => { if (event.pointerType === "mouse") light(state, groupAt(state, side, event)); };
    canvas.onpointerleave = () => light(state, null);
    canvas.onclick = (event) => {
      const group = groupAt(state, side, event);
      light(state, state.lit === group ? null : group);
    };
  }
  const cards = state.root.querySelector(".cards");
  const of = (event) => event.target.closest(".card");
  cards.onpointerover = (event) => { const box = of(event); if (box) light(state, Number(box.dataset.group)); };
  cards.onpointerleave = () => light(state, null);
  cards.onfocusin = cards.onpointerover;
  cards.onfocusout = () => light(state, null);
  for (const button of state.root.querySelectorAll(".switch button")) {
    button.onclick = () => { state.side = button.dataset.side; show(state); draw(state); };
  }
};

const show = (state) => {
  const both = Boolean(state.data.plain);
  const side = both ? state.side : "private";
  state.root.dataset.side = side;
  state.root.classList.toggle("alone", !both);
  state.root.classList.toggle("stage", Boolean(state.data.stage));
  for (const button of state.root.querySelectorAll(".switch button")) {
    button.setAttribute("aria-pressed", String(button.dataset.side === side));
    button.textContent = state.data.words[button.dataset.side];
  }
};

const create = (parentElement, send) => {
  const root = parentElement.querySelector(".pair");
  parentElement.adoptedStyleSheets = [sheet];
  const state = {
    root, send, host: root, lit: null, side: "private", shown: null, frame: 0,
    canvases: { plain: root.querySelector("canvas.plain"), private: root.querySelector("canvas.private") },
  };
  state.watcher = new ResizeObserver(() => { if (state.data) draw(state); });
  state.watcher.observe(root);
  // The theme may change without a new render: follow the host's colour scheme.
  state.theme = new MutationObserver(() => { if (state.data) { fillCards(state); draw(state); } });
  const app = document.querySelector(".stApp");
  if (app) state.theme.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  return state;
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const send = (name, value) => setTriggerValue(name, value);
  if (!memory.has(parentElement)) memory.set(parentElement, create(parentElement, send));
  const state = memory.get(parentElement);
  state.send = send;
  state.data = {
    ...data,
    people: data.people ? unpack(data.people, Uint16Array) : null,
    plain: data.plain && { ...data.plain, labels: data.plain.labels && unpack(data.plain.labels, Uint8Array) },
    private: {
      ...data.private,
      labels: data.private.labels && unpack(data.private.labels, Uint8Array),
      cells: data.private.cells && {
        places: unpack(data.private.cells.places, Uint16Array),
        weights: unpack(data.private.cells.weights, Float32Array),
        groups: unpack(data.private.cells.groups, Uint8Array),
      },
    },
  };
  if (state.lit !== null && state.lit >= data.k) state.lit = null;
  for (const side of ["plain", "private"]) {
    const figure = state.root.querySelector(`figure.${side}`);
    if (!data[side]) continue;
    figure.querySelector("h2").textContent = data.words[side];
    figure.querySelector(".mark").textContent = data[side].mark ?? "";
    figure.querySelector(".mark").hidden = !data[side].mark;
    figure.querySelector("figcaption").textContent = data[side].caption;
    state.canvases[side].setAttribute("aria-label", data[side].alternative);
  }
  show(state);
  listen(state);
  fillCards(state);
  fillTrail(state);
  glide(state);
  return () => {
    cancelAnimationFrame(state.frame);
    state.watcher.disconnect();
    state.theme.disconnect();
    memory.delete(parentElement);
  };
}

// What other views draw with.
export { SHAPES, element, ink, look, prepare, unpack };
