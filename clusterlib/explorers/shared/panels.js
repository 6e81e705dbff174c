// One panel of an explorer: a caption over a picture in SVG, or over a table.
// A picture's parts with `data-handle` can be dragged; with `data-rows` they are linked.

import { element } from "./dom.js";
import { clamp } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const PHONE = 500; // pixels; a narrower picture stays low, so that its controls are in view

export function makePanel(spec, isMain) {
  const caption = element("figcaption", {}, spec.title);
  const body = spec.html ? element("div") : document.createElementNS(SVG, "svg");
  if (!spec.html) body.setAttribute("role", "img");
  const kind = isMain ? " clx-main" : spec.wide ? " clx-wide" : "";
  const figure = element(
    "figure",
    { class: `clx-panel${kind}`, "data-panel": spec.key },
    caption,
    body,
  );
  return { spec, isMain, caption, body, figure, width: 340, drawn: null };
}

function heightOf({ spec, isMain, width }) {
  const h = typeof spec.height === "function" ? spec.height(width) : (spec.height ?? 250);
  if (!isMain) return h;
  return width < PHONE ? clamp(h, 200, 300) : clamp(h, Math.min(0.5 * width, 380), 440);
}

// While the question is open no handle works, so no title of the panel's own asks to drag one.
export function paint(panel, draw, asking) {
  const most = Math.round(heightOf(panel));
  const drawn = draw(panel.width, most);
  const h = drawn.h ?? most; // a picture that needs less says so
  panel.drawn = drawn;
  panel.caption.textContent = drawn.title ?? (asking ? "" : panel.spec.title);
  if (drawn.html !== undefined) {
    panel.body.innerHTML = drawn.html;
    return;
  }
  panel.body.setAttribute("viewBox", `0 0 ${panel.width} ${h}`);
  panel.body.setAttribute("aria-label", drawn.label);
  panel.body.innerHTML = drawn.svg;
}

// Tell `onMove` where the pointer is, in pixels and in data, from its press to its release.
export function makeDraggable(panel, onMove) {
  let handle = null;
  const move = (event, phase) => {
    const box = panel.body.getBoundingClientRect();
    const px = ((event.clientX - box.left) / box.width) * panel.width;
    const py = ((event.clientY - box.top) / box.width) * panel.width;
    const { x, y } = panel.drawn;
    onMove({ phase, handle, px, py, x: x?.inverse(px), y: y?.inverse(py) });
  };
  const { body } = panel;
  body.addEventListener("pointerdown", (event) => {
    const hit = event.target.closest("[data-handle]");
    if (!hit) return;
    handle = hit.dataset.handle;
    body.setPointerCapture(event.pointerId);
    event.preventDefault();
    move(event, "down");
  });
  // A finger on a handle drags it; the page neither scrolls nor swipes back.
  const hold = (event) => {
    if (event.target.closest("[data-handle]")) event.preventDefault();
  };
  body.addEventListener("touchstart", hold, { passive: false });
  body.addEventListener("pointermove", (event) => {
    if (handle !== null) move(event, "move");
  });
  for (const end of ["pointerup", "pointercancel"])
    body.addEventListener(end, () => {
      handle = null;
    });
}

// Under the pointer a row, or a branch of rows, lights up in every panel that shows it;
// `again` lights it in panels that were drawn anew.
export function linkRows(grid) {
  const rowsOf = (node) => node.dataset.rows.split(" ");
  let lit = [];
  const light = (rows) => {
    lit = rows;
    const chosen = new Set(rows);
    for (const node of grid.querySelectorAll("[data-rows]"))
      node.classList.toggle("lit", rows.length > 0 && rowsOf(node).every((r) => chosen.has(r)));
    grid.classList.toggle("clx-linked", rows.length > 0);
  };
  grid.addEventListener("pointerover", (event) => {
    const node = event.target.closest("[data-rows]");
    light(node ? rowsOf(node) : []);
  });
  grid.addEventListener("pointerleave", () => light([]));
  return { again: () => lit.length && light(lit) };
}
