// An exercise: a stub with Check, a field for an answer found by hand, and a solution that unfolds.
import { button, element } from "./elements.js";

const ANSWER = /^(\w+ = )None\b([^\n]*)/m;

export class Exercise {
  // `cell` holds the stub, `solution` is the root of the cell with the solution, if there is one.
  constructor(cell, number, solution) {
    this.cell = cell;
    const root = cell.root.closest("section") ?? cell.root;
    root.dataset.exercise = number;
    this.verdict = element("span", {
      "data-live-verdict": "",
      class: "live-verdict",
      role: "status",
    });
    cell.buttons.run.before(button("check", "Check", () => this.check()));
    cell.note.before(this.verdict);
    if (solution) this.hideSolution(solution);
    if (/by hand/i.test(root.querySelector("h2, h3, h4")?.textContent ?? "")) this.addField(number);
    cell.onReset = () => {
      this.verdict.textContent = "";
    };
  }

  hideSolution(solution) {
    solution.hidden = true;
    const toggle = button("solution", "Solution", () => {
      solution.hidden = !solution.hidden;
      const details = solution.querySelector("details");
      if (details) details.open = !solution.hidden;
      toggle.setAttribute("aria-expanded", String(!solution.hidden));
    });
    toggle.setAttribute("aria-expanded", "false");
    this.cell.note.before(toggle);
  }

  addField(number) {
    const stub = ANSWER.exec(this.cell.source);
    if (!stub) return;
    const form = stub[2].replace(/^\s*#\s*/, "");
    const name = `Your answer to ${number}${form ? `, ${form}` : ""}`;
    const input = element("input", { type: "text", class: "live-field", autocomplete: "off" });
    input.addEventListener("input", () => {
      const value = input.value.trim() || "None";
      this.cell.editor.setText(
        this.cell.original.replace(ANSWER, (_, head, rest) => head + value + rest),
      );
    });
    input.addEventListener("keydown", (event) => event.key === "Enter" && this.check());
    this.cell.bar.before(element("label", { class: "live-answer" }, `${name}: `, input));
  }

  async check() {
    this.verdict.textContent = "";
    await this.cell.page.runFrom(this.cell);
    if (["run", "raised"].includes(this.cell.state)) {
      this.verdict.textContent = this.cell.verdict ?? "not yet";
    }
  }
}
