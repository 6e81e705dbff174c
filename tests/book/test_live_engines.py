"""Chromium, Firefox and WebKit load the pages' Python from disk, run, check and stop it."""

PAGE = "chapters/3_hierarchy/09_linkage.html"
FIELD = "[data-exercise='9.1'] input.live-field"
VERDICT = "[data-exercise='9.1'] [data-live-verdict]"
START = 300  # seconds that a busy machine may take to load the interpreter
ENDLESS = "max(iter(int, 1))"


def status(reader, state, seconds=60):
    """Wait until the page's Python is in `state`."""
    reader.wait(
        "css => document.querySelector(css)", f"[data-live-status={state}]", seconds=seconds
    )


RESTS = """(css) => {
  const place = document.querySelector(css);
  place.scrollIntoView({ block: "center", behavior: "instant" });
  const top = String(place.getBoundingClientRect().top);
  const same = place.dataset.top === top;
  place.dataset.top = top;
  return same;
}"""


def answer(reader, text):
    """Type `text` as the answer to exercise 9.1, once it stands still, and have it checked."""
    reader.wait(RESTS, FIELD)
    reader.js("css => { document.querySelector(css).value = ''; }", FIELD)
    reader.write(FIELD, text)
    reader.click("[data-exercise='9.1'] [data-live=check]")


def verdict(reader, word):
    reader.wait("(css, word) => document.querySelector(css).textContent === word", VERDICT, word,
                seconds=START)  # fmt: skip


def test_a_page_from_disk_runs_checks_and_stops(book, read):
    reader = read((book / PAGE).as_uri())
    status(reader, "off")
    answer(reader, "[2, 5, 9]")
    verdict(reader, "not yet")
    assert "Second merge" in reader.text("[data-exercise='9.1'] [data-live-output]")
    answer(reader, ENDLESS)
    status(reader, "running")
    reader.click("[data-exercise='9.1'] [data-live=stop]")
    status(reader, "off")
    answer(reader, "[2, 4, 9]")  # in a new interpreter
    verdict(reader, "passed")
    tree = reader.js(
        """() => { const cell = [...document.querySelectorAll('[data-live-cell]')]
        .find((e) => e.textContent.includes('method = "ward"'));
        cell.id = 'tree'; return cell.id; }"""
    )
    reader.click(f"#{tree} [data-live=run]")
    reader.wait(
        "() => [...document.querySelectorAll('#tree img.live-figure')].some((i) => i.naturalWidth)",
        seconds=START,
    )
    assert reader.faults == []
