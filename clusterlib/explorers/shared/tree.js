// The picture of a dendrogram.

import { frame } from "./frame.js";
import { dash, hue, LINKED, mark, text } from "./svg.js";

// Coordinates of a dendrogram: leaves at 0, 1, 2, ...; a merge midway above its two parts.
export function treeLayout(merges, order) {
  const n = merges.length + 1,
    x = new Array(2 * n - 1),
    size = new Array(2 * n - 1).fill(1);
  order.forEach((leaf, i) => {
    x[leaf] = i;
  });
  merges.forEach(([a, b], i) => {
    x[n + i] = (x[a] + x[b]) / 2;
    size[n + i] = size[a] + size[b];
  });
  return { x, size };
}
// colour(node) gives the cluster of a merge, or -1 above the cut.
export function tree(w, h, o) {
  const n = o.merges.length + 1,
    { x } = treeLayout(o.merges, o.order);
  const top = Math.max(...o.heights) * 1.06 || 1;
  const f = frame(w, h, {
    x: [-0.8, n - 0.2],
    y: [0, Math.max(top, o.top ?? 0)],
    xticks: [],
    left: o.left ?? 48,
    ylabel: o.ylabel ?? "height",
  });
  const tops = (node) => (node < n ? 0 : o.heights[node - n]);
  const paths = new Map(); // one path for each colour
  let svg = f.svg,
    dots = "",
    branches = "";
  o.merges.forEach(([a, b], i) => {
    if (o.hide?.(i)) return;
    const c = o.colour(n + i),
      y = f.y(o.heights[i]),
      at = `${f.x(x[n + i]).toFixed(1)}`;
    paths.set(
      c,
      (paths.get(c) ?? "") +
        `M${f.x(x[a]).toFixed(1)} ${f.y(tops(a)).toFixed(1)}V${y.toFixed(1)}` +
        `H${f.x(x[b]).toFixed(1)}V${f.y(tops(b)).toFixed(1)}`,
    );
    if (o.click)
      dots += `<circle class="wd" style="cursor:pointer" data-handle="${i}" cx="${at}" ` +
        `cy="${y.toFixed(1)}" r="6" fill="${hue(0)}"/>`;
    if (o.shade)
      dots += `<circle class="mk" cx="${at}" cy="${y.toFixed(1)}" r="${n > 60 ? 3 : 5}" ` +
        `fill="${o.shade(i)}"/>`;
    if (tops(a) > o.heights[i] || tops(b) > o.heights[i])
      dots += text(at, y - 4, "!", "middle", 'class="bad"');
  });
  if (n <= LINKED) branches += linkedBranches(o, f, x, tops);
  for (const [c, d] of paths)
    svg += `<path class="ln" ` +
      `style="stroke:${hue(c)};stroke-width:${c < 0 ? 1.4 : 2.2}"${dash(c)} d="${d}"/>`;
  svg += branches + dots;
  if (o.labels) svg += leafMarks(o, f);
  if (o.names) svg += leafNames(o, f);
  return { ...f, svg: svg + (o.over ? o.over(f) : "") };
}
// Names as large as fit side by side; where they cannot be read, there are none.
function leafNames(o, f) {
  const longest = Math.max(...o.names.map((name) => String(name).length));
  const size = Math.min(12.5, (f.x(1) - f.x(0)) / (0.65 * longest + 0.3));
  if (size < 8) return "";
  const y = f.bottom + (o.labels ? 20 : 12);
  const style = `style="font-size:${size.toFixed(1)}px"`;
  return o.order.map((leaf, i) => text(f.x(i), y, o.names[leaf], "middle", style)).join("");
}
// Over each merge a broad, unseen line: under the pointer its leaves light up in every panel.
function linkedBranches(o, f, x, tops) {
  const n = o.merges.length + 1;
  const leaves = [];
  const of = (node) => (node < n ? [node] : leaves[node - n]);
  return o.merges
    .map(([a, b], i) => {
      leaves.push([...of(a), ...of(b)]);
      if (o.hide?.(i)) return "";
      const [left, right, y] = [f.x(x[a]), f.x(x[b]), f.y(o.heights[i])].map((v) => v.toFixed(1));
      const [low, down] = [f.y(tops(a)), f.y(tops(b))].map((v) => v.toFixed(1));
      return `<path class="br" data-rows="${leaves[i].join(" ")}" d="M${left} ${low}V${y}` +
        `H${right}V${down}"/>`;
    })
    .join("");
}
// One marker per leaf while there is room, else one in the middle of each cluster's run of leaves.
function leafMarks(o, f) {
  const n = o.order.length,
    roomy = f.x(1) - f.x(0) >= 9;
  let svg = "",
    start = 0;
  o.order.forEach((leaf, i) => {
    const c = o.labels[leaf],
      last = i === n - 1 || o.labels[o.order[i + 1]] !== c;
    if (roomy) svg += mark(c, f.x(i), f.bottom + 7, 4, "mk", `data-rows="${leaf}"`);
    else if (last && f.x(i) - f.x(start) >= 5) {
      svg +=
        `<rect fill="${hue(c)}" x="${f.x(start - 0.4).toFixed(1)}" y="${f.bottom + 1}" ` +
        `width="${(f.x(i + 0.4) - f.x(start - 0.4)).toFixed(1)}" height="3"/>` +
        mark(c, (f.x(i) + f.x(start)) / 2, f.bottom + 12, 5);
    }
    if (last) start = i + 1;
  });
  return svg;
}
