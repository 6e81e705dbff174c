// One query, six distances, the tree of the same points.

import { ballCorners, region } from "./shared/balls.js";
import { DISTANCES, distanceBy, inverseCovariance } from "./shared/distances.js";
import { frame } from "./shared/frame.js";
import { linkage } from "./shared/linkage.js";
import { clamp, range } from "./shared/numbers.js";
import { select } from "./shared/specs.js";
import { line, mark, polyline, text } from "./shared/svg.js";
import { cividis, table } from "./shared/tables.js";
import { tree } from "./shared/tree.js";
import { fmt } from "./shared/words.js";

const ballName = (v, data) =>
  data.names[v.metric] + (v.metric === "minkowski" ? `, p = ${fmt(v.p / 10, 2)}` : "");
const trees = new Map();
export const view = {
  defaults: (data) => data.start,
  change(v, key) {
    if (key === "p") v.metric = "minkowski";
    return v;
  },
  state(values, data) {
    const v = { ...values };
    if (!Object.hasOwn(DISTANCES, v.metric)) v.metric = "euclidean";
    v.p = clamp(v.p, 5, 80);
    v.stretch = clamp(v.stretch, -20, 20);
    v.angle = clamp(v.angle, 0, 180);
    v.reach = clamp(v.reach, 2, 160);
    const S = 10 ** (v.stretch / 20),
      t = (v.angle * Math.PI) / 360,
      q = [Math.cos(t), Math.sin(t)].map((u) => (v.reach / 20) * u);
    const Y = data.points.map(([x, y]) => [x * S, y]),
      options = { p: v.p / 10, VI: inverseCovariance(Y) };
    const id = [v.metric, v.metric === "minkowski" ? v.p : "", v.stretch].join();
    if (!trees.has(id))
      trees.set(
        id,
        linkage(Y.map((a) => Y.map((b) => distanceBy(v.metric, a, b, options))), "average"),
      );
    const d = Y.map((y) => distanceBy(v.metric, [q[0] * S, q[1]], y, options));
    const still = { p: v.p / 10, VI: inverseCovariance(data.points) },
      bare = data.points.map((x) => distanceBy(v.metric, q, x, still));
    const sorted = (far) => range(far.length).sort((a, b) => far[a] - far[b] || a - b),
      order = sorted(d),
      best = order.slice(0, data.nearest);
    const before = sorted(bare).slice(0, data.nearest),
      r = d[best.at(-1)];
    return {
      values: v,
      S,
      q,
      d,
      order,
      best,
      r,
      tree: trees.get(id),
      kept: best.filter((i) => before.includes(i)).length,
      labels: d.map((_, i) => (best.includes(i) ? 1 : -1)),
      ball: ballCorners(v.metric, q, r, S, options),
      unit: ballCorners(v.metric, v.metric === "cosine" ? q : [0, 0], 1, S, options),
    };
  },
  controls: (s, data) => [
    select("metric", "Distance", s.values.metric, Object.entries(data.names)),
    {
      type: "range",
      key: "stretch",
      label: "Stretch of the first feature",
      min: -20,
      max: 20,
      value: s.values.stretch,
      text: `times ${fmt(s.S, 3)}`,
    },
    {
      type: "range",
      key: "p",
      label: "Minkowski's p",
      min: 5,
      max: 80,
      value: s.values.p,
      text: fmt(s.values.p / 10, 2),
    },
    {
      type: "range",
      key: "angle",
      label: "Query: angle at the origin",
      min: 0,
      max: 180,
      value: s.values.angle,
      text: `${s.values.angle / 2} degrees`,
    },
    {
      type: "range",
      key: "reach",
      label: "Query: way from the origin",
      min: 2,
      max: 160,
      value: s.values.reach,
      text: fmt(s.values.reach / 20, 3),
    },
  ],
  panels: () => [
    {
      key: "points",
      title: "Drag the query (large circle); squares are its nearest five",
      height: (w) => w * 0.9,
    },
    { key: "unit", title: "", height: (w) => w * 0.9 },
    { key: "ranks", title: "The nearest five", html: true },
    { key: "tree", title: "", wide: true, height: 240 },
  ],
  draw: {
    points(w, h, s, data) {
      const f = frame(w, h, {
          x: data.box,
          y: data.box,
          equal: true,
          xlabel: "first feature",
          ylabel: "second feature",
        }),
        top = Math.max(...s.d);
      let svg =
        f.svg +
        region(s.ball, f) +
        line(f.x(0) - 7, f.y(0), f.x(0) + 7, f.y(0)) +
        line(f.x(0), f.y(0) - 7, f.x(0), f.y(0) + 7) +
        text(f.x(0) + 8, f.y(0) - 6, "origin", "start");
      data.points.forEach(([x, y], i) => {
        if (s.labels[i] < 0)
          svg += `<circle class="mk" cx="${f.x(x).toFixed(1)}" cy="${f.y(y).toFixed(1)}" r="4" ` +
            `fill="${cividis(s.d[i] / top)}"/>`;
      });
      [...s.best].reverse().forEach((i, j) => {
        const [x, y] = data.points[i];
        svg +=
          mark(1, f.x(x), f.y(y), 5) +
          text(f.x(x), f.y(y) - 8, s.best.length - j, "middle", 'style="font-weight:700"');
      });
      svg +=
        mark(0, f.x(s.q[0]), f.y(s.q[1]), 9, "wd grab", 'data-handle="query"') +
        `<circle class="grab" fill="transparent" data-handle="query" r="22" ` +
        `cx="${f.x(s.q[0]).toFixed(1)}" cy="${f.y(s.q[1]).toFixed(1)}"/>`;
      return {
        ...f,
        svg,
        label: `${data.points.length} points; nearest to the query are ` +
          `${s.best.map((i) => i + 1).join(", ")}`,
      };
    },
    unit(w, h, s, data) {
      const cone = s.values.metric === "cosine",
        size = cone ? 2 : Math.max(1.3, 1.1 * Math.max(...s.unit.flat().map(Math.abs)));
      const f = frame(w, h, {
        x: [-size, size],
        y: [-size, size],
        equal: true,
        xlabel: "first feature",
        ylabel: "second feature",
      });
      const circle = range(73).map((i) => [
        f.x(Math.cos((i * Math.PI) / 36)),
        f.y(Math.sin((i * Math.PI) / 36)),
      ]);
      return {
        ...f,
        svg:
          f.svg +
          region(s.unit, f) +
          polyline(circle, "ln", 'stroke-dasharray="4 4"') +
          mark(0, f.x(0), f.y(0), 4),
        title: cone
          ? "Within 1 of the query: half of all directions"
          : "The unit ball (dashed: Euclid without stretch)",
        label: cone
          ? "The cosine looks at directions only: a half-plane lies within distance 1"
          : `Unit ball of ${ballName(s.values, data)}: reaches ` +
            `${fmt(Math.max(...s.unit.map((p) => p[0])), 3)} along the first feature and ` +
            `${fmt(Math.max(...s.unit.map((p) => p[1])), 3)} along the second`,
      };
    },
    ranks: (_w, _h, s) => ({
      html: table(
        ["rank", "point", "distance"],
        s.best.map((i, j) => [j + 1, i + 1, fmt(s.d[i], 3)]),
      ),
    }),
    tree: (w, h, s, data) => ({
      ...tree(w, h, {
        merges: s.tree.merges,
        heights: s.tree.heights,
        order: s.tree.order,
        colour: () => -1,
        labels: s.labels,
        names: w > 460 ? data.points.map((_, i) => i + 1) : null,
      }),
      title: "The tree of the same points, average linkage; squares as above",
      label: `Average-linkage tree under ${ballName(s.values, data)}, top merge at ` +
        `${fmt(s.tree.heights.at(-1), 3)}; leaves ${s.tree.order.map((i) => i + 1).join(", ")}`,
    }),
  },
  drag: {
    points(p) {
      if (p.phase === "down") return null;
      return {
        angle: clamp(Math.round((Math.atan2(p.y, p.x) * 360) / Math.PI), 0, 180),
        reach: clamp(Math.round(20 * Math.hypot(p.x, p.y)), 2, 160),
      };
    },
  },
  status(s, data) {
    const v = s.values;
    return (
      `${ballName(v, data)}, first feature times ${fmt(s.S, 3)}, query at ` +
      `(${s.q.map((u) => fmt(u, 3)).join(", ")}): nearest are the points ` +
      `${s.best.map((i) => i + 1).join(", ")}, the first at distance ${fmt(s.d[s.best[0]], 3)}. ` +
      `Without the stretch ${s.kept} of them stay among the nearest ${s.best.length}. The tree ` +
      `ends at height ${fmt(s.tree.heights.at(-1), 3)}.` +
      (v.metric === "minkowski" && v.p < 10
        ? " Below p = 1 this is no metric: a detour can be shorter than the direct way."
        : "")
    );
  },
};
