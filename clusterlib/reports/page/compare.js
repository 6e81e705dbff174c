// The clusters beside a column of classes.

import { element } from "../shared/dom.js";
import { range } from "../shared/numbers.js";
import { icon } from "../shared/svg.js";
import { esc } from "../shared/words.js";
import { compared } from "./model.js";

const MOST = 20; // classes, and clusters, in a table

export function comparison(d) {
  let chosen = 0,
    cut = null;
  const body = element("div");
  const select = element(
    "select",
    {},
    ...d.classes.map((c, i) => element("option", { value: i }, c.name)),
  );
  select.addEventListener("change", () => {
    chosen = +select.value;
    draw();
  });
  function draw() {
    const c = d.classes[chosen],
      found = compared(c.codes, c.names, d, cut),
      unknown = found.unknown
        ? ` ${found.unknown.toLocaleString("en")} rows have no class and are not counted.`
        : "";
    const words =
      `<p>Agreement of the clusters with <bdi>${esc(c.name)}</bdi> (adjusted Rand index): ` +
      `<strong data-ari>${found.ari.toFixed(3)}</strong>. It is 1 if they are the ` +
      `same and near 0 if they have nothing to do with each other. ` +
      `The classes took no part in the clustering.${unknown}</p>`;
    if (c.names.length > MOST || cut.k > MOST) {
      const many = `${c.names.length} classes and ${cut.k} clusters`;
      body.innerHTML = `${words}<p>${many} are too many for a table.</p>`;
      return;
    }
    const heads = range(cut.k).map((k) => `<th scope="col">${icon(k)} cluster ${k + 1}</th>`),
      rows = range(c.names.length)
        .sort((a, b) => (c.names[a] < c.names[b] ? -1 : 1))
        .map(
          (i) =>
            `<tr><th scope="row"><bdi>${esc(c.names[i])}</bdi></th>` +
            `${found.table[i].map((v) => `<td>${v}</td>`).join("")}</tr>`,
        );
    body.innerHTML =
      `${words}<div class="scroll" role="region" tabindex="0" ` +
      `aria-label="Known classes and the clusters">` +
      `<table><thead><tr><th scope="col">class</th>${heads.join("")}</tr></thead>` +
      `<tbody>${rows.join("")}</tbody></table></div>`;
  }
  const node = element("div");
  if (d.classes.length > 1)
    node.append(element("p", {}, element("label", {}, "Compare with ", select)));
  node.append(body);
  return {
    node,
    set(next) {
      cut = next;
      draw();
    },
  };
}
