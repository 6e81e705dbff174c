// A tree in any direction, for pictures that put one beside something else.

import { range } from "./numbers.js";
import { dash, hue } from "./svg.js";
import { treeLayout } from "./tree.js";

// spot(place, height) gives pixels; `linked` lights up the leaves of a merge in every panel.
export function arms({ merges, heights }, order, spot, colour, linked = true) {
  const n = order.length;
  const { x } = treeLayout(merges, order);
  const height = (node) => (node < n ? 0 : heights[node - n]);
  const leaves = range(n).map((i) => [i]);
  return merges
    .map(([a, b], i) => {
      leaves.push([...leaves[a], ...leaves[b]]);
      const corners = [
        [x[a], height(a)],
        [x[a], heights[i]],
        [x[b], heights[i]],
        [x[b], height(b)],
      ].map(([place, v]) =>
        spot(place, v)
          .map((p) => p.toFixed(1))
          .join(" "),
      );
      const d = `M${corners.join("L")}`;
      const c = colour(n + i);
      const width = c < 0 ? 1.4 : 2.2;
      const rows = leaves[i].join(" ");
      return (
        `<path class="ln" style="stroke:${hue(c)};stroke-width:${width}"${dash(c)} d="${d}"/>` +
        (linked ? `<path class="br" data-rows="${rows}" d="${d}"/>` : "")
      );
    })
    .join("");
}
// Where the line of a cut into k stands: midway between the heights around it.
export function levelOf(heights, k) {
  const up = [0, ...[...heights].sort((a, b) => a - b)];
  const at = up.length - k;
  return (up[at] + (up[at + 1] ?? up.at(-1) * 1.06)) / 2;
}
