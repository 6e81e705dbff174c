// The life of an explorer: controls, panels, status line, address, question.
//
// A view is registered by `view(name, {...})` with
//   defaults(data) -> values                       what Reset returns to
//   change(values, key, data, state) -> values     optional: ties one control to another
//   state(values, data, before) -> state           pure, but for colours kept from `before`
//   controls(state, data) -> [spec]                range, select, buttons, check
//   panels(data) -> [{key, title, wide, height, html}]
//   draw: {key(w, h, state, data) -> {svg, label, x, y} or {html}}
//   drag: {key(pointer, state, data) -> values to change, or nothing}
//   status(state, data) -> one or two sentences
const VIEWS = {};
const view = (name, definition) => { VIEWS[name] = definition; };
const inLab = () => !!document.querySelector(".jp-Notebook, #jupyter-config-data");
const quiet = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (key === "html") node.innerHTML = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((c) => c !== null && c !== undefined));
  return node;
}

// --- the address: #cut:data=iris;k=3&seeding:seed=4 --------------------------
const decode = (s) => { try { return decodeURIComponent(s); } catch { return s; } };
const readHash = () => Object.fromEntries(location.hash.slice(1).split("&").filter((s) => s.includes(":")).map((part) => {
  const [id, rest] = [part.slice(0, part.indexOf(":")), part.slice(part.indexOf(":") + 1)];
  return [id, Object.fromEntries(rest.split(";").filter((s) => s.includes("=")).map((s) => s.split("=").map(decode)))];
}));
function writeHash(id, values, defaults) {
  if (inLab()) return;
  const all = readHash();
  const own = Object.entries(values).filter(([k, v]) => v !== defaults[k] && ["string", "number", "boolean"].includes(typeof v));
  delete all[id];
  if (own.length) all[id] = Object.fromEntries(own);
  const hash = Object.entries(all).map(([k, v]) => `${k}:` + Object.entries(v).map((p) => p.map(encodeURIComponent).join("=")).join(";")).join("&");
  try { history.replaceState(history.state, "", hash ? "#" + hash : location.pathname + location.search); } catch { /* an address that may not change */ }
}
// Only keys that exist, and values of the same type as the default.
const accept = (given, defaults) => {
  const out = {...defaults};
  for (const [k, v] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(defaults, k)) continue;
    if (typeof defaults[k] === "number") { if (Number.isFinite(+v)) out[k] = Math.round(+v); }
    else if (typeof defaults[k] === "boolean") out[k] = v === "true";
    else out[k] = v;
  }
  return out;
};

// --- controls ----------------------------------------------------------------
const MAKE = {
  range(spec, id, send) {
    const value = element("span", {class: "clx-value"});
    const label = element("label", {for: id}, element("span"), " ", value);
    const input = element("input", {type: "range", id, step: 1, oninput: () => send({[spec.key]: +input.value}, spec.key)});
    const step = (by, sign) => element("button", {type: "button", "data-step": by, onclick: () => send({[spec.key]: clamp(+input.value + by, +input.min, +input.max)}, spec.key)}, sign);
    const less = step(-1, "\u2212"), more = step(1, "+");
    const row = element("div", {class: "clx-row clx-range"}, less, input, more);
    let timer = 0;
    const stop = () => { clearInterval(timer); timer = 0; play.textContent = "Play"; };
    const play = element("button", {type: "button", onclick: () => {
      if (timer) return stop();
      if (+input.value >= +input.max) send({[spec.key]: +input.min}, spec.key);
      play.textContent = "Stop";
      timer = setInterval(() => (+input.value < +input.max && document.contains(input) ? send({[spec.key]: +input.value + 1}, spec.key) : stop()), spec.play);
    }}, "Play");
    if (spec.play && !quiet()) row.append(play);
    return {node: element("div", {class: "clx-control"}, label, row), set(s) {
      label.firstChild.textContent = s.label + ":";
      value.textContent = s.text;
      input.min = s.min; input.max = s.max; input.value = s.value;
      input.setAttribute("aria-valuetext", s.text);
      less.setAttribute("aria-label", `${s.label}: one step down`);
      more.setAttribute("aria-label", `${s.label}: one step up`);
      play.setAttribute("aria-label", `${s.label}: play or stop`);
      less.disabled = s.value <= s.min && document.activeElement !== less;
      more.disabled = s.value >= s.max && document.activeElement !== more;
    }};
  },
  select(spec, id, send) {
    const label = element("label", {for: id});
    const select = element("select", {id, onchange: () => send({[spec.key]: select.value}, spec.key)});
    let shown = "";
    return {node: element("div", {class: "clx-control"}, label, select), set(s) {
      label.textContent = s.label;
      const options = s.options.map(([v, t]) => `<option value="${esc(v)}">${esc(t)}</option>`).join("");
      if (options !== shown) { select.innerHTML = options; shown = options; }
      select.value = s.value;
    }};
  },
  buttons(spec, id, send) {
    const row = element("div", {class: "clx-row", role: "group", "aria-labelledby": id});
    const name = element("span", {class: "clx-name", id});
    const buttons = spec.buttons.map((b, i) => element("button", {type: "button", onclick: () => send(node.spec.buttons[i].patch, spec.key, node.spec.buttons[i].action)}, b.text));
    row.append(...buttons);
    const node = {node: element("div", {class: "clx-control"}, name, row), spec, set(s) {
      node.spec = s;
      name.textContent = s.label;
      s.buttons.forEach((b, i) => {
        buttons[i].textContent = b.text;
        if (b.pressed !== undefined) buttons[i].setAttribute("aria-pressed", b.pressed);
        buttons[i].disabled = !!b.disabled && document.activeElement !== buttons[i];
      });
    }};
    return node;
  },
  check(spec, id, send) {
    const input = element("input", {type: "checkbox", id, onchange: () => send({[spec.key]: input.checked}, spec.key)});
    const words = element("span");
    return {node: element("div", {class: "clx-control"}, element("label", {class: "clx-check", for: id}, input, words)), set(s) {
      words.textContent = s.label;
      input.checked = s.value;
    }};
  },
};

// Notebook front ends bind arrows and single letters, so each explorer answers its own keys and stops them there.
function onKey(event) {
  const t = event.target, key = event.key;
  if (["Tab", "Escape"].includes(key) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.stopPropagation();
  const fire = (name) => { t.dispatchEvent(new Event(name, {bubbles: true})); event.preventDefault(); };
  const step = {ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1}[key];
  if (t.matches("input[type=range]")) {
    const page = Math.max(1, Math.round((t.max - t.min) / 10));
    const to = key === "Home" ? +t.min : key === "End" ? +t.max : key === "PageUp" ? +t.value + page : key === "PageDown" ? +t.value - page : step ? +t.value + step : NaN;
    if (Number.isNaN(to)) return;
    t.value = clamp(to, +t.min, +t.max);
    fire("input");
  } else if (t.matches("select")) {
    const to = key === "Home" ? 0 : key === "End" ? t.length - 1 : step && !/Left|Right/.test(key) ? t.selectedIndex - step : NaN;
    if (Number.isNaN(to)) return;
    t.selectedIndex = clamp(to, 0, t.length - 1);
    fire("change");
  } else if (t.matches("input[type=radio]") && (step || key === " ")) {
    const group = [...t.closest("fieldset").querySelectorAll("input[type=radio]")];
    const next = group[(group.indexOf(t) + (/Right|Down/.test(key) ? 1 : step ? -1 : 0) + group.length) % group.length];
    next.focus();
    next.checked = true;
    next.dispatchEvent(new Event("change", {bubbles: true}));
    event.preventDefault();
  } else if (t.matches("button, summary, input[type=checkbox]") && (key === " " || (key === "Enter" && !t.matches("input")))) {
    event.preventDefault();
    if (!event.repeat || t.matches("button")) t.click();
  }
}
const onKeyUp = (event) => {
  if (event.key === " " && event.target.matches("button, summary, input")) event.preventDefault();
};

// --- question, then move, then explanation -------------------------------------
function askFirst(question, id, explain) {
  const said = element("p", {"aria-live": "off"});
  const options = element("div", {class: "clx-options"});
  const box = element("fieldset", {class: "clx-ask"}, element("legend", {html: "Predict: " + rich(question.ask)}), options, said);
  const unlock = (words) => { said.textContent = words; explain.hidden = false; skip.hidden = true; };
  question.options.forEach((option, i) => options.append(element("label", {}, element("input", {type: "radio", name: id + "-ask", value: i, onchange: () => {
    unlock(`You said: ${option}. Now move the controls and see.`);
    explain.querySelector("p").innerHTML = `<strong>${i === question.answer ? "You were right." : `The answer is: ${esc(question.options[question.answer])}.`}</strong> ` + rich(question.explain);
  }}), element("span", {html: rich(option)}))));
  const skip = element("button", {type: "button", onclick: () => unlock("Skipped. The explanation stands below the pictures.")}, "Skip the question");
  options.append(skip);
  return {box, skip: () => { if (explain.hidden) unlock(""); }};
}

// --- one explorer -----------------------------------------------------------------
function mount(root) {
  const name = root.dataset.explorer, id = root.id, make = VIEWS[name];
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const defaults = make.defaults(data);
  let state = null;
  const controls = new Map(), panels = new Map();
  const host = element("div", {class: "clx-controls", role: "group", "aria-label": "Controls: " + data.title});
  const status = element("p", {class: "clx-status", role: "status", "aria-live": "polite"});
  const grid = element("div", {class: "clx-panels"});
  const explain = element("details", {hidden: true}, element("summary", {}, "Explanation"), element("p", {html: data.question ? rich(data.question.explain) : ""}));
  const ask = data.question ? askFirst(data.question, id, explain) : null;

  // The status line is spoken, so a run of quick changes is told once, when it ends.
  let spoken = 0, waiting = 0;
  function tell(words) {
    clearTimeout(waiting);
    const now = performance.now(), say = () => { status.textContent = words; };
    if (now - spoken > 400 || !status.textContent) say(); else waiting = setTimeout(say, 150);
    spoken = now;
  }
  let saving = 0;
  function send(patch, key, action) {
    const changed = action ? action(state, data) : patch;
    let values = {...state.values, ...changed};
    if (make.change) values = make.change(values, key, data, state);
    ask?.skip();
    update(values);
    clearTimeout(saving);
    saving = setTimeout(() => writeHash(id, state.values, defaults), 250);
  }
  function update(values) {
    state = make.state(values, data, state);
    render();
    tell(make.status(state, data));
  }
  function render() {
    const specs = make.controls(state, data), shown = new Set();
    for (const spec of specs) {
      const slot = spec.type + ":" + spec.key;
      shown.add(slot);
      if (!controls.has(slot)) {
        controls.set(slot, MAKE[spec.type](spec, `${id}-${spec.key}`, send));
        host.append(controls.get(slot).node);
      }
      controls.get(slot).set(spec);
      controls.get(slot).node.hidden = false;
    }
    for (const [slot, control] of controls) if (!shown.has(slot)) control.node.hidden = true;
    for (const panel of panels.values()) paint(panel);
  }
  function paint(panel) {
    const h = typeof panel.spec.height === "function" ? panel.spec.height(panel.width) : panel.spec.height ?? 250;
    const drawn = make.draw[panel.spec.key](panel.width, h, state, data);
    panel.drawn = drawn;
    if (drawn.title) panel.caption.textContent = drawn.title;
    if (drawn.html !== undefined) { panel.body.innerHTML = drawn.html; return; }
    panel.body.setAttribute("viewBox", `0 0 ${panel.width} ${h}`);
    panel.body.setAttribute("aria-label", drawn.label);
    panel.body.innerHTML = drawn.svg;
  }
  function addPanel(spec) {
    const caption = element("figcaption", {}, spec.title);
    const body = spec.html ? element("div") : document.createElementNS("http://www.w3.org/2000/svg", "svg");
    if (!spec.html) body.setAttribute("role", "img");
    const figure = element("figure", {class: "clx-panel" + (spec.wide ? " clx-wide" : ""), "data-panel": spec.key}, caption, body);
    const panel = {spec, caption, body, figure, width: 340, drawn: null};
    panels.set(spec.key, panel);
    grid.append(figure);
    if (make.drag?.[spec.key]) dragging(panel);
  }
  function dragging(panel) {
    let handle = null;
    const move = (event, phase) => {
      const box = panel.body.getBoundingClientRect();
      const px = ((event.clientX - box.left) / box.width) * panel.width, py = ((event.clientY - box.top) / box.width) * panel.width;
      const {x, y} = panel.drawn;
      const patch = make.drag[panel.spec.key]({phase, handle, px, py, x: x?.inverse(px), y: y?.inverse(py)}, state, data);
      if (patch) send(patch, patch.key ?? panel.spec.key);
    };
    panel.body.addEventListener("pointerdown", (event) => {
      const hit = event.target.closest("[data-handle]");
      if (!hit) return;
      handle = hit.dataset.handle;
      panel.body.setPointerCapture(event.pointerId);
      event.preventDefault();
      move(event, "down");
    });
    // A finger on a handle drags it; the page neither scrolls nor swipes back.
    panel.body.addEventListener("touchstart", (event) => { if (event.target.closest("[data-handle]")) event.preventDefault(); }, {passive: false});
    panel.body.addEventListener("pointermove", (event) => { if (handle !== null) move(event, "move"); });
    for (const end of ["pointerup", "pointercancel"]) panel.body.addEventListener(end, () => { handle = null; });
  }

  make.panels(data).forEach(addPanel);
  const reset = element("button", {type: "button", onclick: () => { state = null; update({...defaults}); writeHash(id, defaults, defaults); }}, "Reset");
  const foot = element("div", {class: "clx-foot clx-row"}, reset);
  const body = element("div", {class: "clx-body"}, element("p", {class: "clx-title"}, data.title), ask?.box, host, status, grid, explain, foot);
  root.prepend(body);
  const measure = () => {
    let moved = false;
    for (const panel of panels.values()) {
      const width = Math.round(panel.figure.clientWidth) || panel.width;
      if (width !== panel.width) { panel.width = width; moved = true; }
    }
    return moved;
  };
  measure();
  try {
    update(accept(readHash()[id], defaults));
  } catch {
    state = null;  // an address somebody edited by hand
    update({...defaults});
  }
  root.querySelector(".clx-static")?.remove();
  new ResizeObserver(() => { if (measure()) render(); }).observe(grid);
  addEventListener("hashchange", () => {
    const given = readHash()[id];
    if (given) { try { update(accept(given, defaults)); } catch { update({...defaults}); } }
  });
  body.addEventListener("keydown", onKey);
  body.addEventListener("keyup", onKeyUp);
  root.explorer = {get state() { return state; }, data, send: (patch, key) => send(patch, key)};
  if (readHash()[id] && !inLab()) root.scrollIntoView();
}

export {measured, nearest, means, lloyd, silhouettes, distances, cutTree, keepColours, cellPolygon, treeLayout};  // for the tests
export function start() {
  if (!document.getElementById("clx-style")) document.head.append(element("style", {id: "clx-style"}, CSS));
  for (const quiz of document.querySelectorAll(".clx-quiz:not([data-ready])")) {
    quiz.dataset.ready = "";
    quiz.addEventListener("keydown", onKey);
  }
  for (const root of document.querySelectorAll("[data-explorer]:not([data-ready])")) {
    root.dataset.ready = "";
    try {
      mount(root);
    } catch (error) {  // the picture without a script stays
      root.querySelector(".clx-body")?.remove();
      console.error(`explorer ${root.dataset.explorer}:`, error);
    }
  }
}
// A notebook puts an output into the page a moment after its script has run.
for (const wait of [0, 50, 300, 1500]) setTimeout(start, wait);
