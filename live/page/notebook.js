// The page as a notebook: its prose, and its code as the reader left it.

const OWN = "The next cell showed your own table in the page; `own_data` is there only.";
const PYTHON = {
  kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
  language_info: { name: "python" },
};

function notebookCell(index, type, source) {
  const cell = { cell_type: type, id: `cell-${index}`, metadata: {}, source };
  return type === "code" ? { ...cell, execution_count: null, outputs: [] } : cell;
}

// `cells` are those of the page; `rest` are the others of the chapter, as [index, type, source].
export function notebookOf(cells, rest) {
  const own = cells.filter(({ index }) => index === "own");
  const all = cells
    .filter(({ index }) => index !== "own")
    .map(({ index, source }) => [index, "code", source])
    .concat(rest)
    .sort(([a], [b]) => a - b)
    .concat(own.flatMap(({ source }) => [["own-note", "markdown", OWN], ["own", "code", source]]));
  return {
    cells: all.map((cell) => notebookCell(...cell)),
    metadata: PYTHON,
    nbformat: 4,
    nbformat_minor: 5,
  };
}
