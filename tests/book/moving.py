"""Move the sliders of an explorer as a reader does, and say which of them are dead."""

EXPLORER = "[data-explorer]"
SLIDER = "input[type=range]"
PATIENCE = 3000  # milliseconds for picture and numbers to follow


def look(root):
    """Return what the explorer shows: its picture and its numbers."""
    return root.evaluate(
        """root => ({
            picture: [...root.querySelectorAll("svg")].map(e => e.outerHTML).join("") +
                     [...root.querySelectorAll("canvas")].map(e => e.toDataURL()).join(""),
            numbers: [...root.querySelectorAll("[role=status]")].map(e => e.textContent).join("|"),
        })"""
    )


def follows(page, root, before):
    """Wait until picture and numbers both differ from `before`; return what did not change."""
    for _ in range(PATIENCE // 50):
        now = look(root)
        still = [part for part in ("picture", "numbers") if now[part] == before[part]]
        if not still:
            return []
        page.wait_for_timeout(50)
    return still


def settle(page, root):
    """Wait until the explorer shows the same for a while, and return what it shows."""
    last = look(root)
    while True:
        page.wait_for_timeout(250)
        now = look(root)
        if now == last:
            return now
        last = now


def press(page, slider):
    """Move `slider` with the keyboard, by End or, from there, by Home."""
    slider.focus()
    value, highest = slider.evaluate("e => [e.value, e.max]")
    page.keyboard.press("Home" if value == highest else "End")


def point(page, slider):
    """Move `slider` with the mouse, to its far third."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    share = slider.evaluate("e => (e.value - e.min) / ((e.max - e.min) || 1)")
    x = box["x"] + box["width"] * (0.2 if share > 0.5 else 0.8)
    page.mouse.click(x, box["y"] + box["height"] / 2)


MOVES = {"keyboard": press, "mouse": point}


def dead_sliders(page, root):
    """Return a sentence for every slider of an explorer that picture or numbers do not follow."""
    found = []
    sliders = root.locator(SLIDER)
    for index in range(sliders.count()):
        slider = sliders.nth(index)
        label = slider.evaluate("e => e.labels?.[0]?.textContent || e.getAttribute('aria-label')")
        if not label:
            found.append(f"slider {index + 1} has no label")
        if not slider.is_visible() or not slider.is_enabled():
            continue
        for device, move in MOVES.items():
            before = settle(page, root)
            move(page, slider)
            for part in follows(page, root, before):
                found.append(f"slider {label!r}, moved by {device}: the {part} did not change")
    return found
