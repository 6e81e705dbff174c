// The table of rows: all of them, sortable and searchable, page by page.

import { element } from "../shared/dom.js";
import { range } from "../shared/numbers.js";
import { icon } from "../shared/svg.js";
import { rowNumber } from "./model.js";

const SHOWN = 25; // rows of one page of the table

// A part of the page that scrolls by itself; the keyboard reaches it by its name.
export const scrolling = (label, kind = "scroll") => ({
  class: kind,
  role: "region",
  tabindex: "0",
  "aria-label": label,
});

function columnsOf(d, now) {
  const point = (i) => d.member[i];
  const columns = [
    { head: "row", value: (i) => rowNumber(d, i), number: true },
    { head: "name", value: (i) => d.names?.[i] ?? "", skip: !d.names },
    {
      head: "cluster",
      number: true,
      value: (i) => now().labels[point(i)] + 1,
      html: (i) => `${icon(now().labels[point(i)])} ${now().labels[point(i)] + 1}`,
    },
    {
      head: "silhouette",
      number: true,
      value: (i) => now().silhouette[point(i)],
      text: (v) => (Number.isNaN(v) ? "–" : v.toFixed(3)),
    },
    {
      head: "nearest other cluster",
      number: true,
      value: (i) => now().other[point(i)] + 1,
      text: (v) => (v ? String(v) : "–"),
    },
    ...d.classes.map((c) => ({ head: c.name, value: (i) => c.names[c.codes[i]] ?? "" })),
  ];
  return columns.filter((column) => !column.skip);
}

export function rowTable(d) {
  let cut = null,
    first = 0,
    sorted = 0,
    up = true,
    order = range(d.n);
  const columns = columnsOf(d, () => cut);
  const search = element("input", { type: "search", placeholder: "name, row, class" });
  const status = element("span", { role: "status" });
  const body = element("tbody");
  const heads = columns.map((column, j) =>
    element(
      "th",
      { scope: "col" },
      element("button", { type: "button", onclick: () => sort(j) }, column.head),
    ),
  );
  const back = element("button", { type: "button", onclick: () => turn(-SHOWN) }, "Previous");
  const on = element("button", { type: "button", onclick: () => turn(SHOWN) }, "Next");
  search.addEventListener("input", () => {
    first = 0;
    arrange();
  });

  function sort(j) {
    up = j === sorted ? !up : true;
    sorted = j;
    first = 0;
    arrange();
  }
  function turn(by) {
    first += by;
    draw();
  }
  function arrange() {
    const words = search.value.trim().toLowerCase(),
      texts = columns.filter((c) => !c.number),
      value = columns[sorted].value,
      compare = columns[sorted].number
        ? (a, b) => value(a) - value(b)
        : (a, b) => value(a).localeCompare(value(b), undefined, { numeric: true });
    order = range(d.n).filter(
      (i) =>
        !words ||
        String(rowNumber(d, i)) === words ||
        texts.some((c) => c.value(i).toLowerCase().includes(words)),
    );
    order.sort((a, b) => (up ? compare(a, b) : compare(b, a)) || a - b);
    draw();
  }
  function draw() {
    const last = Math.min(first + SHOWN, order.length);
    body.replaceChildren(
      ...order.slice(first, last).map((i) =>
        element(
          "tr",
          {},
          ...columns.map((column) => {
            const value = column.value(i);
            if (column.html) return element("td", { html: column.html(i) });
            const text = column.text ? column.text(value) : String(value);
            return element("td", {}, element("bdi", {}, text));
          }),
        ),
      ),
    );
    heads.forEach((head, j) => {
      head.setAttribute("aria-sort", j !== sorted ? "none" : up ? "ascending" : "descending");
    });
    back.disabled = first === 0;
    on.disabled = last >= order.length;
    const [from, to, of] = [first + 1, last, order.length].map((n) => n.toLocaleString("en"));
    status.textContent = order.length ? `${from} to ${to} of ${of} rows` : "No row matches.";
  }
  const node = element(
    "div",
    {},
    element(
      "div",
      { class: "bar" },
      element("label", {}, "Search the rows ", search),
      back,
      on,
      status,
    ),
    element(
      "div",
      scrolling("The rows and their clusters"),
      element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body),
    ),
  );
  return {
    node,
    set(next) {
      cut = next;
      arrange();
    },
  };
}
