// Notebook front ends bind arrows and single letters, so each explorer answers its own keys
// and stops them there.

import { clamp } from "./numbers.js";

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

const fire = (event, name) => {
  event.target.dispatchEvent(new Event(name, { bubbles: true }));
  event.preventDefault();
};

function moveSlider(event) {
  if (event.defaultPrevented) return; // a scaled slider has gone one step already
  const slider = event.target;
  const page = Math.max(1, Math.round((slider.max - slider.min) / 10));
  const by = { PageUp: page, PageDown: -page, ...STEPS }[event.key];
  const to = { Home: +slider.min, End: +slider.max }[event.key] ?? +slider.value + by;
  if (Number.isNaN(to)) return;
  slider.value = clamp(to, +slider.min, +slider.max);
  fire(event, "input");
}

function moveSelect(event) {
  const select = event.target;
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const to = { Home: 0, End: select.length - 1 }[event.key] ?? select.selectedIndex + by;
  if (Number.isNaN(to)) return;
  select.selectedIndex = clamp(to, 0, select.length - 1);
  fire(event, "change");
}

// As in every browser, but for ArrowUp, which goes back in a group and forward on a slider.
function moveRadio(event) {
  const group = [...event.target.closest("fieldset").querySelectorAll("input[type=radio]")];
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, " ": 0 }[event.key];
  if (by === undefined) return;
  const next = group[(group.indexOf(event.target) + by + group.length) % group.length];
  next.focus();
  next.checked = true;
  next.dispatchEvent(new Event("change", { bubbles: true }));
  event.preventDefault();
}

function press(event) {
  const target = event.target;
  if (event.key !== " " && (event.key !== "Enter" || target.matches("input"))) return;
  event.preventDefault();
  if (!event.repeat || target.matches("button")) target.click();
}

export function onKeyDown(event) {
  if (["Tab", "Escape"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey)
    return;
  event.stopPropagation();
  const target = event.target;
  if (target.matches("input[type=range]")) moveSlider(event);
  else if (target.matches("select")) moveSelect(event);
  else if (target.matches("input[type=radio]")) moveRadio(event);
  else if (target.matches("button, summary, input[type=checkbox]")) press(event);
}

export function onKeyUp(event) {
  if (event.key === " " && event.target.matches("button, summary, input")) event.preventDefault();
}
