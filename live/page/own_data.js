// The reader's own table: chosen, dropped or pasted; a cell above the others shows it.
import { Cell } from "./cells.js";
import { element } from "./elements.js";

const FOLDER = "book/chapters/part/";
const program = (name) =>
  [
    "from own_data import explorers, read_csv\n",
    `own = read_csv(${JSON.stringify(name)})`,
    "explorers(own)",
  ].join("\n");

export class OwnData {
  constructor(page, box) {
    this.page = page;
    this.cell = null;
    this.holder = element("div", {});
    const file = element("input", { type: "file", accept: ".csv,.txt,.tsv", class: "live-file" });
    file.addEventListener("change", () => file.files[0] && this.takeFile(file.files[0]));
    const text = element("textarea", { rows: 4, class: "live-paste", "aria-label": "Your table" });
    const use = element(
      "button",
      { type: "button", class: "live-button", "data-live": "paste" },
      "Show this table",
    );
    use.addEventListener("click", () => {
      this.take("pasted.csv", new TextEncoder().encode(text.value));
    });
    box.append(
      element("label", {}, "Your own CSV (read here, never uploaded): ", file),
      element("details", {}, element("summary", {}, "Paste a table"), text, use),
    );
    box.after(this.holder);
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files[0]) this.takeFile(event.dataTransfer.files[0]);
    });
  }

  async takeFile(file) {
    await this.take(file.name, new Uint8Array(await file.arrayBuffer()));
  }

  // Give the file to the interpreter under a plain name and run the cell that shows it.
  async take(fullName, bytes) {
    const name = fullName.replace(/[^\w.-]/g, "_");
    await this.page.runner.putFile(`${FOLDER}${name}`, bytes);
    if (this.cell === null) this.addCell(name);
    else this.cell.editor.setText(program(name));
    await this.page.runAll([this.cell]);
  }

  addCell(name) {
    const root = element(
      "div",
      { class: "cell", "data-live-cell": "own" },
      element("div", { class: "cell_input" }),
    );
    this.holder.append(element("h2", {}, "Your data"), root);
    const settings = { index: "own", source: program(name), hasInput: true };
    this.cell = new Cell(root, settings, this.page);
    this.page.cells.unshift(this.cell);
  }
}
