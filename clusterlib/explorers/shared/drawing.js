// The drawing kit: every function here returns a string of SVG or HTML, or is
// plain arithmetic.  MARKS (colour, marker, dashes of each cluster) and CSS are
// written in front of this file by Python.

const esc = (s) => String(s).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const rich = (s) => esc(s).replace(/`([^`]+)`/g, "<code>$1</code>");
const sum = (a) => a.reduce((s, v) => s + v, 0);
const range = (n) => Array.from({length: n}, (_, i) => i);
const clamp = (v, lo, hi) => Math.min(hi, Math.max(lo, v));
const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
const fmt = (v, digits = 4) => {
  if (v === null || v === undefined || !Number.isFinite(v)) return "not defined";
  if (v === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(v))) + 1;
  return v.toFixed(clamp(digits - size, 0, 8)).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
};
const scale = (d0, d1, r0, r1) => {
  const span = d1 - d0 || 1;
  const f = (v) => r0 + ((v - d0) / span) * (r1 - r0);
  f.inverse = (p) => d0 + ((p - r0) / (r1 - r0)) * span;
  return f;
};
const ticks = (lo, hi, count = 4) => {
  const raw = (hi - lo) / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((m) => m * power >= raw * 0.75) * power;
  const out = [];
  for (let i = Math.ceil(lo / step - 1e-9); i * step <= hi + step * 1e-9; i++) out.push(i * step);
  return out;
};
const extent = (values, margin = 0.05) => {
  let lo = Infinity, hi = -Infinity;
  for (const v of values) if (Number.isFinite(v)) { if (v < lo) lo = v; if (v > hi) hi = v; }
  if (lo > hi) return [0, 1];
  const room = (hi - lo || 1) * margin;
  return [lo - room, hi + room];
};

// --- marks -----------------------------------------------------------------
const shapes = new Map();
const shape = (marker, r) => {
  const key = marker + r;
  if (!shapes.has(key)) {
    const corners = POLYGONS[marker];
    shapes.set(key, corners
      ? "M" + corners.map(([x, y]) => `${+(x * r).toFixed(2)} ${+(y * r).toFixed(2)}`).join("L") + "Z"
      : `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`);
  }
  return shapes.get(key);
};
const hue = (c) => (c < 0 ? "currentColor" : MARKS[c % MARKS.length].colour);
const mark = (c, x, y, r = 4, cls = "mk", extra = "") =>
  `<path class="${cls}" ${extra} d="${c < 0 ? shape("o", r * 0.55) : shape(MARKS[c % MARKS.length].marker, r)}"` +
  ` transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" ${cls === "ho" ? "" : `fill="${c < 0 ? "#7F7F7F" : hue(c)}"`}/>`;
const dash = (c) => {
  const pattern = c < 0 ? [] : MARKS[c % MARKS.length].dashes;
  return pattern.length ? ` stroke-dasharray="${pattern.join(" ")}"` : "";
};
const text = (x, y, s, anchor = "middle", extra = "") =>
  `<text x="${(+x).toFixed(1)}" y="${(+y).toFixed(1)}" text-anchor="${anchor}" ${extra}>${esc(s)}</text>`;
const line = (x1, y1, x2, y2, cls = "ax", extra = "") =>
  `<line class="${cls}" x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" ${extra}/>`;
const polyline = (points, cls = "ln", extra = "") =>
  `<polyline class="${cls}" points="${points.map((p) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`).join(" ")}" ${extra}/>`;
const icon = (c) => `<svg viewBox="-9 -9 18 18" aria-hidden="true">${mark(c, 0, 0, 5.5)}</svg>`;

// A frame with axes: {svg, x, y} where x and y turn data into pixels.
function frame(w, h, o) {
  const left = o.left ?? 44, right = 10, top = o.ylabel ? 26 : 10, bottom = o.xlabel ? 36 : 22;
  let [x0, x1] = o.x, [y0, y1] = o.y;
  const inner = [w - left - right, h - top - bottom];
  if (o.equal) {
    const unit = Math.max((x1 - x0) / inner[0], (y1 - y0) / inner[1]);
    const growX = unit * inner[0] - (x1 - x0), growY = unit * inner[1] - (y1 - y0);
    x0 -= growX / 2; x1 += growX / 2; y0 -= growY / 2; y1 += growY / 2;
  }
  const x = scale(x0, x1, left, w - right), y = scale(y0, y1, h - bottom, top);
  let svg = `<path class="ax" d="M${left} ${top}V${h - bottom}H${w - right}"/>`;
  for (const t of o.xticks ?? ticks(x0, x1, Math.max(2, Math.floor(inner[0] / 65))))
    svg += line(x(t), h - bottom, x(t), h - bottom + 4) + text(x(t), h - bottom + 17, o.xtext ? o.xtext(t) : fmt(t));
  for (const t of o.yticks ?? ticks(y0, y1, Math.max(2, Math.floor(inner[1] / 45))))
    svg += line(left - 4, y(t), left, y(t)) + text(left - 7, y(t) + 4, fmt(t), "end");
  if (o.xlabel) svg += text(left + inner[0] / 2, h - 3, o.xlabel);
  if (o.ylabel) svg += text(2, 13, o.ylabel, "start");
  return {svg, x, y, left, right: w - right, top, bottom: h - bottom};
}

// Thousands of points: one path for each colour.  groups: [[colour, opacity, [indices]], ...]
function cloud(points, groups, f, r = 1.6) {
  return groups.map(([colour, opacity, members]) => `<path fill="${colour}" opacity="${opacity}" d="` +
    members.map((i) => `M${f.x(points[i][0]).toFixed(1)} ${(f.y(points[i][1]) - r).toFixed(1)}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`).join("") + '"/>').join("");
}
// Points with their cluster's colour and marker; words are the code words.
function scatter(w, h, o) {
  const all = o.points.concat(o.words ?? []);
  const f = frame(w, h, {x: o.x ?? extent(all.map((p) => p[0])), y: o.y ?? extent(all.map((p) => p[1])),
    equal: o.equal ?? true, xlabel: o.xlabel, ylabel: o.ylabel});
  let svg = f.svg;
  const r = o.r ?? (o.points.length > 1000 ? 1.8 : o.points.length > 250 ? 3 : 4.2);
  if (o.cells) svg += cells(o.words, f);
  if (o.under) svg += o.under(f);
  for (let i = 0; i < o.points.length; i++)
    svg += mark(o.labels ? o.labels[i] : -1, f.x(o.points[i][0]), f.y(o.points[i][1]), o.size ? o.size(i) : r);
  for (const [i, p] of (o.old ?? []).entries()) svg += mark(i, f.x(p[0]), f.y(p[1]), 7, "ho");
  for (const [i, p] of (o.words ?? []).entries())
    svg += mark(o.wordLabels ? o.wordLabels[i] : i, f.x(p[0]), f.y(p[1]), 7.5, "wd" + (o.drag ? " grab" : ""), o.drag ? `data-handle="${i}"` : "");
  if (o.labels) svg += clusterNumbers(o, f);
  if (o.over) svg += o.over(f);
  return {...f, svg};
}

// From the ninth cluster on hues repeat, so the clusters are numbered.
function clusterNumbers(o, f) {
  const k = Math.max(...o.labels) + 1;
  if (k <= MARKS.length || k > 40) return "";
  const at = range(k).map(() => [0, 0, 0]);
  o.labels.forEach((c, i) => { if (c >= 0) { at[c][0] += o.points[i][0]; at[c][1] += o.points[i][1]; at[c][2]++; } });
  return at.map(([x, y, n], c) => n ? text(f.x(x / n), f.y(y / n) - 6, c + 1, "middle", 'style="font-weight:700"') : "").join("");
}

// Voronoi cells: the box clipped by the bisector with every other code word.
function cellPolygon(words, i, [x0, x1, y0, y1]) {
  let polygon = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
  const [ax, ay] = words[i];
  words.forEach(([bx, by], j) => {
    if (j === i || (ax === bx && ay === by)) return;
    const side = ([x, y]) => (x - (ax + bx) / 2) * (bx - ax) + (y - (ay + by) / 2) * (by - ay);
    const next = [];
    polygon.forEach((p, n) => {
      const q = polygon[(n + 1) % polygon.length], sp = side(p), sq = side(q);
      if (sp <= 0) next.push(p);
      if (sp * sq < 0) next.push([p[0] + (sp / (sp - sq)) * (q[0] - p[0]), p[1] + (sp / (sp - sq)) * (q[1] - p[1])]);
    });
    polygon = next;
  });
  return polygon;
}
function cells(words, f) {
  const box = [f.x.inverse(f.left), f.x.inverse(f.right), f.y.inverse(f.bottom), f.y.inverse(f.top)];
  return words.map((_, i) => `<polygon class="gr" style="opacity:.75" points="${cellPolygon(words, i, box)
    .map(([x, y]) => `${f.x(x).toFixed(1)},${f.y(y).toFixed(1)}`).join(" ")}"/>`).join("");
}

// Lines through points; the current one (o.at, an index) is ringed.
function chart(w, h, o) {
  const xs = o.series.flatMap((s) => s.points.map((p) => p[0]));
  const ys = o.series.flatMap((s) => s.points.flatMap((p) => (p[2] ? [p[1] - p[2], p[1] + p[2]] : [p[1]])));
  const f = frame(w, h, {x: o.x ?? extent(xs), y: o.y ?? extent(ys), xlabel: o.xlabel, ylabel: o.ylabel,
    left: o.left ?? 56, xticks: o.xticks, xtext: o.xtext});
  let svg = f.svg;
  for (const s of o.series) {
    const at = s.points.filter((p) => Number.isFinite(p[1])).map((p) => [f.x(p[0]), f.y(p[1])]);
    if (!s.dots) svg += polyline(at, "ln", s.dashes ? `stroke-dasharray="${s.dashes}"` : "");
    for (const p of s.points) {
      if (!Number.isFinite(p[1])) continue;
      if (p[2]) svg += line(f.x(p[0]), f.y(p[1] - p[2]), f.x(p[0]), f.y(p[1] + p[2]));
      svg += mark(s.mark?.(p) ?? s.colour ?? 0, f.x(p[0]), f.y(p[1]), s.r ?? 3.2);
    }
    if (s.at !== undefined && s.points[s.at] && Number.isFinite(s.points[s.at][1]))
      svg += mark(s.colour ?? 0, f.x(s.points[s.at][0]), f.y(s.points[s.at][1]), 8, "ho", 'style="stroke-width:2.5"');
  }
  if (o.over) svg += o.over(f);
  return {...f, svg};
}

function bars(w, h, o) {
  const top = Math.max(...o.values.filter(Number.isFinite), 1e-12);
  const f = frame(w, h, {x: [-0.6, o.values.length - 0.4], y: [Math.min(0, ...o.values), top * 1.08], xlabel: o.xlabel,
    ylabel: o.ylabel, left: o.left ?? 56, xticks: o.ticks ?? range(o.values.length), xtext: (i) => o.names?.[i] ?? i});
  const width = Math.max(1, (f.x(1) - f.x(0)) * 0.7);
  const svg = f.svg + o.values.map((v, i) =>
    `<rect class="mk" x="${(f.x(i) - width / 2).toFixed(1)}" y="${Math.min(f.y(v), f.y(0)).toFixed(1)}" width="${width.toFixed(1)}" height="${Math.abs(f.y(v) - f.y(0)).toFixed(1)}"` +
    ` fill="${o.fill ? o.fill(i) : hue(0)}" ${i === o.at ? 'style="stroke-width:3"' : ""}/>` +
    (o.note?.(i) ? text(f.x(i), f.y(v) - 4, o.note(i)) : "")).join("");
  return {...f, svg};
}

// Silhouettes, cluster by cluster, longest first.
function silhouettePlot(w, h, o) {
  const k = Math.max(...o.labels) + 1;
  const f = frame(w, h, {x: [Math.min(0, ...o.values), 1], y: [0, 1], yticks: [], left: 28, xlabel: "silhouette"});
  const step = (f.bottom - f.top) / (o.values.length + 3 * k);
  let y = f.top, svg = f.svg;
  for (let c = 0; c < k; c++) {
    const own = o.values.filter((_, i) => o.labels[i] === c).sort((a, b) => b - a);
    if (!own.length) continue;
    svg += mark(c, 14, y + (own.length * step) / 2, 5);
    svg += `<path class="mk" style="stroke-width:.4" fill="${hue(c)}" d="M${f.x(0).toFixed(1)} ${y.toFixed(1)}` +
      own.map((v, i) => `H${f.x(v).toFixed(1)}V${(y + (i + 1) * step).toFixed(1)}`).join("") + `H${f.x(0).toFixed(1)}Z"/>`;
    y += (own.length + 3) * step;
  }
  const middle = f.x(o.mean ?? mean(o.values));
  svg += line(middle, f.top, middle, f.bottom, "cut") + text(middle, f.top - 1, `mean ${fmt(o.mean ?? mean(o.values), 3)}`);
  return {...f, svg};
}

// Coordinates of a dendrogram: leaves at 0, 1, 2, ...; a merge midway above its two parts.
function treeLayout(merges, order) {
  const n = merges.length + 1, x = new Array(2 * n - 1), size = new Array(2 * n - 1).fill(1);
  order.forEach((leaf, i) => { x[leaf] = i; });
  merges.forEach(([a, b], i) => { x[n + i] = (x[a] + x[b]) / 2; size[n + i] = size[a] + size[b]; });
  return {x, size};
}
// colour(node) gives the cluster of a merge, or -1 above the cut.
function tree(w, h, o) {
  const n = o.merges.length + 1, {x} = treeLayout(o.merges, o.order);
  const top = Math.max(...o.heights) * 1.06 || 1;
  const f = frame(w, h, {x: [-0.8, n - 0.2], y: [0, Math.max(top, o.top ?? 0)], xticks: [], left: o.left ?? 48, ylabel: o.ylabel ?? "height"});
  const tops = (node) => (node < n ? 0 : o.heights[node - n]);
  const paths = new Map();  // one path for each colour
  let svg = f.svg, dots = "";
  o.merges.forEach(([a, b], i) => {
    if (o.hide?.(i)) return;
    const c = o.colour(n + i), y = f.y(o.heights[i]), at = `${f.x(x[n + i]).toFixed(1)}`;
    paths.set(c, (paths.get(c) ?? "") + `M${f.x(x[a]).toFixed(1)} ${f.y(tops(a)).toFixed(1)}V${y.toFixed(1)}H${f.x(x[b]).toFixed(1)}V${f.y(tops(b)).toFixed(1)}`);
    if (o.click) dots += `<circle class="wd" style="cursor:pointer" data-handle="${i}" cx="${at}" cy="${y.toFixed(1)}" r="6" fill="${hue(0)}"/>`;
    if (o.shade) dots += `<circle class="mk" cx="${at}" cy="${y.toFixed(1)}" r="${n > 60 ? 3 : 5}" fill="${o.shade(i)}"/>`;
    if (tops(a) > o.heights[i] || tops(b) > o.heights[i]) dots += text(at, y - 4, "!", "middle", 'class="bad"');
  });
  for (const [c, d] of paths) svg += `<path class="ln" style="stroke:${hue(c)};stroke-width:${c < 0 ? 1.4 : 2.2}"${dash(c)} d="${d}"/>`;
  svg += dots;
  if (o.labels) svg += leafMarks(o, f);
  if (o.names && n <= 40) o.order.forEach((leaf, i) => { svg += text(f.x(i), f.bottom + (o.labels ? 20 : 12), o.names[leaf]); });
  return {...f, svg: svg + (o.over ? o.over(f) : "")};
}
// One marker a leaf while there is room, else one in the middle of each cluster's run of leaves.
function leafMarks(o, f) {
  const n = o.order.length, roomy = f.x(1) - f.x(0) >= 9;
  let svg = "", start = 0;
  o.order.forEach((leaf, i) => {
    const c = o.labels[leaf], last = i === n - 1 || o.labels[o.order[i + 1]] !== c;
    if (roomy) svg += mark(c, f.x(i), f.bottom + 7, 4);
    else if (last && f.x(i) - f.x(start) >= 5) {
      svg += `<rect fill="${hue(c)}" x="${f.x(start - 0.4).toFixed(1)}" y="${f.bottom + 1}" width="${(f.x(i + 0.4) - f.x(start - 0.4)).toFixed(1)}" height="3"/>` +
        mark(c, (f.x(i) + f.x(start)) / 2, f.bottom + 12, 5);
    }
    if (last) start = i + 1;
  });
  return svg;
}

const CIVIDIS = [[0, 34, 78], [65, 77, 107], [124, 123, 120], [188, 175, 111], [255, 234, 70]];
function cividis(v) {
  const p = clamp(v, 0, 1) * 4, i = Math.min(3, Math.floor(p));
  return `rgb(${CIVIDIS[i].map((a, c) => Math.round(a + (p - i) * (CIVIDIS[i + 1][c] - a))).join(",")})`;
}
function heat(w, h, o) {
  const n = o.matrix.length, side = Math.min(w - 44, h - 24) / n;
  const top = o.top ?? Math.max(...o.matrix.flat().filter(Number.isFinite));
  const left = 40, start = 20;
  let svg = "";
  o.matrix.forEach((row, i) => row.forEach((v, j) => {
    const ring = o.ring?.(i, j);
    svg += `<rect x="${(left + j * side).toFixed(1)}" y="${(start + i * side).toFixed(1)}" width="${(side - 0.5).toFixed(1)}" height="${(side - 0.5).toFixed(1)}"` +
      ` fill="${v === null ? "none" : cividis(v / top)}" ${ring ? 'stroke="currentColor" stroke-width="2.5"' : ""}/>`;
    if (side >= 30 && v !== null) svg += `<text x="${left + (j + .5) * side}" y="${start + (i + .5) * side + 4}" text-anchor="middle" style="fill:${v / top > .5 ? "#000" : "#fff"};font-size:11px">${fmt(v, 3)}</text>`;
  }));
  if (n <= 40) o.names.forEach((s, i) => {
    svg += text(left - 5, start + (i + .5) * side + 4, s, "end", side < 12 ? 'style="font-size:9px"' : "");
    if (side >= 14) svg += text(left + (i + .5) * side, start - 6, s, "middle", String(s).length > 3 ? 'style="font-size:9px"' : "");
  });
  return {svg};
}
const table = (head, rows) =>
  `<table><thead><tr>${head.map((s) => `<th scope="col">${esc(s)}</th>`).join("")}</tr></thead><tbody>` +
  rows.map((r) => `<tr>${r.map((c) => `<td>${c?.html ?? esc(c)}</td>`).join("")}</tr>`).join("") + "</tbody></table>";

// A wide table travels as two bytes a number, in steps of `unit`.
function unpacked(code, d, unit) {
  const whole = new Int16Array(Uint8Array.from(atob(code), (c) => c.charCodeAt(0)).buffer);
  return range(whole.length / d).map((i) => Array.from(whole.subarray(i * d, (i + 1) * d), (v) => v * unit));
}

// --- small algorithms (each tested against the package) ---------------------
const squared = (p, q) => { let s = 0; for (let j = 0; j < p.length; j++) s += (p[j] - q[j]) ** 2; return s; };
function nearest(X, C) {
  return X.map((p) => {
    let best = 0, low = Infinity;
    for (let c = 0; c < C.length; c++) { const d = squared(p, C[c]); if (d < low) { low = d; best = c; } }
    return best;
  });
}
// Points may stand for many observations: w, where it is given, says how many each.
const many = (w, i) => (w ? w[i] : 1);
const mean = (values, w) => sum(values.map((v, i) => v * many(w, i))) / (w ? sum(w) : values.length);
const weighed = (w, max = w && Math.max(...w)) => w && ((i) => 1.2 + 3.8 * Math.sqrt(w[i] / max));  // radius of a mark
const named = (n, w) => (w ? `${n} code words of ${sum(w)} observations` : plural(n, "point"));
// Means of the clusters; an empty cluster keeps its code word.
function means(X, labels, C, w) {
  const total = C.map((c) => c.map(() => 0)), count = C.map(() => 0);
  X.forEach((p, i) => { const c = labels[i], n = many(w, i); count[c] += n; for (let j = 0; j < p.length; j++) total[c][j] += n * p[j]; });
  return total.map((t, c) => (count[c] ? t.map((v) => v / count[c]) : C[c]));
}
const sse = (X, C, labels, w) => X.reduce((s, p, i) => s + many(w, i) * squared(p, C[labels[i]]), 0);
// Lloyd's half steps: assign, move, assign, ... until the labels repeat (as lloyd_steps).
function lloyd(X, C, limit = 60, w) {
  let labels = nearest(X, C);
  const steps = [{C, labels, sse: sse(X, C, labels, w), move: false}];
  for (let i = 0; i < limit; i++) {
    const moved = means(X, labels, C, w);
    steps.push({C: moved, labels, sse: sse(X, moved, labels, w), move: true});
    const next = nearest(X, moved);
    C = moved;
    steps.push({C, labels: next, sse: sse(X, C, next, w), move: false});
    if (next.every((c, j) => c === labels[j])) break;
    labels = next;
  }
  return steps;
}
function silhouettes(D, labels, w) {
  const k = Math.max(...labels) + 1, size = range(k).map(() => 0);
  labels.forEach((c, i) => { size[c] += many(w, i); });
  const to = new Float64Array(k);
  return labels.map((own, i) => {
    if (size[own] < 2) return 0;
    to.fill(0);
    const row = D[i];
    for (let j = 0; j < row.length; j++) to[labels[j]] += many(w, j) * row[j];
    let b = Infinity;
    for (let c = 0; c < k; c++) if (c !== own && size[c]) b = Math.min(b, to[c] / size[c]);
    const a = to[own] / (size[own] - 1);
    return b === Infinity || Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
}
const distances = (X) => X.map((p) => Float64Array.from(X, (q) => Math.sqrt(squared(p, q))));
// Flat clusters of a tree: a merge is a cluster when its rank is at most `limit` and its parent's is not.
// Numbered from left to right, as fcluster does.
function cutTree(merges, rank, limit, order) {
  const n = merges.length + 1, owner = new Array(2 * n - 1).fill(-1);
  for (let i = n - 2; i >= 0; i--) {
    const own = owner[n + i] >= 0 ? owner[n + i] : rank[i] <= limit ? n + i : -1;
    if (own >= 0) { owner[n + i] = own; owner[merges[i][0]] = own; owner[merges[i][1]] = own; }
  }
  const names = new Map(), labels = new Array(n);
  for (const leaf of order) {
    const own = owner[leaf] >= 0 ? owner[leaf] : leaf;
    if (!names.has(own)) names.set(own, names.size);
    labels[leaf] = names.get(own);
  }
  return {labels, count: names.size, node: (m) => (owner[m] >= 0 ? names.get(owner[m]) : -1)};
}
// Renumber clusters so that each keeps the number it shares most members with in
// `before`; the first time they are numbered by the mean of `x`.
function keepColours(labels, before, x) {
  const k = Math.max(...labels) + 1, to = new Array(k).fill(-1);
  if (!before || before.length !== labels.length) {
    const total = range(k).map(() => [0, 0]);
    labels.forEach((c, i) => { total[c][0] += x[i]; total[c][1]++; });
    range(k).sort((a, b) => (total[a][0] / total[a][1] || 0) - (total[b][0] / total[b][1] || 0)).forEach((c, i) => { to[c] = i; });
    return to;
  }
  const shared = new Map();
  labels.forEach((c, i) => { const key = c * 100000 + before[i]; shared.set(key, (shared.get(key) ?? 0) + 1); });
  const taken = new Set();
  for (const [key] of [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const c = Math.floor(key / 100000), old = key % 100000;
    if (to[c] < 0 && old < Math.max(k, MARKS.length) && !taken.has(old)) { to[c] = old; taken.add(old); }
  }
  let free = 0;
  for (let c = 0; c < k; c++) if (to[c] < 0) { while (taken.has(free)) free++; to[c] = free; taken.add(free); }
  return to;
}
const sizes = (labels, w) => { const out = []; labels.forEach((c, i) => { out[c] = (out[c] ?? 0) + many(w, i); }); return Array.from(out, (v) => v ?? 0); };
