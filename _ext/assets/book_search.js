// Search the sections of the book: exact words first, other words for them, then slips.
const { MiniSearch, bookSections: sections, bookWords: otherWords } = window;
const AROUND = 110; // characters of an excerpt on each side of a hit
const SHOWN = 40; // results
const FIELDS = {
  boost: { t: 4, p: 2 },
  prefix: (term) => term.length > 3,
  boostDocument: (id, term) => (sections[id].t.toLowerCase() === term ? 3 : 1),
};

function indexed() {
  const index = new MiniSearch({ fields: ["t", "p", "x"], idField: "i" });
  index.addAll(sections.map((section, i) => ({ ...section, i })));
  return index;
}

// Return the results, and what the book calls the query, or how it spells it, if otherwise.
function find(index, query) {
  const words = query.toLowerCase().replaceAll("-", " ").split(/\s+/).join(" ").trim();
  const known = Object.entries(otherWords).find(
    ([word]) => word.replaceAll("-", " ") === words,
  )?.[1];
  const exact = index.search(query, { ...FIELDS, combineWith: "AND" });
  const meant = known ? index.search(known, { ...FIELDS, combineWith: "AND" }) : [];
  const best = [...meant, ...exact.filter((hit) => !meant.some((other) => other.id === hit.id))];
  if (best.length) return { hits: best, called: meant.length ? known : "" };
  for (const combineWith of ["AND", "OR"]) {
    const hits = index.search(query, { ...FIELDS, fuzzy: 0.25, combineWith });
    if (hits.length) return { hits, spelt: meantBy(hits[0]) };
  }
  return { hits: [] };
}

// Return the words of the book that a result was found by, one for each word of the query.
function meantBy(hit) {
  const words = hit.terms.toSorted((a, b) => a.length - b.length);
  return words.filter((word, i) => !words.slice(0, i).some((short) => word.startsWith(short)))
    .join(" ");
}

// Append `text` to `element`, with every one of the `terms` marked.
function mark(element, text, terms) {
  const pattern = terms.map((term) => term.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  for (const [i, part] of text.split(new RegExp(`(${pattern})`, "i")).entries()) {
    const node = i % 2 ? document.createElement("mark") : document.createTextNode(part);
    if (i % 2) node.textContent = part;
    element.append(node);
  }
}

function excerpt(text, terms) {
  const low = text.toLowerCase();
  const places = terms.map((term) => low.indexOf(term)).filter((place) => place >= 0);
  const place = places.length ? Math.min(...places) : 0;
  const start = place > AROUND ? text.indexOf(" ", place - AROUND) + 1 : 0;
  const end = text.length > place + AROUND ? text.lastIndexOf(" ", place + AROUND) : text.length;
  return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}

function item(hit) {
  const { a: address, t: title, p: page, x: text } = sections[hit.id];
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  mark(link, title, hit.terms);
  entry.append(link);
  if (page !== title) entry.append(` in ${page}`);
  const words = document.createElement("p");
  words.className = "search-excerpt";
  mark(words, excerpt(text, hit.terms), hit.terms);
  entry.append(words);
  return entry;
}

function show(query) {
  const place = document.getElementById("search-results");
  const { hits, called, spelt } = find(indexed(), query);
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const count = hits.length === 1 ? "one section" : `${hits.length || "no"} sections`;
  const first = hits.length > SHOWN ? `, the first ${SHOWN} below` : "";
  const word = spelt ?? query;
  const found = `${count} found for “${word}”${called ? ` and “${called}”` : ""}${first}.`;
  if (called) status.textContent = `This book says “${called}” for “${query}”: ${found}`;
  else if (spelt) status.textContent = `Nothing is spelt “${query}”: ${found}`;
  else status.textContent = found[0].toUpperCase() + found.slice(1);
  const list = document.createElement("ul");
  list.className = "search";
  list.append(...hits.slice(0, SHOWN).map(item));
  place.replaceChildren(status, list);
}

const query = new URLSearchParams(location.search).get("q")?.trim();
for (const input of document.querySelectorAll('input[name="q"]')) input.value = query ?? "";
if (query) show(query);
