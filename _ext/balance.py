"""Spread the notebooks over the processes of a parallel build.

Sphinx hands out documents in blocks of neighbours, by name, so all chapters
would land in the first block.  Dealt out like cards, they run side by side.
"""


def deal(names, hands):
    """Return `names` reordered so that each of `hands` blocks gets every `hands`-th name."""
    return [name for hand in range(hands) for name in names[hand::hands]]


def deal_documents(app, env, docnames):
    """Deal out the documents to be read, in place: notebooks first, then the rest."""
    notebooks = [name for name in docnames if env.doc2path(name).endswith(".ipynb")]
    others = [name for name in docnames if name not in set(notebooks)]
    docnames[:] = deal(notebooks + others, max(app.parallel, 1))


def vouch(app):
    """Declare safe what does nothing here: no part of the book is numbered."""
    if numbering := app.extensions.get("sphinx_multitoc_numbering"):
        numbering.parallel_read_safe = True


def setup(app):
    app.connect("builder-inited", vouch)
    app.connect("env-before-read-docs", deal_documents)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
