// Flat clusters of a tree, and numbers that stay while a control moves.

import { MARKS } from "./marks.js";
import { many, range } from "./numbers.js";

// Flat clusters of a tree: a merge is a cluster when its rank is at most `limit` and its
// parent's is not.  Numbered from left to right, as fcluster does.
export function cutTree(merges, rank, limit, order) {
  const n = merges.length + 1,
    owner = new Array(2 * n - 1).fill(-1);
  for (let i = n - 2; i >= 0; i--) {
    const own = owner[n + i] >= 0 ? owner[n + i] : rank[i] <= limit ? n + i : -1;
    if (own >= 0) {
      owner[n + i] = own;
      owner[merges[i][0]] = own;
      owner[merges[i][1]] = own;
    }
  }
  const names = new Map(),
    labels = new Array(n);
  for (const leaf of order) {
    const own = owner[leaf] >= 0 ? owner[leaf] : leaf;
    if (!names.has(own)) names.set(own, names.size);
    labels[leaf] = names.get(own);
  }
  return { labels, count: names.size, node: (m) => (owner[m] >= 0 ? names.get(owner[m]) : -1) };
}
// Renumber clusters so that each keeps the number it shares most members with in
// `before`; the first time they are numbered by the mean of `x`.
export function keepColours(labels, before, x) {
  const k = Math.max(...labels) + 1,
    to = new Array(k).fill(-1);
  if (!before || before.length !== labels.length) {
    const total = range(k).map(() => [0, 0]);
    labels.forEach((c, i) => {
      total[c][0] += x[i];
      total[c][1]++;
    });
    range(k)
      .sort((a, b) => (total[a][0] / total[a][1] || 0) - (total[b][0] / total[b][1] || 0))
      .forEach((c, i) => {
        to[c] = i;
      });
    return to;
  }
  const shared = new Map();
  labels.forEach((c, i) => {
    const key = c * 100000 + before[i];
    shared.set(key, (shared.get(key) ?? 0) + 1);
  });
  const taken = new Set();
  for (const [key] of [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const c = Math.floor(key / 100000),
      old = key % 100000;
    if (to[c] < 0 && old < Math.max(k, MARKS.length) && !taken.has(old)) {
      to[c] = old;
      taken.add(old);
    }
  }
  let free = 0;
  for (let c = 0; c < k; c++)
    if (to[c] < 0) {
      while (taken.has(free)) free++;
      to[c] = free;
      taken.add(free);
    }
  return to;
}
// Renumber clusters in the order in which they split off from the root down: the larger part of
// a branch keeps its number.  As `clusterlib.explorers.shared.numbering`.
export function splitNumbers(merges, labels) {
  const n = labels.length;
  const size = new Array(n).fill(1);
  const cluster = [...labels]; // of a node, -1 above the cut
  merges.forEach(([a, b], i) => {
    size[n + i] = size[a] + size[b];
    cluster[n + i] = cluster[a] === cluster[b] ? cluster[a] : -1;
  });
  const number = { [2 * n - 2]: 0 };
  let taken = 0;
  for (let i = n - 2; i >= 0; i--)
    if (cluster[n + i] < 0) {
      const [a, b] = merges[i];
      const [larger, smaller] = size[b] > size[a] ? [b, a] : [a, b];
      number[larger] = number[n + i];
      number[smaller] = ++taken;
    }
  const to = [];
  for (const [node, own] of Object.entries(number)) if (cluster[node] >= 0) to[cluster[node]] = own;
  return to;
}
// The cut into exactly k: the last k - 1 merges are undone, as cut_tree does.
export function splitCut(merges, order, k) {
  const cut = cutTree(merges, range(merges.length), merges.length - k, order);
  const to = splitNumbers(merges, cut.labels);
  const colour = (node) => (cut.node(node) < 0 ? -1 : to[cut.node(node)]);
  return { labels: cut.labels.map((c) => to[c]), colour };
}
export const sizes = (labels, w) => {
  const out = [];
  labels.forEach((c, i) => {
    out[c] = (out[c] ?? 0) + many(w, i);
  });
  return Array.from(out, (v) => v ?? 0);
};
