// A page with live cells: one interpreter, and what the reader typed, kept in the browser.
import { Cell } from "./cells.js";
import { button, element } from "./elements.js";
import { Exercise } from "./exercises.js";
import { notebookOf } from "./notebook.js";
import { OwnData } from "./own_data.js";
import { canRun, Runner } from "./runner.js";

const NEEDS = "Python needs about 1 GB; close other pages, or use a computer.";
const CHECK = /^check\(\s*"(\d+\.\d+)"/m;

export class Page {
  constructor({ cells, rest, address, version, size, title, dark }, workerSource) {
    Object.assign(this, { rest, size, title, dark, busy: false, order: 0, runs: 0 });
    this.key = `live:${location.pathname}`;
    this.saved = this.readSaved();
    this.ended = remembered(`${this.key}:ended`);
    addEventListener("pagehide", () => this.ended.set(null)); // the reader left; nothing ended it
    this.runner = new Runner({ address, version, workerSource });
    this.status = element("p", { "data-live-status": "off", role: "status", class: "live-status" });
    this.cells = cells.map((cell) => {
      const root = document.querySelector(`.live-cell-${cell.index}`);
      root.dataset.liveCell = cell.index;
      return new Cell(root, cell, this);
    });
    this.addExercises();
    this.addTools();
  }

  addExercises() {
    for (const [place, cell] of this.cells.entries()) {
      const number = CHECK.exec(cell.original)?.[1];
      if (!number || cell.root.classList.contains("tag_hide-cell")) continue;
      const next = this.cells[place + 1];
      const solved =
        next?.root.classList.contains("tag_hide-cell") && next.original.includes(number);
      new Exercise(cell, number, solved ? next.root : null);
    }
  }

  addTools() {
    const save = button("export", "Save as notebook", () => this.exportNotebook());
    const box = element("div", { class: "live-tools" }, this.status, save);
    this.cells[0].root.before(box);
    new OwnData(this, box);
    this.say("off", this.greeting());
  }

  // A device without memory may end the page while Python starts; the next one can say so.
  greeting() {
    if (this.ended.get()) {
      this.ended.set(null);
      return (
        "This page ended while Python started: the device may have too little memory. " + NEEDS
      );
    }
    const little = navigator.deviceMemory < 2 ? ` This device has little memory. ${NEEDS}` : "";
    return (
      `The code of this page runs in your browser. The first run loads ${this.size} MB.` + little
    );
  }

  say(state, text) {
    this.status.dataset.liveStatus = state;
    this.status.textContent = text;
  }

  // Run a cell, and first the cells above that give the names it uses a value.
  async runFrom(cell) {
    const names = new Set(cell.names);
    const needed = [];
    for (const other of this.cells.slice(0, this.cells.indexOf(cell)).reverse()) {
      if (!this.mayServe(other) || !other.gives(names)) continue;
      for (const name of other.names) names.add(name);
      if (other.state !== "run") needed.unshift(other);
    }
    return this.runAll([...needed, cell]);
  }

  async runAbove(cell) {
    const above = this.cells.slice(0, this.cells.indexOf(cell));
    return this.runAll(above.filter((other) => this.mayServe(other) && other.state !== "run"));
  }

  // Stubs and solutions of exercises define nothing that other cells use; nor do cells that say
  // why they cannot give the same here.
  mayServe(cell) {
    const exercise = CHECK.test(cell.original) || cell.original.includes("assert check(");
    return !cell.reason && !exercise;
  }

  // Run `cells` in order, up to the first that raises an error.
  async runAll(cells) {
    if (this.busy) return;
    this.busy = true;
    try {
      if (!this.runner.started) await this.start();
      for (const [done, cell] of cells.entries()) {
        const above =
          done < cells.length - 1 ? `, ${done + 1} of ${cells.length - 1} needed above` : "";
        this.say("running", `Running ${cell.name}${above}.`);
        this.order += 1;
        if (!(await cell.run(this.runner, this.order)) && cell !== cells.at(-1)) {
          this.say("ready", `An error ended ${cell.name}; what comes after it did not run.`);
          cell.root.scrollIntoView({ block: "nearest" });
          return;
        }
      }
      this.say("ready", "Python is ready.");
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
      this.runs += 1;
      this.status.dataset.liveRuns = this.runs; // for tests: a short run is over before they look
    }
  }

  async start() {
    this.say("loading", "Loading Python.");
    this.ended.set("starting");
    try {
      await this.runner.start((text) =>
        this.say("loading", `${text[0].toUpperCase()}${text.slice(1)}.`),
      );
    } finally {
      this.ended.set(null);
    }
    for (const cell of this.cells) cell.buttons.run.textContent = "Run";
  }

  failed(error) {
    const memory = error instanceof RangeError || /memory|allocat/i.test(error.message);
    const advice = memory ? ` This device may have too little memory. ${NEEDS}` : "";
    this.say(/^Stopped/.test(error.message) ? "off" : "failed", error.message + advice);
    for (const cell of this.cells) if (cell.state === "run") cell.setState("stale");
  }

  stop() {
    if (this.runner.started) this.runner.stop();
    for (const cell of this.cells) if (cell.state === "run") cell.setState("stale");
  }

  markStale(changed) {
    for (const cell of this.cells.slice(this.cells.indexOf(changed) + 1)) {
      if (cell.state === "run") cell.setState("stale");
    }
  }

  readSaved() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {}; // no storage on this page: nothing is kept
    }
  }

  // What the reader made of a cell, if the book still holds the cell that it was made of.
  kept({ index, original }) {
    const [of, text] = this.saved[index] ?? [];
    return of === original ? text : undefined;
  }

  keep({ index, original }, text) {
    if (text === null) delete this.saved[index];
    else this.saved[index] = [original, text];
    try {
      localStorage.setItem(this.key, JSON.stringify(this.saved));
    } catch {
      // no storage on this page: nothing is kept
    }
  }

  exportNotebook() {
    const notebook = notebookOf(this.cells, this.rest);
    const blob = new Blob([JSON.stringify(notebook, null, 1)], { type: "application/json" });
    const link = element("a", { href: URL.createObjectURL(blob), download: `${this.title}.ipynb` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}

// A word that outlives the page, in this tab; without storage, none does.
function remembered(key) {
  return {
    get() {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(word) {
      try {
        if (word === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, word);
      } catch {
        // no storage on this page
      }
    },
  };
}

// Start the page, or say in one line which browsers can.
export function startPage(workerSource) {
  const data = document.querySelector("script[data-live-page]");
  if (!data) return;
  const settings = JSON.parse(data.textContent);
  settings.address = new URL(settings.address, location.href).href;
  if (canRun()) new Page(settings, workerSource);
  else {
    const text =
      "This browser cannot run the code of this page. Chrome or Edge 137, Firefox 131 and " +
      "Safari 18.4, or newer, can.";
    const note = element("p", { class: "live-status", "data-live-status": "off" }, text);
    document.querySelector(`.live-cell-${settings.cells[0].index}`).before(note);
  }
}
