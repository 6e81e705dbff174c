// The state of each explorer in the page's address: #x-cut:data=iris;k=3&x-seeding:seed=4

import { inLab } from "./dom.js";

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readAll() {
  const parts = location.hash.slice(1).split("&");
  return Object.fromEntries(
    parts
      .filter((part) => part.includes(":"))
      .map((part) => {
        const colon = part.indexOf(":");
        const pairs = part.slice(colon + 1).split(";");
        const values = pairs.filter((pair) => pair.includes("="));
        return [
          part.slice(0, colon),
          Object.fromEntries(values.map((pair) => pair.split("=").map(decode))),
        ];
      }),
  );
}

export const readAddress = (id) => readAll()[id];

export function writeAddress(id, values, defaults) {
  if (inLab()) return;
  const all = readAll();
  const own = Object.entries(values).filter(
    ([key, v]) => v !== defaults[key] && ["string", "number", "boolean"].includes(typeof v),
  );
  delete all[id];
  if (own.length) all[id] = Object.fromEntries(own);
  const written = Object.entries(all).map(([key, values]) => {
    const pairs = Object.entries(values).map((pair) => pair.map(encodeURIComponent).join("="));
    return `${key}:${pairs.join(";")}`;
  });
  const hash = written.length ? `#${written.join("&")}` : location.pathname + location.search;
  try {
    history.replaceState(history.state, "", hash);
  } catch {
    // A page whose address may not change keeps its state all the same.
  }
}

// Only keys that exist, and values of the same type as the default.
export function accept(given, defaults) {
  const out = { ...defaults };
  for (const [key, v] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(defaults, key)) continue;
    if (typeof defaults[key] === "number") {
      if (Number.isFinite(+v)) out[key] = Math.round(+v);
    } else if (typeof defaults[key] === "boolean") out[key] = v === "true";
    else out[key] = v;
  }
  return out;
}
