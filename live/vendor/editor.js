// The editor of the pages: CodeMirror 6 with Python, bundled into codemirror.js (see README.md).
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
} from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const style = HighlightStyle.define([
  { tag: tags.keyword, class: "live-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "live-string" },
  { tag: tags.number, class: "live-number" },
  { tag: tags.comment, class: "live-comment" },
  { tag: [tags.function(tags.definition(tags.variableName))], class: "live-name" },
]);

// Tab indents where the reader writes; where they only came by with Tab, it moves on.
function tabWhereWritten() {
  let writing = false;
  const set = (value) => () => {
    writing = value;
    return false;
  };
  return [
    EditorView.domEventHandlers({ pointerdown: set(true), blur: set(false) }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && update.view.hasFocus) writing = true;
    }),
    keymap.of([
      {
        key: "Tab",
        run: (view) => writing && indentMore(view),
        shift: (view) => writing && indentLess(view),
      },
    ]),
  ];
}

// An editor in `parent`. Escape leaves it, so that Tab moves on; Shift-Enter runs the cell.
export function createEditor({ parent, text, label, onRun, onChange }) {
  const leave = (view) => {
    view.contentDOM.blur();
    view.dom.closest("[data-live-cell]")?.querySelector("[data-live=run]")?.focus();
    return true;
  };
  const run = () => {
    onRun();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([
          { key: "Escape", run: leave },
          { key: "Shift-Enter", run },
          { key: "Ctrl-Enter", run },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        tabWhereWritten(),
        history(),
        python(),
        indentUnit.of("    "),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        syntaxHighlighting(style),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of((update) => update.docChanged && onChange()),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText: (value) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } }),
    focus: () => view.focus(),
  };
}
