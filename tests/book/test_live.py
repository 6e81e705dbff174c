"""A reader uses the Python of the pages, in Chromium, from disk and from a server."""

import json
import re
from contextlib import contextmanager

import nbformat
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import notebook as book_notebook
from scipy.cluster import hierarchy
from test_accessible import OPTIONS, sideways

PAGE = "chapters/3_hierarchy/09_linkage.html"
CSV = "plant,height,weight,note\n" + "".join(
    f"p{i},{i % 3 * 10 + i / 10:.1f},{i % 3 * 7 + i * 37 % 11 / 5:.1f},<b>x</b>\n"
    for i in range(30)
)


def ready(page):
    page.locator("[data-live-status=off]").wait_for()
    page.set_default_timeout(120_000)
    return page


@pytest.fixture(params=["disk", "server"])
def chapter(request, book, site, open_page):
    address = f"{site}/{PAGE}" if request.param == "server" else (book / PAGE).as_uri()
    return ready(open_page(address))


@pytest.fixture
def from_disk(book, open_page):
    return ready(open_page((book / PAGE).as_uri()))


@contextmanager
def finished_run(page):
    """Wait for the end of the run that is started inside."""
    runs = int(page.locator("[data-live-status]").first.get_attribute("data-live-runs") or 0)
    yield
    page.locator(f'[data-live-runs="{runs + 1}"]').wait_for()


def click(root, action):
    """Click a button of a cell or exercise and wait for the end of what it runs."""
    with finished_run(root.page):
        root.locator(f"[data-live={action}]").first.click()


def write(cell, text):
    """Put `text` into the editor of a cell, as a reader would."""
    cell.locator(".cm-content").click()
    cell.page.keyboard.press("Control+A")
    cell.page.keyboard.insert_text(text)


def run(cell, text):
    """Run `text` in a cell and return what it shows."""
    write(cell, text)
    click(cell, "run")
    return output(cell).inner_text()


def output(cell):
    return cell.locator("[data-live-output]").first


def pixels(picture):
    """Return what a picture shows: its address differs each time."""
    return picture.evaluate(
        """async (image) => {
          await image.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [400, 300];
          canvas.getContext("2d").drawImage(image, 0, 0, 400, 300);
          return canvas.toDataURL();
        }"""
    )


def cell_with(page, text):
    found = page.locator("[data-live-cell]", has_text=text).first.get_attribute("data-live-cell")
    return page.locator(f'[data-live-cell="{found}"]')  # its text will change


def test_nothing_of_the_payload_loads_before_a_click(book, open_page):
    asked = []
    page = open_page((book / PAGE).as_uri())
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.locator("[data-live-status=off]").wait_for()
    page.wait_for_timeout(500)
    assert asked
    assert [url for url in asked if url.endswith((".gz", "wasm.js", "image.js", "files.js"))] == []
    assert re.search(r"Run \(loads \d+ MB\)", page.locator("[data-live=run]").first.inner_text())


def test_the_journey_without_a_network(book, open_page):
    """From the start page to chapter 9: change a tree, fail and pass 9.1, cut an own table."""
    page = open_page((book / "index.html").as_uri())
    page.context.set_offline(True)
    page.locator(f'a[href="{PAGE}"]').first.click()
    ready(page)

    cell = cell_with(page, 'method = "ward"')
    code = cell.locator(".cm-content").inner_text()
    pictures = []
    for method in ("ward", "single"):
        run(cell, code.replace('"ward"', f'"{method}"', 1))
        pictures.append(pixels(output(cell).locator("img.only-light")))
    assert len(set(pictures)) == 2

    exercise = page.locator('[data-exercise="9.1"]')
    verdict = exercise.locator("[data-live-verdict]").first
    exercise.locator("input.live-field").fill("[2, 5, 9]")
    click(exercise, "check")
    assert verdict.inner_text() == "not yet"
    assert "Second merge" in output(exercise).inner_text()
    done = page.locator(".course-done")
    assert re.fullmatch(r"1 of \d+ done, 0 right", done.inner_text())
    exercise.locator("input.live-field").fill("[2, 4, 9]")
    click(exercise, "check")
    assert verdict.inner_text() == "passed"
    assert re.fullmatch(r"1 of \d+ done, 1 right", done.inner_text())
    assert exercise.locator(".course-box input").is_checked()

    file = {"name": "my <b>plants</b>.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    with finished_run(page):
        page.locator("input[type=file]").set_input_files(file)
    own = page.locator('[data-live-cell="own"]')
    own.locator("iframe").nth(1).wait_for()
    assert "30 rows, 2 columns: height, weight" in output(own).inner_text()
    cut = own.frame_locator("iframe").first
    counts = []
    for below in (1, 2, 4):
        slider = cut.locator("input[type=range]").first
        slider.press("End")
        for _ in range(below):
            slider.press("ArrowLeft")
        page.wait_for_timeout(400)
        status = cut.locator(".clx-status").inner_text()
        counts.append(re.match(r"Height t = (\S+): (\d+) clusters", status))
    X = np.loadtxt(CSV.splitlines(), delimiter=",", skiprows=1, usecols=(1, 2))
    Z = hierarchy.linkage((X - X.mean(axis=0)) / X.std(axis=0), "ward")
    shown = [int(found[2]) for found in counts]
    assert shown == [hierarchy.fcluster(Z, float(c[1]), "distance").max() for c in counts]
    assert shown[:2] == [2, 3]
    assert shown[2] > 3
    assert page.watch.faults == []


def test_a_reader_edits_stops_and_resets(chapter):
    cell = cell_with(chapter, "RULES = {")
    stored = cell.inner_text()
    assert "array([[0., 1., 1., 2.]," in run(
        cell, "from clusterlib.hierarchy import linkage\nlinkage([[0.], [1], [3]])"
    )
    shown = run(cell, 'import numpy as np\nprint("<b>bold</b>")\nnp.arange(5).sum()')
    assert shown.split() == ["<b>bold</b>", "np.int64(10)"]
    shown = run(cell, "a = 1\n1 / 0")
    assert "ZeroDivisionError" in shown
    assert "line 2" in shown

    write(cell, "while True: pass")
    cell.locator("[data-live=run]").click()
    cell.locator("[data-live=stop]").click()
    cell.get_by_text("Stopped").wait_for()
    assert run(cell, "2 * 3").strip() == "6"  # afresh
    cell.locator("[data-live=reset]").click()
    assert cell.inner_text().replace("Run", "") == re.sub(r"Run \(loads \d+ MB\)|Run", "", stored)
    assert chapter.watch.faults == []


def test_cells_below_an_error_do_not_run_and_stale_output_is_marked(from_disk):
    page = from_disk
    first, second = cell_with(page, "RULES = {"), cell_with(page, "block.ravel()")
    write(first, "block = 1 / 0")
    second.locator("[data-live=run]").click()
    first.get_by_text("ZeroDivisionError").wait_for()
    page.get_by_text("what comes after it did not run").wait_for()
    assert second.get_attribute("data-live-state") is None
    run(first, "block = 7")
    assert run(second, "print(block)").strip() == "7"
    assert second.get_attribute("data-live-state") == "run"
    write(first, "block = 3")
    assert second.get_attribute("data-live-state") == "stale"
    assert "Out of date" in second.inner_text()


def test_what_the_reader_typed_is_kept_and_leaves_as_a_notebook(from_disk):
    page = from_disk
    text = 'kept = "<i>ü</i>"'
    write(cell_with(page, "RULES = {"), text)
    page.reload()
    page.locator("[data-live-status=off]").wait_for()
    assert text in cell_with(page, "kept =").inner_text()
    with page.expect_download() as download:
        page.locator("[data-live=export]").click()
    notebook = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert text in [cell["source"] for cell in notebook["cells"]]
    nbformat.validate(nbformat.from_dict(notebook))
    original = book_notebook("chapters/3_hierarchy/09_linkage.ipynb")
    kinds = [(cell["cell_type"], cell["id"]) for cell in notebook["cells"]]
    assert [kind for kind, _ in kinds] == [cell.cell_type for cell in original.cells]
    prose = [cell.source for cell in original.cells if cell.cell_type == "markdown"]
    assert [c["source"] for c in notebook["cells"] if c["cell_type"] == "markdown"] == prose
    cell = cell_with(page, "kept =")
    cell.locator("[data-live=reset]").click()
    page.reload()
    page.locator("[data-live-status=off]").wait_for()
    assert page.get_by_text("kept =").count() == 0


def test_the_next_page_starts_from_what_the_first_kept(site, open_page):
    """Nothing is loaded anew over the network; a version that is not this page's is dropped."""
    page = ready(open_page(f"{site}/{PAGE}"))
    old = "codebooks-to-dendrograms-python-old"
    page.evaluate("name => caches.open(name)", old)
    run(cell_with(page, "RULES = {"), "1 + 1")
    page.wait_for_function(
        """async (old) => { const names = await caches.keys();
        if (names.length !== 1 || names[0] === old) return false;
        return (await (await caches.open(names[0])).keys()).length === 3; }""",
        arg=old,
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/{PAGE.replace('09_linkage', '10_dendrograms')}")
    ready(page)
    cell = page.locator("[data-live-cell]:not(.tag_hide-input):has(.cm-content)").first
    assert run(cell, "6 * 7").strip() == "42"
    assert asked
    assert [url for url in asked if url.endswith(".gz")] == []
    assert page.watch.faults == []


@pytest.mark.parametrize(
    "without",
    [
        "caches.open = () => Promise.reject(new Error('no store'))",
        "Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'))",
        "Cache.prototype.match = () => Promise.reject(new Error('unreadable'))",
        "delete globalThis.caches",
    ],
)
def test_without_a_store_each_page_loads_its_python(site, open_page, without):
    page = open_page(f"{site}/{PAGE}")
    page.context.add_init_script(without)
    page.reload()
    assert run(cell_with(ready(page), "RULES = {"), "6 * 7").strip() == "42"


def test_a_device_without_memory_gets_a_message(book, open_page):
    """Whether the start fails, the browser ends the page, or little memory is known before."""
    page = ready(open_page((book / PAGE).as_uri()))
    page.evaluate(
        "() => { WebAssembly.compile = () => Promise.reject(new RangeError('out of memory')); }"
    )
    status = page.locator("[data-live-status]").first
    click(cell_with(page, "RULES = {"), "run")
    assert status.get_attribute("data-live-status") == "failed"
    assert "too little memory" in status.inner_text()

    page.context.add_init_script(
        "sessionStorage.setItem(`live:${location.pathname}:ended`, 'starting')"
    )
    page.reload()
    assert "ended while Python started" in status.inner_text()

    page.context.add_init_script(
        "Object.defineProperty(navigator, 'deviceMemory', { value: 1 }); sessionStorage.clear()"
    )
    page.reload()
    assert "This device has little memory" in status.inner_text()


def test_a_browser_that_cannot_is_told_which_can(book, open_page):
    page = open_page((book / PAGE).as_uri())
    page.context.add_init_script("WebAssembly.validate = () => false")
    page.reload()
    page.locator("[data-live-status=off]").wait_for()
    assert "Firefox 131" in page.locator("[data-live-status]").inner_text()
    assert page.locator("button[data-live]").count() == 0
    assert page.watch.faults == []


def test_the_keyboard_runs_a_cell_and_leaves_the_editor(from_disk):
    page = from_disk
    cell = cell_with(page, "RULES = {")
    cell.locator(".cm-content").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("if True:\n")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("print(6 * 7)")
    with finished_run(page):
        page.keyboard.press("Shift+Enter")
    assert output(cell).inner_text().strip() == "42"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.live") == "run"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.live") == "run-above"
    cell.locator(".cm-content").focus()  # by keyboard alone: Tab moves on, where nothing is written
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.live") == "run"


CONTROLS = [[".live-tools"], [".live-bar"], [".live-editor"], ["[data-live-output]"]]


def violations(page):
    """Return one line for each violation in the controls of live cells and what they show."""
    found = Axe().run(page, context={"include": CONTROLS}, options=OPTIONS).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_the_controls_is_accessible_and_fits_a_phone(book, open_page, scheme):
    page = ready(open_page((book / PAGE).as_uri(), width=360, color_scheme=scheme))
    page.add_style_tag(content="#pst-back-to-top { display: none }")  # it floats over the buttons
    cell = cell_with(page, "RULES = {")
    write(cell, "while True: pass")
    cell.locator("[data-live=run]").click()
    cell.locator("[data-live=stop]").wait_for()
    cell.locator(".live-bar").evaluate("e => e.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(500)  # axe takes a button that the page's bar covers for a small one
    found = {"running": violations(page) + sideways(page, 360)}
    cell.locator("[data-live=stop]").click()
    run(cell, "raise ValueError('a word' * 60)")
    exercise = page.locator('[data-exercise="9.1"]')
    exercise.locator("input.live-field").fill("[2, 5, 9]")
    click(exercise, "check")
    found["raised, not yet"] = violations(page) + sideways(page, 360)
    exercise.locator("input.live-field").fill("[2, 4, 9]")
    click(exercise, "check")
    exercise.locator("[data-live=solution]").first.click()
    file = {"name": f"{'long' * 20}.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    with finished_run(page):
        page.locator("input[type=file]").set_input_files(file)
    page.locator('[data-live-cell="own"] iframe').nth(1).wait_for()
    tree = cell_with(page, 'method = "ward"')
    click(tree, "run")
    (shown,) = [img for img in output(tree).locator("img").all() if img.is_visible()]
    assert f"only-{scheme}" in shown.get_attribute("class")
    found["passed, own table"] = violations(page) + sideways(page, 360)
    assert not any(found.values()), found


def test_the_solution_unfolds(from_disk):
    exercise = from_disk.locator('[data-exercise="9.1"]')
    button = exercise.locator("[data-live=solution]").first
    assert button.get_attribute("aria-expanded") == "false"
    hidden = exercise.locator(".tag_hide-cell").first
    assert not hidden.is_visible()
    button.click()
    assert hidden.is_visible()
    assert button.get_attribute("aria-expanded") == "true"


def test_a_table_is_dropped_or_pasted(from_disk):
    page = from_disk
    with finished_run(page):
        page.evaluate(
            """(text) => { const data = new DataTransfer();
            data.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
            }""",
            CSV,
        )
    own = output(page.locator('[data-live-cell="own"]'))
    assert "30 rows, 2 columns: height, weight" in own.inner_text()
    page.locator("summary", has_text="Paste a table").click()
    page.locator("textarea.live-paste").fill("width,depth\n1,2\n3,5\n2,9\n8,1\n")
    with finished_run(page):
        page.locator("[data-live=paste]").click()
    assert "4 rows, 2 columns: width, depth" in own.inner_text()


HOSTILE = {
    "script": 'x,y\n"<img src=x onerror=alert(1)>",1\n"<script>alert(2)</script>",2\n',
    "control characters": "a,b\n1,2\n\x1b[31m3,4\n",
    "binary": "\x7fELF\x00\x01\x02\x00" * 100,
    "empty": "",
    "one row": "a,b\n1,2\n",
    "long": "a\n" + "1,2,3\n" * 20_000 + "x" * 1_000_000,
}


def test_hostile_tables_show_as_text_or_are_refused(from_disk):
    page = from_disk
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    for name, text in HOSTILE.items():
        file = {"name": f"../{name}.csv", "mimeType": "text/csv", "buffer": text.encode()}
        with finished_run(page):
            page.locator("input[type=file]").set_input_files(file)
        own = page.locator('[data-live-cell="own"]')
        assert output(own).inner_text().strip(), name
        assert output(own).locator("img, script").count() == 0, name
    assert page.watch.faults == []


def test_hostile_output_shows_as_text_and_huge_output_is_cut(from_disk):
    page = from_disk
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    cell = cell_with(page, "RULES = {")
    shown = run(
        cell, 'print("<img src=x onerror=alert(1)>\\x00\\x1b[31m\\u202e")\nprint("z" * 10_000_000)'
    )
    assert "<img src=x onerror=alert(1)>" in shown
    assert len(shown) < 1_100_000
    assert "output cut" in shown
    assert output(cell).locator("img").count() == 0
    # HTML of the reader's own stands in a frame that reaches neither page nor network.
    run(
        cell,
        "class H:\n    def _repr_html_(self):\n"
        "        return '<script>try { parent.document.title = \"taken\" } catch (e) {}'\\\n"
        "            'document.title = origin</script>'\nH()",
    )
    frame = output(cell).locator("iframe").element_handle().content_frame()
    assert frame.evaluate("origin") == "null"
    assert page.title() != "taken"


def test_the_interpreter_has_no_network_no_files_and_a_limit(from_disk):
    cell = cell_with(from_disk, "RULES = {")
    shown = run(cell, "import socket\nsocket.create_connection(('127.0.0.1', 80))")
    assert "Error" in shown
    shown = run(cell, "from pathlib import Path\nsorted(p.name for p in Path('/').iterdir())")
    assert "etc" not in shown
    assert "MemoryError" in run(cell, "x = bytearray(600 << 20)")
    assert run(cell, "2 + 2").strip() == "4"


def test_a_figure_that_cannot_be_drawn_leaves_the_next_cell_alone(chapter):
    cell = cell_with(chapter, "RULES = {")
    assert "Expected" in run(cell, 'import matplotlib.pyplot as plt\nplt.title(r"$\\frac$");')
    assert run(cell, "2 + 2").strip() == "4"
