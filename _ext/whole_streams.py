"""Join what a cell prints exactly as it printed it, wherever the kernel cut it.

A kernel sends a line in two pieces when its machine is busy.  MyST-NB puts a line
break between the pieces, so the same commit would not always build the same page.
"""

import nbformat
from myst_nb.core import render


def joined(outputs):
    """Return `outputs` with the pieces of each stream joined, at the place of the first."""
    kept, streams = [], {}
    for output in outputs:
        if output["output_type"] != "stream":
            kept.append(output)
        elif output["name"] in streams:
            streams[output["name"]]["text"] += output["text"]
        else:
            streams[output["name"]] = nbformat.from_dict(dict(output))
            kept.append(streams[output["name"]])
    return kept


def setup(app):
    render.coalesce_streams = joined
    return {"parallel_read_safe": True, "parallel_write_safe": True}
