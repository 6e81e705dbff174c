// Each cluster in words and as a strip: what sets it apart from the other rows.

import { range } from "../shared/numbers.js";
import { icon, line, mark, text } from "../shared/svg.js";
import { esc, fmt } from "../shared/words.js";
import { effects, rowTitle } from "./model.js";

const LARGE = 0.8;
const HUGE = 2;
const TOLD = 5; // features of a cluster in words
const STRIPS = 6; // features in the small multiples
const MOST = 12; // clusters in words

const signed = (v) =>
  Number.isFinite(v) ? v.toFixed(2).replace("-", "\u2212") : v > 0 ? "\u221e" : "\u2212\u221e";
const how = (v) => `${Math.abs(v) >= HUGE ? "much " : ""}${v > 0 ? "higher" : "lower"}`;

// The features of a cluster with large effects, the largest first.
export const told = (row) =>
  [...row]
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || a.feature - b.feature)
    .slice(0, TOLD)
    .filter((e) => Math.abs(e.effect) >= LARGE);

export function profileHtml(d, cut) {
  const rows = cut.k > 1 ? effects(d, cut) : [[]];
  const some =
    d.of > d.features.length
      ? `<p>The ${d.features.length} features of ${d.of} that the cuts explain best.</p>`
      : "";
  const one = (c) => {
    const n = cut.sizes[c],
      items = told(rows[c]).map(
        (e) =>
          `<li>${how(e.effect)} <bdi>${esc(d.features[e.feature])}</bdi>: ` +
          `${fmt(e.inside, 4)} on average, ${fmt(e.outside, 4)} elsewhere ` +
          `(d = ${signed(e.effect)})</li>`,
      );
    return (
      `<h3>${icon(c)} Cluster ${c + 1}: ${n.toLocaleString("en")} row${n === 1 ? "" : "s"} ` +
      `(${((100 * n) / d.n).toFixed(1)} %)</h3>` +
      `<p>Typical row: <bdi>${esc(rowTitle(d, cut.typical[c]))}</bdi>.</p>` +
      (items.length
        ? `<ol>${items.join("")}</ol>`
        : "<p>No feature differs from the other rows by 0.8 standard deviations or more.</p>")
    );
  };
  const more = cut.k > MOST ? `<p>And ${cut.k - MOST} more clusters.</p>` : "";
  return (
    `${some}<div class="profiles">` +
    range(Math.min(cut.k, MOST))
      .map((c) => `<section>${one(c)}</section>`)
      .join("") +
    `</div>${more}${cut.k > 1 ? strips(d, cut, rows) : ""}`
  );
}

// Small multiples: the mean of each cluster and one standard deviation to either side.
function strips(d, cut, rows) {
  const best = range(d.features.length)
    .map((j) => [Math.max(...rows.map((row) => Math.abs(row[j].effect))), j])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .slice(0, STRIPS)
    .map(([, j]) => j);
  const shown = Math.min(cut.k, MOST),
    w = 230,
    h = 26 + 16 * shown;
  const panel = (j) => {
    const own = rows.slice(0, shown).map((row) => row[j]),
      low = Math.min(...own.map((e) => e.z - e.deviation)),
      high = Math.max(...own.map((e) => e.z + e.deviation)),
      x = (z) => 10 + ((w - 20) * (z - low)) / (high - low || 1),
      back = (z) => fmt(d.mean[j] + d.spread[j] * z, 3);
    const svg = own
      .map((e, c) => {
        const y = 10 + 16 * c;
        return (
          line(x(e.z - e.deviation), y, x(e.z + e.deviation), y, "ax", 'stroke="currentColor"') +
          mark(c, x(e.z), y, 5, "mk", 'stroke="currentColor" stroke-width=".8"')
        );
      })
      .join("");
    const name = esc(d.features[j]);
    const ends = text(10, h - 3, back(low), "start") + text(w - 10, h - 3, back(high), "end");
    return (
      `<figure><figcaption><bdi>${name}</bdi></figcaption>` +
      `<svg viewBox="0 0 ${w} ${h}" role="img" ` +
      `aria-label="Mean and standard deviation of ${name} in each cluster">` +
      `${svg}${ends}</svg></figure>`
    );
  };
  return (
    "<p>Mean of each cluster, and one standard deviation to either side, in the features that " +
    `differ most:</p><div class="strips">${best.map(panel).join("")}</div>`
  );
}
