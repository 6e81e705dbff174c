// The life of an explorer: question, picture, controls, status line, address.
//
// Each explorer's file exports `view`, a dict of functions:
//   defaults(data) -> values                       what Reset returns to
//   change(values, key, data, state) -> values     optional: ties one control to another
//   state(values, data, before) -> state           pure, but for colours kept from `before`
//   controls(state, data) -> [spec]                the first four in sight, the rest in a drawer
//   panels(data) -> [{key, title, wide, height, html}]   the first is the big picture
//   draw: {key(w, h, state, data) -> {svg, label, x, y, title} or {html}}
//   drag: {key(pointer, state, data) -> values to change, or nothing}
//   status(state, data) -> one or two sentences
//
// While the question is open only the big picture is drawn, from a state with `asking` set.

import { accept, readAddress, writeAddress } from "./address.js";
import { CONTROLS } from "./controls.js";
import { element, inLab } from "./dom.js";
import { onKeyDown, onKeyUp } from "./keys.js";
import { linkRows, makeDraggable, makePanel, paint } from "./panels.js";
import { record } from "./progress.js";
import { askFirst } from "./question.js";

const IN_SIGHT = 4;
const WAITING = "Answer the question, or skip it, and the figure shows what happens.";

class Explorer {
  constructor(root, view) {
    this.root = root;
    this.id = root.id;
    this.view = view;
    this.data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    this.defaults = view.defaults(this.data);
    this.state = null;
    this.controls = new Map();
    this.build();
  }

  build() {
    const { data, view } = this;
    const group = { class: "clx-controls", role: "group" };
    this.inSight = element("div", { ...group, "aria-label": `Controls: ${data.title}` });
    this.rest = element("div", { ...group, "aria-label": `More controls: ${data.title}` });
    this.drawer = element(
      "details",
      { class: "clx-drawer", hidden: true },
      element("summary", {}, "More controls"),
      this.rest,
    );
    this.status = element("p", { class: "clx-status", role: "status", "aria-live": "polite" });
    this.panels = view.panels(data).map((spec, i) => makePanel(spec, i === 0));
    for (const panel of this.panels) {
      const drag = view.drag?.[panel.spec.key];
      if (drag) makeDraggable(panel, (pointer) => this.dragged(panel, drag, pointer));
    }
    const [main, ...others] = this.panels.map((panel) => panel.figure);
    this.stage = element("div", { class: "clx-stage" }, main, this.status);
    this.grid = element("div", { class: "clx-panels" }, ...others);
    this.asked = data.question
      ? askFirst(data.question, this.id, (answered) => this.reveal(answered))
      : null;
    this.body = element(
      "div",
      { class: "clx-body" },
      element("p", { class: "clx-title" }, data.title),
      this.asked?.box,
      this.stage,
      this.inSight,
      this.drawer,
      this.grid,
      this.foot(),
    );
    this.asking = !!this.asked && !this.asked.answeredBefore && !readAddress(this.id);
    if (!this.asking) this.asked?.open();
    this.body.classList.toggle("clx-asking", this.asking);
    this.linked = linkRows(this.body);
    this.body.addEventListener("keydown", onKeyDown);
    this.body.addEventListener("keyup", onKeyUp);
  }

  foot() {
    const reset = element("button", { type: "button", onclick: () => this.reset() }, "Reset");
    const wide = element(
      "button",
      { type: "button", "aria-pressed": "false", onclick: () => this.widen() },
      "Wide view",
    );
    this.wide = wide;
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.root.classList.contains("clx-full")) this.widen();
    });
    return element("div", { class: "clx-foot clx-row" }, reset, wide);
  }

  widen() {
    const full = this.root.classList.toggle("clx-full");
    this.wide.setAttribute("aria-pressed", full);
    this.wide.textContent = full ? "Close the wide view" : "Wide view";
    if (this.measure()) this.render();
    if (!full) this.root.scrollIntoView({ block: "nearest" });
  }

  reset() {
    this.state = null;
    this.update({ ...this.defaults });
    writeAddress(this.id, this.defaults, this.defaults);
  }

  // The outcome may be seen: after an answer, after Skip, or after a first move.
  reveal(answered) {
    if (!this.asking && !answered) return;
    this.asking = false;
    this.body.classList.remove("clx-asking");
    if (!this.state) return;
    this.measure();
    const after = answered ? this.data.question.after : {};
    const values = { ...this.defaults, ...after };
    const last = Object.keys(after).pop();
    this.update(
      last && this.view.change ? this.view.change(values, last, this.data, this.state) : values,
    );
  }

  send(patch, key, action) {
    this.asked?.open();
    let values = { ...this.state.values, ...(action ? action(this.state, this.data) : patch) };
    if (this.view.change) values = this.view.change(values, key, this.data, this.state);
    this.update(values);
    clearTimeout(this.saving);
    this.saving = setTimeout(() => writeAddress(this.id, this.state.values, this.defaults), 250);
  }

  dragged(panel, drag, pointer) {
    if (this.asking) return;
    const patch = drag(pointer, this.state, this.data);
    if (patch) this.send(patch, Object.keys(patch)[0]);
  }

  update(values) {
    this.state = this.view.state(values, this.data, this.state);
    this.render();
    this.tell();
    this.root.dispatchEvent(new CustomEvent("clx-change", { detail: this.state, bubbles: true }));
  }

  // The status line is spoken, so a run of quick changes is told once, when it ends.
  tell() {
    clearTimeout(this.waiting);
    const words = this.asking ? WAITING : this.view.status(this.state, this.data);
    const say = () => {
      this.status.textContent = words;
    };
    const now = performance.now();
    if (now - (this.spoken ?? -1e9) > 400) say();
    else this.waiting = setTimeout(say, 150);
    this.spoken = now;
  }

  render() {
    const { view, state, data } = this;
    this.setControls(view.controls(state, data));
    const shown = this.asking ? { ...state, asking: true } : state;
    for (const panel of this.panels)
      if (!this.asking || panel.isMain)
        paint(panel, (w, h) => view.draw[panel.spec.key](w, h, shown, data), this.asking);
    this.linked.again();
  }

  setControls(specs) {
    const shown = new Set();
    for (const [i, given] of specs.entries()) {
      const spec = { ...given, label: given.label ?? this.data.labels[given.key] };
      const slot = `${spec.type}:${spec.key}`;
      shown.add(slot);
      if (!this.controls.has(slot)) {
        const send = (patch, key, action) => this.send(patch, key, action);
        const made = CONTROLS[spec.type](spec, `${this.id}-${spec.key}`, send);
        this.controls.set(slot, made);
        (i < IN_SIGHT ? this.inSight : this.rest).append(made.node);
      }
      this.controls.get(slot).set(spec);
    }
    for (const [slot, control] of this.controls) control.node.hidden = !shown.has(slot);
    this.drawer.hidden = !this.rest.querySelector(":scope > :not([hidden])");
  }

  measure() {
    let changed = false;
    for (const panel of this.panels) {
      const width = Math.round(panel.figure.clientWidth) || panel.width;
      if (width !== panel.width) changed = true;
      panel.width = width;
    }
    return changed;
  }

  // An address that somebody edited by hand may hold what no state is made of.
  open(values) {
    try {
      this.update(accept(values, this.defaults));
    } catch {
      this.state = null;
      this.update({ ...this.defaults });
    }
  }

  start() {
    this.root.prepend(this.body);
    this.measure();
    if (this.asking) this.update({ ...this.defaults, ...this.data.question.before });
    else this.open(readAddress(this.id));
    this.root.querySelector(".clx-static")?.remove();
    new ResizeObserver(() => {
      if (this.measure()) this.render();
    }).observe(this.body);
    addEventListener("hashchange", () => {
      const given = readAddress(this.id);
      if (!given) return;
      this.asked?.open();
      this.open(given);
    });
    if (readAddress(this.id) && !inLab()) this.root.scrollIntoView();
  }
}

function startQuiz(quiz) {
  quiz.addEventListener("keydown", onKeyDown);
  quiz.addEventListener("change", (event) => {
    const option = event.target.closest(".option");
    if (option) record(quiz.id, "quiz", option.classList.contains("right"));
  });
}

// Start every explorer and quiz within `root` that has not started yet.
export function mountAll(root, views) {
  const fresh = (selector) => {
    const inside = [...root.querySelectorAll(selector)];
    return (root.matches?.(selector) ? [root, ...inside] : inside).filter(
      (node) => !node.hasAttribute("data-ready"),
    );
  };
  for (const quiz of fresh(".clx-quiz")) {
    quiz.dataset.ready = "";
    startQuiz(quiz);
  }
  for (const node of fresh("[data-explorer]")) {
    node.dataset.ready = "";
    try {
      const explorer = new Explorer(node, views[node.dataset.explorer]);
      explorer.start();
      node.explorer = explorer;
    } catch (error) {
      node.querySelector(".clx-body")?.remove(); // the picture without a script stays
      console.error(`explorer ${node.dataset.explorer}:`, error);
    }
  }
}

// The page's one entry: its style, all explorers that are there, and those that come later.
export function start(views, style) {
  const mount = (root = document) => mountAll(root, views);
  if (!document.getElementById("clx-style"))
    document.head.append(element("style", { id: "clx-style" }, style));
  // Other scripts of the page mount what they insert, and report answers.
  window.clusterlib = { mount, record };
  // A notebook puts an output into the page a moment after its script has run.
  for (const wait of [0, 50, 300, 1500]) setTimeout(mount, wait);
  return mount;
}
