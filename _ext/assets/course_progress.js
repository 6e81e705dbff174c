// What a learner has done: shown on each page, and for the whole course on the progress page.
//
// Predictions and quizzes write into one object of the browser's storage (see progress.js of the
// explorers); exercises are marked here, by hand or by the check in the page.  What there is to do
// stands in course.js, which the build writes from the pages.  Nothing leaves the browser.
(() => {
  const KEY = "cbd-progress"; // as in clusterlib/explorers/shared/progress.js
  const course = window.cbdCourse ?? {};
  const page = (location.pathname.split("/").pop() || "index.html").replace(/\.html?$/, "");
  const KINDS = ["prediction", "quiz", "exercise"];

  const read = () => {
    try {
      const all = JSON.parse(localStorage.getItem(KEY));
      return all && typeof all === "object" && !Array.isArray(all) ? all : {};
    } catch {
      return {};
    }
  };

  const write = (all) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
    } catch {
      return false; // storage is switched off: the page works, it only forgets
    }
    document.dispatchEvent(new CustomEvent(KEY, { detail: all }));
    return true;
  };

  const make = (tag, text = "", attributes = {}) => {
    const node = document.createElement(tag);
    node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  // Count what is done and right among the items of one page.
  const tally = (name, all) => {
    const items = Object.keys(course[name]?.items ?? {});
    const done = items.map((id) => all[`${name}#${id}`]).filter(Boolean);
    return { of: items.length, done: done.length, right: done.filter((d) => d.right).length };
  };

  const storable = () => {
    try {
      localStorage.setItem(`${KEY}-try`, "");
      localStorage.removeItem(`${KEY}-try`);
      return true;
    } catch {
      return false;
    }
  };

  // On a chapter: one line below the title, and a box to tick at each exercise.
  const showPage = () => {
    const title = document.querySelector("article h1");
    if (!course[page] || !title) return;
    const line = make("p", "", { class: "course-done", "aria-live": "polite" });
    title.after(line);
    const update = () => {
      const { done, of, right } = tally(page, read());
      line.textContent = `${done} of ${of} done${done ? `, ${right} right` : ""}`;
    };
    for (const [id, kind] of Object.entries(course[page].items))
      if (kind === "exercise") addBox(id);
    document.addEventListener(KEY, update);
    update();
  };

  const addBox = (id) => {
    const heading = document.getElementById(id)?.querySelector("h2, h3, h4");
    if (!heading) return;
    const box = make("input", "", { type: "checkbox" });
    const label = make("label", "", { class: "course-box" });
    label.append(box, " I have done this exercise");
    heading.after(label);
    const show = () => {
      box.checked = Boolean(read()[`${page}#${id}`]);
    };
    const mark = (right) => {
      const all = read();
      all[`${page}#${id}`] = { kind: "exercise", right, time: new Date().toISOString() };
      write(all);
    };
    box.addEventListener("change", () => {
      if (box.checked) return mark(true);
      const { [`${page}#${id}`]: _, ...rest } = read();
      write(rest);
    });
    // The check in the page tells its verdict, and empties it first; the last one counts.
    const section = document.getElementById(id);
    let seen = "";
    new MutationObserver(() => {
      const said = section.querySelector("[data-live-verdict]")?.textContent ?? "";
      if (said === seen) return;
      seen = said;
      if (said) mark(said === "passed");
    }).observe(section, { childList: true, subtree: true });
    document.addEventListener(KEY, show);
    show();
  };

  const sums = (all) => {
    const tallies = Object.keys(course).map((name) => tally(name, all));
    const sum = (key) => tallies.reduce((total, one) => total + one[key], 0);
    return { done: sum("done"), right: sum("right"), of: sum("of") };
  };

  // On the front page, <div data-course-progress="summary"></div>: nothing before the first answer,
  // then a sentence, and where to go on: the first chapter with something left to do.
  const showSummary = (place) => {
    const up = place.dataset.root ?? "";
    const update = () => {
      const all = read();
      const { done, of, right } = sums(all);
      place.hidden = !done;
      const said = make("p", `You have done ${done} of ${of} tasks, ${right} right. `);
      const left = Object.entries(course).find(([name]) => {
        const page = tally(name, all);
        return page.done < page.of;
      });
      if (left) {
        const next = make("a", left[1].title, { href: up + left[1].path });
        said.append("Go on with ", next, ", or see ");
      } else said.append("That is all of them: see ");
      said.append(make("a", "your progress", { href: `${up}progress.html` }), ".");
      place.replaceChildren(said);
    };
    document.addEventListener(KEY, update);
    update();
  };

  // On the progress page: the whole course, chapter by chapter.
  const showCourse = (place) => {
    const up = place.dataset.root ?? "";
    const table = make("table", "", { class: "course-table" });
    const said = make("p", "", { role: "status" });
    const update = () => {
      const all = read();
      const head = make("tr");
      for (const text of ["Chapter", "Done", "Right", "Of"]) head.append(make("th", text));
      const rows = Object.entries(course).map(([name, { title, path }]) => {
        const { done, of, right } = tally(name, all);
        const row = make("tr");
        const cell = make("th", "", { scope: "row" });
        cell.append(make("a", title, { href: up + path }));
        row.append(cell, ...[done, right, of].map((n) => make("td", String(n))));
        return row;
      });
      table.replaceChildren(head, ...rows);
      const { done, of, right } = sums(all);
      said.textContent = storable()
        ? `${done} of ${of} done, ${right} right.`
        : "This browser keeps nothing for this page, so nothing is remembered.";
    };
    place.replaceChildren(signed(), said, table, buttons());
    document.addEventListener(KEY, update);
    update();
  };

  // Whose page this is, for a reader who prints it; the name is not stored.
  const signed = () => {
    const line = make("p", "", { class: "course-name" });
    const name = make("label", "Name, for the print: ");
    name.append(make("input", "", { type: "text", autocomplete: "off" }));
    const date = make("span", "", { class: "course-date" });
    const today = () => {
      date.textContent = new Date().toLocaleDateString("en-GB", { dateStyle: "long" });
    };
    addEventListener("beforeprint", today);
    today();
    line.append(name, " ", date);
    return line;
  };

  // On a chapter's card: what is done of it.
  const showCard = (place) => {
    const update = () => {
      const { done, of } = tally(place.dataset.coursePage, read());
      place.textContent = done ? `${done} of ${of} done` : "";
    };
    document.addEventListener(KEY, update);
    update();
  };

  const buttons = () => {
    const bar = make("p", "", { class: "course-buttons" });
    const add = (text, action) => {
      const button = make("button", text, { type: "button" });
      button.addEventListener("click", action);
      bar.append(button, " ");
    };
    add("Save to a file", () => {
      const blob = new Blob([JSON.stringify(read(), null, 1)], { type: "application/json" });
      const link = make("a", "", { href: URL.createObjectURL(blob), download: "progress.json" });
      link.click();
      URL.revokeObjectURL(link.href);
    });
    const file = make("input", "", { type: "file", accept: ".json", hidden: "" });
    file.addEventListener("change", async () => {
      const note = await load(file.files[0]);
      message.textContent = note;
      file.value = "";
    });
    add("Load from a file", () => file.click());
    add("Print", () => print());
    add("Forget all", () => {
      if (!confirm("Forget all answers on this device?")) return;
      write({});
      message.textContent = "All answers are forgotten.";
    });
    const message = make("span", "", { role: "status" });
    bar.append(file, message);
    return bar;
  };

  // Add the answers of a saved file to those that are here; of two, the later counts.
  const load = async (file) => {
    let given;
    try {
      given = JSON.parse(await file.text());
    } catch {
      return `${file.name} is no file of saved progress.`;
    }
    const isAnswer = ([name, entry]) =>
      /^[\w-]+#[\w-]+$/.test(name) && KINDS.includes(entry?.kind) && Date.parse(entry.time) > 0;
    const entries = Object.entries(given ?? {}).filter(isAnswer);
    if (!entries.length) return `${file.name} holds no answers of this book.`;
    const all = read();
    for (const [name, { kind, right, time }] of entries)
      if (!all[name] || all[name].time < time) all[name] = { kind, right: Boolean(right), time };
    return write(all) ? `${entries.length} answers were read.` : "This browser keeps nothing.";
  };

  showPage();
  for (const place of document.querySelectorAll("[data-course-progress]"))
    if (place.dataset.courseProgress === "whole") showCourse(place);
    else showSummary(place);
  for (const place of document.querySelectorAll("[data-course-page]")) showCard(place);
})();
