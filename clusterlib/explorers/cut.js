// One tree, a threshold and a number of clusters tied to each other.

import { bars, chart } from "./shared/charts.js";
import { cutTree, keepColours, sizes, splitNumbers } from "./shared/flat_clusters.js";
import { clamp } from "./shared/numbers.js";
import { scatter } from "./shared/scatter.js";
import { asNamed, dataSelect, select } from "./shared/specs.js";
import { hue, icon, line, text, weighed } from "./shared/svg.js";
import { table } from "./shared/tables.js";
import { tree } from "./shared/tree.js";
import { esc, fmt, named, plural } from "./shared/words.js";

const HEIGHT = {
  distance: "distance",
  maxclust: "distance",
  inconsistent: "inconsistent",
  monocrit: "size",
  maxclust_monocrit: "size",
};
const T_NAME = { distance: "height t", inconsistent: "coefficient t", size: "largest size t" };
const tName = (s) =>
  T_NAME[s.statistic] + (s.set.weights && s.statistic === "size" ? " (in code words)" : "");
const BY_COUNT = {
  maxclust: "maxclust",
  maxclust_monocrit: "maxclust_monocrit",
  distance: "maxclust",
  inconsistent: "maxclust",
  monocrit: "maxclust_monocrit",
};
const BY_T = {
  distance: "distance",
  inconsistent: "inconsistent",
  monocrit: "monocrit",
  maxclust: "distance",
  maxclust_monocrit: "monocrit",
};
const firstAtMost = (cuts, k) => cuts.count.findIndex((c) => c <= k);

const PANELS = [
  {
    key: "tree",
    title: "The tree: drag the dashed line",
    wide: true,
    height: (w) => (w < 500 ? 250 : 300),
  },
  { key: "scatter", title: "The same clusters among the points", height: 270 },
  { key: "gaps", title: "Room for the line at each number of clusters", height: 250 },
  { key: "score", title: "Mean silhouette at each number of clusters", height: 250 },
  { key: "sizes", title: "Sizes", html: true },
  { key: "call", title: "The call that gives these labels", html: true, wide: true },
];

export const view = {
  defaults: (data) => data.start,
  change(v, key, data) {
    const cuts = (w) => data.sets[w.data].trees[w.method].cuts[HEIGHT[w.criterion]];
    if (key === "t") {
      v.criterion = BY_T[v.criterion];
      v.k = clamp(cuts(v).count[clamp(v.t, 0, cuts(v).t.length - 1)], 1, data.kmax);
    } else {
      if (key === "k") v.criterion = BY_COUNT[v.criterion];
      v.k = Math.min(v.k, data.sets[v.data].points.length);
      v.t = firstAtMost(cuts(v), v.k);
    }
    return v;
  },
  state(values, data, before) {
    const set = data.sets[values.data],
      tree = set.trees[values.method],
      statistic = HEIGHT[values.criterion];
    const cuts = tree.cuts[statistic],
      t = clamp(values.t, 0, cuts.t.length - 1);
    const found = cutTree(tree.merges, tree.rank[statistic], cuts.limit[t], tree.order);
    const same = before && before.values.data === values.data ? before.shown : null;
    const across = set.points.map((p) => p[0]);
    const to =
      data.numbered === "splits"
        ? splitNumbers(tree.merges, found.labels)
        : keepColours(found.labels, same, across);
    const shown = found.labels.map((c) => to[c]);
    return {
      values: { ...values, t },
      set,
      tree,
      statistic,
      cuts,
      found,
      shown,
      count: found.count,
      to,
      small: data.small,
      // The number of each shown cluster: its label, or, where numbers follow the splits, those.
      number: (c) => (data.numbered === "splits" ? c : to.indexOf(c)) + 1,
      colour: (m) => {
        const c = found.node(m);
        return c < 0 ? -1 : to[c];
      },
    };
  },
  controls(s, data) {
    const byCount = s.values.criterion.startsWith("maxclust"),
      t = s.cuts.t[s.values.t];
    const all = [
      {
        type: "range",
        key: "t",
        label: `Cut, ${tName(s)}`,
        min: 0,
        max: s.cuts.t.length - 1,
        places: s.statistic === "distance" ? s.cuts.t.map((v) => v / s.cuts.t.at(-1)) : null,
        value: s.values.t,
        text: `${t}, ${plural(s.count, "cluster")}`,
        play: 350,
      },
      {
        type: "range",
        key: "k",
        label: "Number of clusters k",
        min: 1,
        max: Math.min(data.kmax, s.set.points.length),
        value: s.values.k,
        text:
          s.values.k === s.count
            ? String(s.values.k)
            : byCount
              ? `${s.values.k} asked, ${s.count} found`
              : s.count > data.kmax
                ? `${s.count} (slider ends at ${data.kmax})`
                : String(s.count),
      },
      select("method", "Linkage method", s.values.method, asNamed(data.methods)),
      dataSelect(data, s.values.data),
      select("criterion", "Criterion of fcluster", s.values.criterion, asNamed(data.criteria)),
    ];
    if (data.small) return all.slice(0, 2);
    return all.filter((c) => c.key !== "data" || c.options.length > 1);
  },
  panels: (data) => (data.small ? PANELS.slice(0, 2) : PANELS),
  draw: {
    tree(w, h, s) {
      const level = s.statistic === "distance";
      const at = s.cuts.t[s.values.t];
      const out = tree(w, h, {
        merges: s.tree.merges,
        heights: s.tree.heights,
        order: s.tree.order,
        labels: s.shown,
        colour: s.colour,
        top: 0,
        over: (f) => {
          if (!level) return "";
          const y = clamp(f.y(at), f.top - 6, f.bottom);
          return (
            line(f.left, y, f.right, y, "cut") +
            text(f.right, y - 5, `t = ${at}`, "end", 'class="halo" style="font-weight:700"') +
            `<rect class="hit" data-handle="cut" x="${f.left}" y="${y - 22}" ` +
            `width="${f.right - f.left}" height="44"/>`
          );
        },
      });
      return {
        ...out,
        title: s.asking
          ? "The tree"
          : level
          ? "The tree: drag the dashed line"
          : "The tree: no level line makes this cut, the rule looks at each merge",
        label:
          `Tree of ${named(s.shown.length, s.set.weights)} by ${s.values.method} linkage, ` +
          (level ? `cut at height ${at} into ` : "divided into ") +
          plural(s.count, "cluster"),
      };
    },
    scatter(w, h, s) {
      return {
        ...scatter(w, h, {
          points: s.set.points,
          labels: s.shown,
          equal: s.set.equal,
          number: s.number,
          size: weighed(s.set.weights),
          xlabel: s.set.axes[0],
          ylabel: s.set.axes[1],
        }),
        label: `${named(s.shown.length, s.set.weights)} in ${plural(s.count, "cluster")}, sizes ` +
          `${told(s)}`,
      };
    },
    gaps(w, h, s) {
      const room = s.tree.room,
        at = s.count - 2,
        best = room.indexOf(Math.max(...room));
      return {
        ...bars(w, h, {
          values: room,
          names: room.map((_, i) => i + 2),
          at: at < room.length ? at : -1,
          fill: (i) => (i === at ? hue(1) : hue(0)),
          note: (i) => (i === best ? "widest" : ""),
          xlabel: "clusters",
          ylabel: "height",
        }),
        label: `Room for the line at 2 to ${room.length + 1} clusters; widest at ${best + 2}`,
      };
    },
    score(w, h, s) {
      const seen = new Set(),
        points = [];
      s.cuts.count.forEach((c, i) => {
        if (c <= 20 && s.cuts.silhouette[i] !== null && !seen.has(c)) {
          seen.add(c);
          points.push([c, s.cuts.silhouette[i]]);
        }
      });
      points.sort((a, b) => a[0] - b[0]);
      return {
        ...chart(w, h, {
          series: [{ points, at: points.findIndex((p) => p[0] === s.count) }],
          xlabel: "clusters",
        }),
        label: `Mean silhouette by number of clusters; now ` +
          `${fmt(s.cuts.silhouette[s.values.t], 3)}`,
      };
    },
    sizes(_w, _h, s) {
      const all = sizes(s.shown, s.set.weights)
          .map((n, c) => [n, c])
          .filter(([n]) => n)
          .sort((a, b) => s.number(a[1]) - s.number(b[1])),
        rows = all.slice(0, 8);
      return {
        html:
          table(
            ["cluster", s.set.weights ? "observations" : "points"],
            rows.map(([n, c]) => [{ html: `${icon(c)} ${s.number(c)}` }, n]),
          ) + (all.length > 8 ? `<p>and ${all.length - 8} more</p>` : ""),
      };
    },
    call(_w, _h, s, data) {
      const v = s.values,
        t = v.criterion.startsWith("maxclust") ? v.k : s.cuts.t[v.t];
      if (data.call) {
        const own = data.call.replace("{t}", s.cuts.t[v.t]).replace("{method}", v.method);
        return { html: `<pre><code>${esc(own)}</code></pre>` };
      }
      const monocrit = s.statistic === "size" ? ", monocrit=Z[:, 3]" : "";
      return {
        html: `<pre><code>Z = ${s.set.weights ? "link_code_words(C, counts" : "linkage(X"}, ` +
          `"${v.method}")\nfcluster(Z, t=${t}, criterion="${v.criterion}"${monocrit})</code></pre>`,
      };
    },
  },
  drag: {
    tree(p, s) {
      if (!Number.isFinite(p.y)) return null;
      const cuts = s.tree.cuts.distance;
      let t = 0;
      while (t < cuts.t.length - 1 && cuts.above[t] <= p.y) t++;
      return { t, criterion: "distance" };
    },
  },
  status(s) {
    const v = s.values,
      byCount = v.criterion.startsWith("maxclust"),
      t = s.cuts.t[v.t];
    const head = byCount
      ? v.k === s.count
        ? `Asked for ${v.k}, got ${plural(s.count, "cluster")}`
        : `Asked for ${v.k}, got ${s.count}: merges tie, so no cut gives ${v.k}`
      : `${tName(s)[0].toUpperCase() + tName(s).slice(1)} = ${t}: ${plural(s.count, "cluster")}`;
    if (s.small) return `${head}. Sizes ${told(s)}.`;
    return `${head}. Sizes ${told(s)}. Mean silhouette ${fmt(s.cuts.silhouette[v.t], 3)}, SSE ` +
      `${fmt(s.cuts.sse[v.t], 5)}.`;
  },
};
const told = (s) => {
  const all = sizes(s.shown, s.set.weights)
    .filter(Boolean)
    .sort((a, b) => b - a);
  return all.length > 8 ? `from ${Math.min(...all)} to ${Math.max(...all)}` : all.join(", ");
};
