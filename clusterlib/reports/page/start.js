// The page's own script: every part follows the cut that the cut explorer shows.

import { element } from "../shared/dom.js";
import { clustermap, leafName } from "./clustermap.js";
import { comparison } from "./compare.js";
import { alone, labelsFile, save, savePng } from "./files.js";
import { clustersOf, unpack } from "./model.js";
import { profileHtml } from "./profiles.js";
import { rowTable, scrolling } from "./rows.js";

const METHODS = /\{method\}/g;
const fill = (text, state) =>
  text
    .replaceAll("{{", "\u0000")
    .replaceAll("}}", "\u0001")
    .replace(/\{t\}/g, state.cuts.t[state.values.t])
    .replace(METHODS, state.values.method)
    .replaceAll("\u0000", "{")
    .replaceAll("\u0001", "}");
const COMMAND = " --method {method} --height {t} --labels-out labels.csv";

class Page {
  constructor(root) {
    this.root = root;
    this.data = unpack(JSON.parse(root.querySelector("script[data-report]").textContent));
    this.rows = rowTable(this.data);
    this.compare = this.data.classes.length ? comparison(this.data) : null;
    this.map = element("div", scrolling("Clustermap", "scroll map"));
    this.now = element("p", { class: "now" });
    this.build();
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  build() {
    const button = (text, onclick) => element("button", { type: "button", onclick }, text);
    const bar = element(
      "div",
      { class: "bar" },
      button("Download labels.csv", () =>
        save("labels.csv", "text/csv", labelsFile(this.data, this.cut)),
      ),
      button("Download SVG", () => save("clusters.svg", "image/svg+xml", alone(this.picture))),
      button("Download PNG", () => savePng(this.picture, "clusters.png")),
      button("Download settings", () => save("settings.json", "application/json", this.settings())),
    );
    this.part("rows").replaceChildren(this.now, bar, this.rows.node);
    if (this.compare) this.part("classes").replaceChildren(this.compare.node);
    this.part("clustermap").replaceChildren(
      element("p", {}, "The tree beside the features; each line is a row, or a code word of rows:"),
      this.map,
    );
    for (const told of this.root.querySelectorAll("[data-told]")) told.hidden = true;
    for (const put of this.root.querySelectorAll("[data-effect]")) {
      const told = this.root.querySelector(`[data-told="${put.dataset.effect}"]`);
      put.setAttribute("aria-expanded", "false");
      put.addEventListener("click", () => {
        told.hidden = !told.hidden;
        put.setAttribute("aria-expanded", String(!told.hidden));
        put.textContent = told.hidden ? "Put back" : "Leave out";
      });
    }
    this.tips();
  }

  // Names under the pointer: of the leaves and points of the explorer.
  tips() {
    const tip = element("div", { class: "tip", hidden: true });
    this.root.append(tip);
    const show = (event) => {
      const node = event.target.closest("#x-report-cut [data-rows]");
      tip.hidden = !node;
      if (!node) return;
      const points = node.dataset.rows.split(" ").map(Number),
        names = points.slice(0, 8).map((p) => leafName(this.data, p)),
        more = points.length > 8 ? ` and ${points.length - 8} more` : "";
      tip.textContent = names.join(", ") + more;
      const widest = document.documentElement.clientWidth - 230;
      tip.style.left = `${Math.min(event.pageX + 14, widest)}px`;
      tip.style.top = `${event.pageY + 14}px`;
    };
    this.root.addEventListener("pointermove", show);
    this.root.addEventListener("pointerleave", () => {
      tip.hidden = true;
    });
  }

  settings() {
    const { state } = this;
    const own = {
      title: this.data.title,
      method: state.values.method,
      height: state.cuts.t[state.values.t],
      clusters: this.cut.k,
      command: this.data.command && this.data.command + fill(COMMAND, state),
      python: this.data.call && fill(this.data.call, state),
    };
    return `${JSON.stringify(own, null, 2)}\n`;
  }

  follow(state) {
    this.state = state;
    this.cut = clustersOf(this.data, state.shown);
    const height = state.cuts.t[state.values.t],
      many = this.cut.k === 1 ? "1 cluster" : `${this.cut.k} clusters`;
    this.now.textContent =
      `The cut on screen: ${many}, ${state.values.method} linkage, height ${height}. ` +
      `${this.data.n.toLocaleString("en")} rows.`;
    this.rows.set(this.cut);
    this.compare?.set(this.cut);
    this.part("profiles").innerHTML = profileHtml(this.data, this.cut);
    this.picture = clustermap(this.data, this.cut, state);
    this.map.innerHTML = this.picture;
    const call = this.part("call"),
      command = this.part("command");
    if (call) call.textContent = fill(this.data.call, state);
    if (command) command.textContent = this.data.command + fill(COMMAND, state);
  }
}

// Wait for the cut explorer; a run of quick moves is followed once, when it rests.
export function start() {
  const pages = new WeakMap();
  const follow = (root, state) => {
    if (!pages.has(root)) pages.set(root, { page: new Page(root), waiting: 0 });
    const own = pages.get(root);
    clearTimeout(own.waiting);
    if (!own.page.state) own.page.follow(state);
    else own.waiting = setTimeout(() => own.page.follow(state), 60);
  };
  document.addEventListener("clx-change", (event) => {
    const root = event.target.closest(".clx-report");
    if (root && event.target.id === "x-report-cut") follow(root, event.detail);
  });
}
