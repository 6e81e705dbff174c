"""One notebook in JupyterLab: run it, then move its explorer and its live version."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from moving import EXPLORER, dead_sliders
from notebooks import ROOT
from pages import NOTEBOOKS, notebook

from tests.browsing import resting_place, skip_questions

SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none", "autoStartDefaultKernel": True},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
START = 60  # seconds for JupyterLab to answer
RUN = 120_000  # milliseconds for the notebook to run


def has_both(name):
    """Return whether a notebook holds an explorer and its live version."""
    code = "\n".join(cell.source for cell in notebook(name).cells if cell.cell_type == "code")
    return "Explorer(" in code and ".live()" in code


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab on a folder with one notebook; return its address."""
    name = next((name for name in NOTEBOOKS if has_both(name)), None)
    assert name, "no chapter holds an explorer and its live version"
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / name, folder / "chapter.ipynb")
    for path, values in SETTINGS.items():
        file = folder / "settings" / "@jupyterlab" / f"{path}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}",
        "--LabApp.expose_app_in_browser=True",
        f"--LabApp.workspaces_dir={folder / 'workspaces'}",
        f"--LabApp.user_settings_dir={folder / 'settings'}",
    ]  # fmt: skip
    environment = os.environ | {"JUPYTER_CONFIG_DIR": str(folder / "config")}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api", process, folder / "log")
            yield f"http://127.0.0.1:{port}/lab/tree/chapter.ipynb"
        finally:
            process.terminate()
            process.wait(20)


def wait_for(address, process, log):
    """Wait until JupyterLab answers, or fail with what it said."""
    for _ in range(START * 5):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not answer in {START} s:\n{log.read_text()}")


RAW = re.compile(
    r"^\s*(:{3,}|`{3,})\{|\{(ref|numref|cite:[pt]|prf:ref|doc)\}`|^\([\w-]+\)=", re.MULTILINE
)
RENDERED = ".jp-MarkdownCell .myst"  # the mark of jupyterlab-myst


def test_markdown_cells_show_no_raw_myst(lab, open_page):
    page = open_page(lab)
    page.locator(f"{RENDERED} h1").first.wait_for(timeout=RUN)
    page.locator(f"{RENDERED} p").nth(5).wait_for(timeout=RUN)
    texts = page.locator(RENDERED).all_inner_texts()
    assert [text for text in texts if RAW.search(text)] == []


def test_explorer_and_live_version_move_in_jupyterlab(lab, open_page):
    page = open_page(lab)
    run_all_cells(page)
    page.locator(f"{EXPLORER} [role=status]").first.wait_for(timeout=RUN)
    skip_questions(page)
    page.locator(".widget-slider").first.wait_for(timeout=RUN)
    root = page.locator(EXPLORER).first
    assert dead_sliders(page, root) == []
    assert live_slider_faults(page) == []
    assert [f for f in page.watch.faults if f.startswith(("asks another", "script error"))] == []


def run_all_cells(page):
    """Choose Run, Run All Cells, until the kernel, which may still be starting, takes it."""
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=RUN)
    wait_for_kernel(page)
    for _ in range(10):
        page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
        for _ in range(20):
            page.wait_for_timeout(250)
            prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
            if any(any(mark in prompt for mark in "*123456789") for prompt in prompts):
                return
    pytest.fail("the notebook did not run")


def wait_for_kernel(page):
    """Wait until the page talks to its kernel: cells run before that are script errors."""
    kernel = "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel"
    for _ in range(RUN // 200):
        told = page.evaluate(f"[{kernel}?.connectionStatus, {kernel}?.status]")
        if told == ["connected", "idle"]:
            return
        page.wait_for_timeout(200)
    pytest.fail("the notebook got no kernel")


def live_slider_faults(page):
    """Move the first slider of ipywidgets by keyboard and mouse; return what did not follow."""
    slider = page.locator(".widget-slider .noUi-handle").first
    box = page.locator(".jp-OutputArea-output:has(.widget-slider)").first
    found = []

    def words():
        return box.locator(".widget-html, .jupyter-widgets.widget-html-content").all_inner_texts()

    def picture():
        return box.evaluate("e => [...e.querySelectorAll('svg, img')].map(x => x.outerHTML).join()")

    for device in ("keyboard", "mouse"):
        before = words(), picture()
        slider.scroll_into_view_if_needed()
        if device == "keyboard":
            slider.focus()
            page.keyboard.press("ArrowRight")
        else:
            track = page.locator(".widget-slider .noUi-target").first
            size = resting_place(track)  # the new picture may have moved it
            low, now, high = (
                float(slider.get_attribute(f"aria-value{word}")) for word in ("min", "now", "max")
            )
            share = 0.2 if now > (low + high) / 2 else 0.8  # far from where the handle stands
            place = {"x": size["width"] * share, "y": size["height"] / 2}
            track.click(position=place, force=True)
        for _ in range(100):
            if words() != before[0] and picture() != before[1]:
                break
            page.wait_for_timeout(100)
        else:
            found.append(f"the live version did not follow the {device}")
    return found
