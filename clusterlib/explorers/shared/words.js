// Words and numbers as a reader wants them.

import { clamp, sum } from "./numbers.js";

export const esc = (s) => String(s).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
export const rich = (s) => esc(s).replace(/`([^`]+)`/g, "<code>$1</code>");
export const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
export const fmt = (v, digits = 4) => {
  if (v === null || v === undefined || !Number.isFinite(v)) return "not defined";
  if (v === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(v))) + 1;
  return v
    .toFixed(clamp(digits - size, 0, 8))
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
};
export const named = (n, w) =>
  w ? `${n} code words of ${sum(w)} observations` : plural(n, "point");
