"""What the tests of single explorers share: open one, move it, drag in it, read its state."""

import json


def opened(open_page, tmp_path, explorer, **options):
    """Return the element of `explorer` on a page of its own, with nothing hidden or folded."""
    path = tmp_path / f"{explorer.name}.html"
    path.write_text(explorer.page(), encoding="utf-8")
    page = open_page(path.as_uri(), **options)
    page.locator("[data-explorer] .clx-body").wait_for()
    skip_questions(page)
    for drawer in page.locator(".clx-drawer:not([open]):not([hidden]) > summary").all():
        drawer.click()
    return page.locator("[data-explorer]")


def skip_questions(page):
    """Open every explorer of `page` whose question nobody has answered."""
    skip = page.get_by_role("button", name="Skip the question")
    while skip.count():
        skip.first.click()  # which takes the button away
    page.wait_for_timeout(200)


def moved(root, patch, key, *wanted):
    """Return the entries `wanted` of the page's state after `patch`; dots lead inside."""
    text = root.evaluate(
        """(r, [patch, key, wanted]) => { r.explorer.send(patch, key);
          const read = (path) => path.split('.').reduce((s, k) => s?.[k], r.explorer.state);
          return JSON.stringify(Object.fromEntries(wanted.map((w) => [w, read(w)]))); }""",
        [patch, key, wanted],
    )
    return json.loads(text)


def status(root):
    """Return the status line once it has been told."""
    root.page.wait_for_timeout(250)
    return root.locator("[role=status]").inner_text()


def resting_place(mark):
    """Return the box of `mark` once the page around it has come to rest."""
    box, last = mark.bounding_box(), None
    while box != last:
        mark.page.wait_for_timeout(100)
        box, last = mark.bounding_box(), box
    return box


def drag(page, handle, right, down, *, touch=False):
    """Drag the mark `handle` by pixels, with the mouse or a finger."""
    handle.scroll_into_view_if_needed()
    box = resting_place(handle)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    places = [(x + right * i / 4, y + down * i / 4) for i in range(5)]
    if touch:
        session = page.context.new_cdp_session(page)
        for i, (a, b) in enumerate(places):
            kind = "touchMove" if i else "touchStart"
            at = {"type": kind, "touchPoints": [{"x": a, "y": b}]}
            session.send("Input.dispatchTouchEvent", at)
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        for a, b in places[1:]:
            page.mouse.move(a, b)
        page.mouse.up()
