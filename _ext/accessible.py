"""Mend what the theme gets wrong for readers with a keyboard or a screen reader."""


def setup(app):
    return {"parallel_read_safe": True, "parallel_write_safe": True}
