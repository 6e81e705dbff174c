// Tables of numbers, as text and as shades.

import { clamp } from "./numbers.js";
import { text } from "./svg.js";
import { esc, fmt } from "./words.js";

const CIVIDIS = [
  [0, 34, 78],
  [65, 77, 107],
  [124, 123, 120],
  [188, 175, 111],
  [255, 234, 70],
];
export function cividis(v) {
  const p = clamp(v, 0, 1) * 4,
    i = Math.min(3, Math.floor(p));
  const mixed = CIVIDIS[i].map((a, c) => Math.round(a + (p - i) * (CIVIDIS[i + 1][c] - a)));
  return `rgb(${mixed.join(",")})`;
}
export function heat(w, h, o) {
  const n = o.matrix.length,
    side = Math.min((w - 44) / n, (h - 24) / n, 56);
  const top = o.top ?? Math.max(...o.matrix.flat().filter(Number.isFinite));
  const left = 40,
    start = 20;
  let svg = "";
  o.matrix.forEach((row, i) =>
    row.forEach((v, j) => {
      const ring = o.ring?.(i, j);
      svg +=
        `<rect x="${(left + j * side).toFixed(1)}" y="${(start + i * side).toFixed(1)}" ` +
        `width="${(side - 0.5).toFixed(1)}" height="${(side - 0.5).toFixed(1)}"` +
        ` fill="${v === null ? "none" : cividis(v / top)}" ` +
        `${ring ? 'stroke="currentColor" stroke-width="2.5"' : ""}/>`;
      if (side >= 30 && v !== null)
        svg += `<text x="${left + (j + 0.5) * side}" y="${start + (i + 0.5) * side + 4}" ` +
          `text-anchor="middle" ` +
          `style="fill:${v / top > 0.5 ? "#000" : "#fff"};font-size:11px">${fmt(v, 3)}</text>`;
    }),
  );
  if (n <= 40)
    o.names.forEach((s, i) => {
      svg += text(
        left - 5,
        start + (i + 0.5) * side + 4,
        s,
        "end",
        side < 12 ? 'style="font-size:9px"' : "",
      );
      if (side >= 14)
        svg += text(
          left + (i + 0.5) * side,
          start - 6,
          s,
          "middle",
          String(s).length > 3 ? 'style="font-size:9px"' : "",
        );
    });
  return { svg, h: Math.ceil(start + n * side + 4) };
}
// `linked` gives the rows of the data that a row of the table speaks of.
export const table = (head, rows, linked) =>
  `<table><thead><tr>` +
  head.map((s) => `<th scope="col">${esc(s)}</th>`).join("") +
  `</tr></thead><tbody>` +
  rows
    .map((r, i) => {
      const cells = r.map((c) => `<td>${c?.html ?? esc(c)}</td>`).join("");
      return `<tr${linked ? ` data-rows="${linked(i)}"` : ""}>${cells}</tr>`;
    })
    .join("") +
  "</tbody></table>";
