// The controls of an explorer.  Each maker returns {node, set(spec)}; `send` tells of a move.
// spec: {type, key, label, value, text} with min, max and play (a range), options (a select)
// or buttons (a row of them).

import { element, motionIsReduced } from "./dom.js";
import { clamp } from "./numbers.js";
import { esc } from "./words.js";

const SPEEDS = { slow: 2, normal: 1, fast: 0.4 };

// Play goes step by step, until the end or until the reader stops it; `now` gives the spec as
// shown.
function player(spec, now, send) {
  if (!spec.play || motionIsReduced()) return [];
  let timer = 0;
  const speed = element("select", { class: "clx-speed", "aria-label": "Speed of play" });
  speed.innerHTML = Object.keys(SPEEDS)
    .map((name) => `<option${name === "normal" ? " selected" : ""}>${name}</option>`)
    .join("");
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    button.textContent = "Play";
  };
  const next = () => {
    const { value, max } = now();
    if (value >= max || !button.isConnected) return stop();
    send({ [spec.key]: value + 1 }, spec.key);
    timer = setTimeout(next, spec.play * SPEEDS[speed.value]);
  };
  const button = element("button", { type: "button", "aria-label": "play or pause" }, "Play");
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (now().value >= now().max) send({ [spec.key]: now().min }, spec.key);
    button.textContent = "Pause";
    timer = setTimeout(next, spec.play * SPEEDS[speed.value]);
  });
  return [button, speed];
}

const FINE = 1000; // places of a slider that is scaled by a quantity
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
const nearest = (places, at) =>
  places.reduce((best, p, i) => (Math.abs(p - at) < Math.abs(places[best] - at) ? i : best), 0);

// With `places`, one from 0 to 1 for each value, the slider is scaled by them, and a key goes one
// step on.
function rangeControl(spec, id, send) {
  let now = spec;
  const name = element("span");
  const value = element("span", { class: "clx-value" });
  const input = element("input", { type: "range", id, step: 1 });
  const move = (to) => send({ [spec.key]: to }, spec.key);
  input.addEventListener("input", () =>
    move(now.places ? now.min + nearest(now.places, +input.value / FINE) : +input.value),
  );
  input.addEventListener("keydown", (event) => {
    const by = KEYS[event.key];
    if (!now.places || !by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move(clamp(now.value + by, now.min, now.max));
  });
  const step = (by, sign) =>
    element(
      "button",
      {
        type: "button",
        "data-step": by,
        onclick: () => move(clamp(now.value + by, now.min, now.max)),
      },
      sign,
    );
  const less = step(-1, "\u2212");
  const more = step(1, "+");
  const play = player(spec, () => now, send);
  const row = element("div", { class: "clx-row clx-range" }, less, input, more, ...play);
  const label = element("label", { for: id }, name, " ", value);
  return {
    node: element("div", { class: "clx-control" }, label, row),
    set(s) {
      name.textContent = `${s.label}:`;
      value.textContent = s.text;
      now = s;
      input.min = s.places ? 0 : s.min;
      input.max = s.places ? FINE : s.max;
      input.dataset.places = (s.places ?? []).map((p) => Math.round(FINE * p)).join(" ");
      const place = s.value - s.min;
      if (!s.places || nearest(s.places, +input.value / FINE) !== place)
        input.value = s.places ? Math.round(FINE * s.places[place]) : s.value;
      input.setAttribute("aria-valuetext", s.text);
      less.setAttribute("aria-label", `${s.label}: one step down`);
      more.setAttribute("aria-label", `${s.label}: one step up`);
      play[0]?.setAttribute("aria-label", `${s.label}: play or pause`);
      less.disabled = s.value <= s.min && document.activeElement !== less;
      more.disabled = s.value >= s.max && document.activeElement !== more;
    },
  };
}

function selectControl(spec, id, send) {
  const label = element("label", { for: id });
  const select = element("select", { id });
  select.addEventListener("change", () => send({ [spec.key]: select.value }, spec.key));
  let shown = "";
  return {
    node: element("div", { class: "clx-control" }, label, select),
    set(s) {
      label.textContent = s.label;
      const options = s.options
        .map(([value, words]) => `<option value="${esc(value)}">${esc(words)}</option>`)
        .join("");
      if (options !== shown) select.innerHTML = shown = options;
      select.value = s.value;
    },
  };
}

function buttonsControl(spec, id, send) {
  let now = spec;
  const press = (i) => send(now.buttons[i].patch, spec.key, now.buttons[i].action);
  const buttons = spec.buttons.map((b, i) =>
    element("button", { type: "button", onclick: () => press(i) }, b.text),
  );
  const name = element("span", { class: "clx-name", id });
  const group = { class: "clx-row", role: "group", "aria-labelledby": id };
  return {
    node: element("div", { class: "clx-control" }, name, element("div", group, ...buttons)),
    set(s) {
      now = s;
      name.textContent = s.label;
      s.buttons.forEach((b, i) => {
        buttons[i].textContent = b.text;
        if (b.pressed !== undefined) buttons[i].setAttribute("aria-pressed", b.pressed);
        buttons[i].disabled = !!b.disabled && document.activeElement !== buttons[i];
      });
    },
  };
}

function checkControl(spec, id, send) {
  const input = element("input", { type: "checkbox", id });
  input.addEventListener("change", () => send({ [spec.key]: input.checked }, spec.key));
  const words = element("span");
  const label = element("label", { class: "clx-check", for: id }, input, words);
  return {
    node: element("div", { class: "clx-control" }, label),
    set(s) {
      words.textContent = s.label;
      input.checked = s.value;
    },
  };
}

export const CONTROLS = {
  range: rangeControl,
  select: selectControl,
  buttons: buttonsControl,
  check: checkControl,
};
