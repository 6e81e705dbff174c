"""Hide the comment that marks a checked cell: it speaks to the tests, not to the reader."""

from docutils import nodes

MARK = "# NBVAL_CHECK_OUTPUT"


def without_mark(source):
    """Return `source` without the line that marks a checked cell."""
    return "\n".join(line for line in source.split("\n") if line.strip() != MARK)


def hide_marks(app, doctree):
    """Take the mark out of every cell that the page shows."""
    for block in doctree.findall(nodes.literal_block):
        if MARK in block.astext():
            source = without_mark(block.astext())
            block.rawsource = source
            block.children[:] = []
            block += nodes.Text(source)


def setup(app):
    app.connect("doctree-read", hide_marks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
