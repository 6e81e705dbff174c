// The cells of the page: an editor, buttons and the output of each, and the order of running.
import { button, element } from "./elements.js";
import { addBundle, addText, OUTCOME } from "./outputs.js";

const LONG = 10_000; // milliseconds after which a cell that runs offers Stop beside itself

export class Cell {
  constructor(root, { index, source, hasInput, reason, defines = [] }, page) {
    Object.assign(this, { root, index, original: source, reason, defines, page });
    this.state = "fresh"; // fresh, run, raised, stale
    this.output = root.querySelector(":scope > .cell_output, :scope > .live-output");
    this.stored = this.output ? [...this.output.childNodes] : [];
    this.alt = this.output?.querySelector("img")?.alt ?? "";
    this.output ??= root.appendChild(element("div", { class: "cell_output live-output" }));
    this.output.setAttribute("data-live-output", "");
    this.output.setAttribute("aria-live", "polite");
    this.note = element("span", { class: "live-note" });
    if (hasInput) this.addEditor();
    this.addButtons();
  }

  addEditor() {
    const box = this.root.querySelector(".cell_input");
    const holder = element("div", { class: "live-editor" });
    box.replaceChildren(holder);
    this.editor = globalThis.LiveEditor.createEditor({
      parent: holder,
      text: this.page.kept(this) ?? this.original,
      label: `Code of ${this.name}`,
      onRun: () => this.page.runFrom(this),
      onChange: () => this.changed(),
    });
  }

  addButtons() {
    const size = this.page.size;
    this.buttons = {
      run: button("run", `Run (loads ${size} MB)`, () => this.page.runFrom(this)),
      above: button("run-above", "Run all above", () => this.page.runAbove(this)),
      stop: button("stop", "Stop", () => this.page.stop()),
      reset: button("reset", "Reset", () => this.reset()),
    };
    this.bar = element("div", { class: "live-bar" }, ...Object.values(this.buttons), this.note);
    this.root.insertBefore(this.bar, this.output);
    if (this.reason) {
      const text = `Differs in this page. ${this.reason}`;
      this.bar.after(element("p", { class: "live-reason" }, text));
    }
  }

  get name() {
    return this.index === "own" ? "your data" : `cell ${this.index}`;
  }

  get source() {
    return this.editor ? this.editor.text() : this.original;
  }

  // Whether this cell gives one of the `names` its value; one that the reader changed may.
  gives(names) {
    return this.source !== this.original || this.defines.some((name) => names.has(name));
  }

  get names() {
    return this.source.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  }

  changed() {
    this.page.keep(this, this.source === this.original ? null : this.source);
    if (this.state === "run") this.setState("stale");
    this.page.markStale(this);
  }

  setState(state, order) {
    this.state = state;
    this.root.dataset.liveState = state;
    if (state === "run") this.note.textContent = `Run ${order}`;
    if (state === "raised") this.note.textContent = `Run ${order}, ended by an error`;
    if (state === "stale") this.note.textContent = "Out of date: run it again";
    if (state === "fresh") this.note.textContent = "";
  }

  // Run this cell alone; return whether it ended without an error.
  async run(runner, order) {
    this.output.replaceChildren();
    this.verdict = null;
    this.note.textContent = "Running";
    this.bar.classList.add("live-busy");
    const slow = setTimeout(() => {
      this.note.textContent = "Still running. Stop ends it; variables are lost.";
    }, LONG);
    // The book's description holds for the book's code only.
    const alt = (this.source === this.original && this.alt) || "Figure drawn by this cell";
    const look = { dark: this.page.dark, alt };
    try {
      const ok = await runner.run(this.source, this.name, {
        onText: (text, stream) => addText(this.output, text, stream),
        onShow: (bundle) => {
          if (OUTCOME in bundle) this.verdict = bundle[OUTCOME];
          addBundle(this.output, bundle, look);
        },
      });
      this.setState(ok ? "run" : "raised", order);
      return ok;
    } catch (error) {
      addText(this.output, `${error.message}\n`, 2);
      this.setState("stale");
      throw error;
    } finally {
      clearTimeout(slow);
      this.bar.classList.remove("live-busy");
    }
  }

  // Bring back the code and the output of the book.
  reset() {
    this.editor?.setText(this.original);
    this.output.replaceChildren(...this.stored);
    this.page.keep(this, null);
    this.setState("fresh");
    this.onReset?.();
  }
}
