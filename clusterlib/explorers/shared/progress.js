// What the learner has answered: one JSON object in the browser, under one key.
// {"04_k_means#x-lloyd": {"kind": "prediction", "right": true, "time": "2026-..."}, ...}

const KEY = "cbd-progress";

function readProgress() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // storage is switched off, or holds something else
  }
}

const place = (id) => {
  const page = location.pathname.split("/").pop() || "index.html";
  return `${page.replace(/\.html?$/, "")}#${id}`;
};

export const recorded = (id) => readProgress()[place(id)];

// kind is "prediction", "quiz" or "exercise".
export function record(id, kind, right) {
  const all = readProgress();
  all[place(id)] = { kind, right, time: new Date().toISOString() };
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    return; // without storage the page works, it only forgets
  }
  document.dispatchEvent(new CustomEvent("cbd-progress", { detail: all }));
}
