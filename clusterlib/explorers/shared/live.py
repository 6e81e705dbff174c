"""Live explorers: the same states, computed by the kernel, with ipywidgets around them.

Question: what does the picture show for my own data and parameters?
Chapter: 0, Start here (how to use an explorer).
Symbols: as in the explorer.

The controls are the explorer's own; each change calls its `change`, `state`,
`draw` and `say` in the kernel.  ipywidgets is imported inside, so that books
and packages without it can show everything else.
"""

from __future__ import annotations

import html

__all__ = ["live_widget"]


def live_widget(explorer):
    """Return an ipywidgets box that holds `explorer`, computed by this kernel."""
    try:
        import ipywidgets
    except ImportError as error:
        raise ImportError(
            "The live explorers need ipywidgets; install it with "
            "`pip install ipywidgets`."
        ) from error
    return _Live(explorer, ipywidgets).box


class _Live:
    """Controls, picture and sentence of one explorer; `values` is the position of the controls."""

    def __init__(self, explorer, ipywidgets):
        self.explorer, self.widgets, self.setting = explorer, ipywidgets, False
        self.state = explorer.state()
        self.values = dict(self.state["values"])
        self.picture, self.sentence = ipywidgets.HTML(), ipywidgets.HTML()
        self.controls = {}
        for spec in explorer.controls(**self.values):
            control = self.controls[spec["key"]] = self._make(spec)
            control.observe(lambda change, key=spec["key"]: self.moved(key, change["new"]), "value")
        self.show()
        rows = ipywidgets.VBox(list(self.controls.values()))
        self.box = ipywidgets.VBox([rows, self.sentence, self.picture])

    def _make(self, spec):
        value, look = self.values[spec["key"]], {"description": spec["label"]}
        if spec["kind"] == "range":
            return self.widgets.IntSlider(value, spec["min"], spec["max"], **look)
        if spec["kind"] == "select":
            return self.widgets.Dropdown(options=spec["options"], value=value, **look)
        return self.widgets.Checkbox(value, **look)

    def moved(self, key, value):
        """Take the reader's move of one control and answer with the new picture."""
        if self.setting:
            return
        self.values = dict(self.explorer.change({**self.values, key: value}, key))
        self.show()

    def show(self):
        """Draw the present values and set the controls that are tied to them."""
        self.state = state = self.explorer.state(self.state, **self.values)
        self.values = dict(state["values"])
        self.setting = True
        for spec in self.explorer.controls(**self.values):
            control = self.controls[spec["key"]]
            if spec["kind"] == "range":
                control.min, control.max = min(control.min, spec["min"]), spec["max"]
                control.min = spec["min"]
            elif spec["kind"] == "select":
                control.options = spec["options"]
            control.value = self.values[spec["key"]]
        self.setting = False
        self.sentence.value = html.escape(self.explorer.say(state))
        self.picture.value = self.explorer.draw(state)
