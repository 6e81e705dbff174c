"""Show each function under the path that users type: ``clusterlib.vq.kmeans2``, not its module.

The reference has a section for each module, because a module holds one idea.  What a package
such as ``clusterlib.vq`` offers is shown with the package's name, and found, linked and listed
in the index of objects under it as well.
"""

import importlib

from docutils import nodes
from sphinx import addnodes


def public_path(module, name):
    """Return the shorter path of `name`, or None where its module is the place to import it."""
    package = ".".join(module.split(".")[:2])
    offered = getattr(importlib.import_module(package), "__all__", ())
    return f"{package}.{name}" if package != module and name in offered else None


def show_public_path(app, domain, objtype, content):
    """Rewrite the signature above `content`, and register its public path."""
    signature = content.parent[0]
    if domain != "py" or not isinstance(signature, addnodes.desc_signature):
        return
    name = signature["fullname"]
    path = public_path(signature["module"], name)
    if path is None:
        return
    for written in signature.findall(addnodes.desc_addname):
        prefix = path[: -len(name)]
        written[:] = [addnodes.desc_sig_name("", nodes.Text(prefix))]
    signature["ids"].append(path)
    app.env.domains["py"].note_object(path, objtype, path, location=signature)


def setup(app):
    app.connect("object-description-transform", show_public_path)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
