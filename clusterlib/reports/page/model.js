// What a cut means for the rows: clusters, silhouettes, typical rows, effect sizes.

import { range } from "../shared/numbers.js";

const bytes = (code) => Uint8Array.from(atob(code), (c) => c.charCodeAt(0)).buffer;

// The page's data with its numbers unpacked.  Points stand for rows: `member` says which.
export function unpack(data) {
  const f = data.features.length;
  return {
    ...data,
    member: new Uint16Array(bytes(data.member)),
    records: data.records ? new Uint32Array(bytes(data.records)) : null,
    near: new Uint32Array(bytes(data.near)),
    distances: new Float32Array(bytes(data.distances)),
    count: new Uint32Array(bytes(data.count)),
    first: new Float32Array(bytes(data.first)),
    second: data.second ? new Float32Array(bytes(data.second)) : null,
    width: f,
    classes: data.classes.map((c) => ({ ...c, codes: new Int16Array(bytes(c.codes)) })),
  };
}

export const rowNumber = (d, i) => (d.records ? d.records[i] : i + 1);
export const rowTitle = (d, i) => d.names?.[i] || `row ${rowNumber(d, i)}`;

// The place of the pair (i, j) among condensed distances.
const place = (m, i, j) => (i < j ? m * i - (i * (i + 1)) / 2 + j - i - 1 : place(m, j, i));
const apart = (d, i, j) => (i === j ? 0 : d.distances[place(d.count.length, i, j)]);

// For each point the sum of the distances to the rows of each cluster.
function totals(d, labels, k) {
  const m = labels.length,
    out = new Float64Array(m * k);
  for (let i = 0, p = 0; i < m; i++)
    for (let j = i + 1; j < m; j++, p++) {
      out[i * k + labels[j]] += d.distances[p] * d.count[j];
      out[j * k + labels[i]] += d.distances[p] * d.count[i];
    }
  return out;
}

// Clusters of a cut: labels of the points from 0.  Everything else follows.
export function clustersOf(d, labels) {
  const m = labels.length,
    k = Math.max(...labels) + 1,
    sizes = new Array(k).fill(0);
  labels.forEach((c, i) => {
    sizes[c] += d.count[i];
  });
  const sums = totals(d, labels, k),
    silhouette = new Array(m).fill(Number.NaN),
    other = new Array(m).fill(-1);
  for (let i = 0; i < m && k > 1; i++) {
    const own = labels[i];
    let best = Infinity;
    for (let c = 0; c < k; c++) {
      const mean = sums[i * k + c] / sizes[c];
      if (c !== own && mean < best) {
        best = mean;
        other[i] = c;
      }
    }
    const within = sizes[own] > 1 ? sums[i * k + own] / (sizes[own] - 1) : 0,
      top = Math.max(within, best);
    silhouette[i] = sizes[own] > 1 && top > 0 ? (best - within) / top : 0;
  }
  return { labels, k, sizes, silhouette, other, typical: typical(d, labels, k) };
}

// The row of each cluster that is nearest, in sum, to all others.
function typical(d, labels, k) {
  return range(k).map((c) => {
    const own = range(labels.length).filter((i) => labels[i] === c);
    let best = Infinity,
      at = 0;
    for (const i of own) {
      let total = 0;
      for (const j of own) total += apart(d, i, j) * d.count[j];
      if (Math.round(total * 1e5) < best) {
        best = Math.round(total * 1e5);
        at = i;
      }
    }
    return d.near[at];
  });
}

// Cohen's d of each feature for each cluster, with the means inside and outside.
export function effects(d, cut) {
  const f = d.width,
    mean = new Float64Array(cut.k * f),
    square = new Float64Array(cut.k * f),
    all = new Float64Array(f),
    allSquares = new Float64Array(f);
  cut.labels.forEach((c, i) => {
    for (let j = 0; j < f; j++) {
      const z = d.first[i * f + j],
        zz = d.second ? d.second[i * f + j] : z * z;
      mean[c * f + j] += d.count[i] * z;
      square[c * f + j] += d.count[i] * zz;
      all[j] += d.count[i] * z;
      allSquares[j] += d.count[i] * zz;
    }
  });
  const back = (j, z) => d.mean[j] + d.spread[j] * z;
  return range(cut.k).map((c) =>
    range(f).map((j) => {
      const n = cut.sizes[c],
        rest = d.n - n,
        inside = mean[c * f + j] / n,
        outside = (all[j] - mean[c * f + j]) / rest,
        within = allSquares[j] - n * inside ** 2 - rest * outside ** 2,
        pooled = Math.sqrt(Math.max(0, within) / Math.max(1, d.n - 2)),
        gap = Math.abs(inside - outside) > 1e-6 ? inside - outside : 0,
        effect = pooled > 1e-3 ? gap / pooled : gap === 0 ? 0 : Math.sign(gap) * Infinity,
        deviation = Math.sqrt(Math.max(0, square[c * f + j] / n - inside ** 2));
      return {
        feature: j,
        effect,
        inside: back(j, inside),
        outside: back(j, outside),
        z: inside,
        deviation,
      };
    }),
  );
}

// The adjusted Rand index of classes (-1 where unknown) and clusters, and their table.
export function compared(codes, names, d, cut) {
  const table = names.map(() => new Array(cut.k).fill(0));
  let n = 0;
  codes.forEach((c, i) => {
    if (c < 0) return;
    table[c][cut.labels[d.member[i]]]++;
    n++;
  });
  const pairs = (v) => (v * (v - 1)) / 2,
    add = (values) => values.reduce((s, v) => s + pairs(v), 0),
    both = table.reduce((s, row) => s + add(row), 0),
    rows = add(table.map((row) => row.reduce((s, v) => s + v, 0))),
    columns = add(range(cut.k).map((c) => table.reduce((s, row) => s + row[c], 0))),
    chance = (rows * columns) / pairs(n),
    most = (rows + columns) / 2;
  const ari = most === chance ? 1 : (both - chance) / (most - chance);
  return { table, unknown: codes.length - n, ari };
}
