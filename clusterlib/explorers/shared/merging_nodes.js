// Nodes of a linkage matrix, and what a method measures between two of them.

import { squared } from "./numbers.js";

export const mode = (a) => {
  const count = new Map();
  let best = -1;
  for (const v of a) {
    count.set(v, (count.get(v) ?? 0) + 1);
    if (best < 0 || count.get(v) > count.get(best)) best = v;
  }
  return best;
};
export const leafOf = (merges, n, node) => {
  while (node >= n) node = merges[node - n][0];
  return node;
};
export const leavesOf = (merges, n, node) =>
  node < n
    ? 1
    : leavesOf(merges, n, merges[node - n][0]) + leavesOf(merges, n, merges[node - n][1]);
// The lines that the method measures between the two clusters of the next merge.
export function seenAs(method, P, { pair, members, centres }) {
  if (["centroid", "median", "ward"].includes(method))
    return [[centres[pair[0]], centres[pair[1]]]];
  const all = members[pair[0]].flatMap((i) => members[pair[1]].map((j) => [P[i], P[j]]));
  if (!["single", "complete"].includes(method)) return all;
  const by = all.map(([p, q]) => squared(p, q)),
    at = by.indexOf(method === "single" ? Math.min(...by) : Math.max(...by));
  return [all[at]];
}
