// Lines, bars and silhouettes.

import { frame } from "./frame.js";
import { mean, range } from "./numbers.js";
import { extent } from "./scales.js";
import { hue, LINKED, line, mark, polyline, text } from "./svg.js";
import { fmt } from "./words.js";

// Lines through points; the current one (o.at, an index) is ringed.
export function chart(w, h, o) {
  const xs = o.series.flatMap((s) => s.points.map((p) => p[0]));
  const ys = o.series.flatMap((s) =>
    s.points.flatMap((p) => (p[2] ? [p[1] - p[2], p[1] + p[2]] : [p[1]])),
  );
  const f = frame(w, h, {
    x: o.x ?? extent(xs),
    y: o.y ?? extent(ys),
    xlabel: o.xlabel,
    ylabel: o.ylabel,
    left: o.left ?? 56,
    xticks: o.xticks,
    xtext: o.xtext,
  });
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
      svg += mark(
        s.colour ?? 0,
        f.x(s.points[s.at][0]),
        f.y(s.points[s.at][1]),
        8,
        "ho",
        'style="stroke-width:2.5"',
      );
  }
  if (o.over) svg += o.over(f);
  return { ...f, svg };
}
export function bars(w, h, o) {
  const top = Math.max(...o.values.filter(Number.isFinite), 1e-12);
  const f = frame(w, h, {
    x: [-0.6, o.values.length - 0.4],
    y: [Math.min(0, ...o.values), top * 1.08],
    xlabel: o.xlabel,
    ylabel: o.ylabel,
    left: o.left ?? 56,
    xticks: o.ticks ?? range(o.values.length),
    xtext: (i) => o.names?.[i] ?? i,
  });
  const width = Math.max(1, (f.x(1) - f.x(0)) * 0.7);
  const svg =
    f.svg +
    o.values
      .map(
        (v, i) =>
          `<rect class="mk" x="${(f.x(i) - width / 2).toFixed(1)}" ` +
          `y="${Math.min(f.y(v), f.y(0)).toFixed(1)}" width="${width.toFixed(1)}" ` +
          `height="${Math.abs(f.y(v) - f.y(0)).toFixed(1)}"` +
          ` fill="${o.fill ? o.fill(i) : hue(0)}" ${i === o.at ? 'style="stroke-width:3"' : ""}/>` +
          (o.note?.(i) ? text(f.x(i), f.y(v) - 4, o.note(i)) : ""),
      )
      .join("");
  return { ...f, svg };
}
// Bars that lie, each with its name before it and its value behind it; o.at is the current one.
export function barRows(w, h, o) {
  const left = 10 + 8 * Math.max(...o.names.map((name) => name.length));
  const step = h / o.values.length;
  const unit = (w - left - 44) / Math.max(...o.values, 1);
  const svg = o.values
    .map((v, i) => {
      const y = i * step;
      const chosen = i === o.at ? ' style="font-weight:700"' : "";
      return (
        text(left - 6, y + step / 2 + 4, o.names[i], "end", chosen) +
        `<rect class="mk" x="${left}" y="${(y + 0.15 * step).toFixed(1)}" ` +
        `width="${(v * unit).toFixed(1)}" height="${(0.7 * step).toFixed(1)}" ` +
        `fill="${hue(+(i === o.at))}"/>` +
        text(left + v * unit + 6, y + step / 2 + 4, v, "start", chosen)
      );
    })
    .join("");
  return { svg };
}
// Silhouettes, cluster by cluster, longest first.
export function silhouettePlot(w, h, o) {
  const k = Math.max(...o.labels) + 1;
  const f = frame(w, h, {
    x: [Math.min(0, ...o.values), 1],
    y: [0, 1],
    yticks: [],
    left: 28,
    xlabel: "silhouette",
  });
  const step = (f.bottom - f.top) / (o.values.length + 3 * k);
  let y = f.top,
    svg = f.svg;
  // Under the pointer the bar of one row lights up in every panel.
  const bar = (row, at) => {
    const [left, right] = [f.x(0), f.x(o.values[row])].sort((a, b) => a - b);
    return (
      `<rect class="si" data-rows="${row}" x="${left.toFixed(1)}" y="${at.toFixed(1)}" ` +
      `width="${Math.max(right - left, 4).toFixed(1)}" height="${step.toFixed(2)}"/>`
    );
  };
  for (let c = 0; c < k; c++) {
    const own = range(o.values.length)
      .filter((i) => o.labels[i] === c)
      .sort((a, b) => o.values[b] - o.values[a]);
    if (!own.length) continue;
    svg += mark(c, 14, y + (own.length * step) / 2, 5);
    svg +=
      `<path class="mk" style="stroke-width:.4" fill="${hue(c)}" d="M${f.x(0).toFixed(1)} ` +
      `${y.toFixed(1)}` +
      own
        .map((row, i) => `H${f.x(o.values[row]).toFixed(1)}V${(y + (i + 1) * step).toFixed(1)}`)
        .join("") +
      `H${f.x(0).toFixed(1)}Z"/>`;
    if (o.values.length <= LINKED) svg += own.map((row, i) => bar(row, y + i * step)).join("");
    y += (own.length + 3) * step;
  }
  const middle = f.x(o.mean ?? mean(o.values));
  svg +=
    line(middle, f.top, middle, f.bottom, "cut") +
    text(middle, f.top - 1, `mean ${fmt(o.mean ?? mean(o.values), 3)}`);
  return { ...f, svg };
}
