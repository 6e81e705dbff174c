// The question before the first move.  Until it is answered or skipped the outcome is hidden;
// then the page says at once whether the answer was right, and why.
// question: {ask, options: [[option, reply], ...], answer: index, explain}

import { element } from "./dom.js";
import { record, recorded } from "./progress.js";
import { rich } from "./words.js";

function verdict(question, chosen) {
  const [option, reply] = question.options[chosen];
  const right = chosen === question.answer;
  const head = right
    ? `Right: ${rich(option)}.`
    : `Not so. The answer is: ${rich(question.options[question.answer][0])}.`;
  return `<strong>${head}</strong> ${rich(reply)} ${rich(question.explain)}`;
}

export function askFirst(question, id, reveal) {
  const said = element("p", { class: "clx-verdict", "aria-live": "polite", hidden: true });
  const options = element("div", { class: "clx-options" });
  const skip = element("button", { type: "button", class: "clx-quiet" }, "Skip the question");
  const open = (answered) => {
    skip.remove();
    reveal(answered);
  };
  const choose = (i) => {
    const right = i === question.answer;
    box.dataset.verdict = right ? "right" : "wrong";
    said.hidden = false;
    said.innerHTML = verdict(question, i);
    record(id, "prediction", right);
    open(true);
  };
  question.options.forEach(([option], i) => {
    const input = element("input", { type: "radio", name: `${id}-ask`, value: i });
    input.addEventListener("change", () => choose(i));
    options.append(element("label", {}, input, element("span", { html: rich(option) })));
  });
  skip.addEventListener("click", () => open(false));
  options.append(skip);
  const legend = element("legend", { html: `Predict: ${rich(question.ask)}` });
  const box = element("fieldset", { class: "clx-ask" }, legend, options, said);
  const before = recorded(id);
  if (before) {
    said.hidden = false;
    said.textContent = `You have answered this before, ${before.right ? "rightly" : "wrongly"}.`;
  }
  return { box, answeredBefore: !!before, open };
}
