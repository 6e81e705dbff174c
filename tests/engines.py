"""One reader for three engines, each of them the system's own.

Playwright drives Chromium and Firefox, but no WebKit that a system has; Selenium drives WebKit by
`WebKitWebDriver`, and Debian has no `geckodriver` for Firefox. So each engine is driven by what
speaks to it, and the tests see only the verbs of `Reader`.
"""

import contextlib
import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "firefox": ("firefox-esr", "firefox"),
    "webkit": ("WebKitWebDriver",),
}
PACKAGES = {"chromium": "chromium", "firefox": "firefox-esr", "webkit": "webkit2gtk-driver xvfb"}
NOWHERE = "127.0.0.1:9"  # nothing listens there: a request to another host fails
WATCH = """<meta charset="utf-8"><script>window.faults = [];
addEventListener('error', (e) =>
  faults.push(e.message || `not loaded: ${e.target.src || e.target.href}`), true);
addEventListener('unhandledrejection', (e) => faults.push(`rejected: ${e.reason}`));
for (const kind of ['error', 'warn']) {
  const say = console[kind];
  console[kind] = (...words) => { faults.push(`${kind}: ${words.join(' ')}`); say(...words); };
}</script>"""


def program(engine):
    """Return the path of the program that runs `engine`, or None."""
    if engine == "webkit" and shutil.which("Xvfb") is None:
        return None
    return next(filter(None, map(shutil.which, PROGRAMS[engine])), None)


def missing(engine):
    """Say what `engine` needs."""
    names = ", ".join(PROGRAMS[engine])
    return (
        f"This test needs {engine} and found none of {names}; "
        f"on Debian: apt-get install {PACKAGES[engine]}"
    )


class Reader:
    """What a reader does with a page; places are CSS selectors, scripts are JS functions."""

    def wait(self, script, *arguments, seconds=60):
        """Return what `script` gives as soon as that is true; fail after `seconds`."""
        end = time.monotonic() + seconds
        while not (given := self.js(script, *arguments)):
            assert time.monotonic() < end, f"{seconds} s went by before {script}"
            time.sleep(0.1)
        return given

    def seen(self, css):
        """Wait until something at `css` is to be seen."""
        self.wait("css => [...document.querySelectorAll(css)].some(e => e.checkVisibility())", css)

    def button(self, words):
        """Return the place of the button that says `words`."""
        self.wait(
            """words => [...document.querySelectorAll('button, summary, label')].some((e) =>
              e.innerText.trim() === words && (e.dataset.words = words))""",
            words,
        )
        return f"[data-words='{words}']"

    def text(self, css):
        """Return the text of the first place at `css`."""
        return self.js("css => document.querySelector(css).innerText", css)


class PlaywrightReader(Reader):
    """A reader of Chromium or Firefox, in a context of its own."""

    def __init__(self, browser, width, height):
        self.faults = []
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text}")

    def open(self, address):
        self.page.goto(address, wait_until="load")

    def js(self, script, *arguments):
        return self.page.evaluate(f"all => ({script})(...all)", list(arguments))

    def click(self, css, across=0.5):
        place = self.page.locator(css).first
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        place.click(position={"x": across * box["width"], "y": box["height"] / 2})

    def press(self, css, key):
        self.page.locator(css).first.press(key)

    def write(self, css, text):
        place = self.page.locator(css).first
        place.click()
        place.press_sequentially(text)

    def drag(self, css, right, down):
        place = self.page.locator(css).first
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right, y + down, steps=4)
        self.page.mouse.up()

    def picture(self, path):
        self.page.screenshot(path=path)

    def close(self):
        self.context.close()


class SeleniumReader(Reader):
    """A reader of WebKit, whose windows are at least 447 pixels wide."""

    def __init__(self, driver, width, height):
        self.driver = driver
        inner = driver.execute_script("return [outerWidth - innerWidth, outerHeight - innerHeight]")
        driver.set_window_size(width + inner[0], height + inner[1])

    @property
    def faults(self):
        return self.js("() => window.faults")

    def open(self, address):
        """Open `address`; a page on disk as a copy that watches itself, for nothing else does."""
        url = urlsplit(address)
        if url.scheme != "file":
            self.driver.get(address)
            return
        path = Path(unquote(url.path))
        page = path.read_text(encoding="utf-8")
        copy = path.with_name(f"watched-{os.getpid()}-{path.stem}.htm")  # no page of the book
        copy.write_text(re.sub(r"(<head[^>]*>|^)", rf"\1{WATCH}", page, count=1), encoding="utf-8")
        self.driver.get(url._replace(path=copy.as_posix()).geturl())
        copy.unlink()

    def js(self, script, *arguments):
        return self.driver.execute_script(f"return ({script})(...arguments)", *arguments)

    def place(self, css):
        place = self.driver.find_element(By.CSS_SELECTOR, css)
        self.js("e => e.scrollIntoView({block: 'end', behavior: 'instant'})", place)
        return place

    def click(self, css, across=0.5):
        place = self.place(css)
        right = round((across - 0.5) * place.size["width"])
        ActionChains(self.driver).move_to_element_with_offset(place, right, 0).click().perform()

    def press(self, css, key):
        place = self.driver.find_element(By.CSS_SELECTOR, css)
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", key).upper()  # PageUp is PAGE_UP
        self.js("e => e.focus()", place)
        ActionChains(self.driver).send_keys(getattr(Keys, name, key)).perform()

    def write(self, css, text):
        self.click(css)
        ActionChains(self.driver).send_keys(text).perform()

    def drag(self, css, right, down):
        chain = ActionChains(self.driver).click_and_hold(self.place(css))
        for _ in range(4):
            chain.move_by_offset(right // 4, down // 4)
        chain.release().perform()

    def picture(self, path):
        self.driver.save_screenshot(str(path))

    def close(self):
        self.js("() => { localStorage.clear(); sessionStorage.clear() }")


@contextlib.contextmanager
def running(engine, playwright):
    """Start `engine`; give a function that makes a reader of a width and a height."""
    if engine == "webkit":
        with display() as name, webkit(program(engine), name) as driver:
            yield lambda width, height: SeleniumReader(driver, width, height)
        return
    own = {"chromium": {"args": ["--no-sandbox"]}, "firefox": {"channel": "moz-firefox"}}[engine]
    proxy = {"server": f"http://{NOWHERE}", "bypass": "127.0.0.1"}
    kind = getattr(playwright, engine)
    browser = kind.launch(executable_path=program(engine), proxy=proxy, **own)
    yield lambda width, height: PlaywrightReader(browser, width, height)
    browser.close()


@contextlib.contextmanager
def display():
    """Start a display that nobody sees, and give its name; it ends with its last window."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-terminate"]
    server = subprocess.Popen(
        command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read, encoding="ascii") as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def webkit(path, name):
    """Start WebKit on the display `name` and give its driver."""
    options = webdriver.WebKitGTKOptions()
    (browser,) = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")
    options.binary_location = str(browser)
    for argument in ("--automation", f"--proxy=http://{NOWHERE}", "--ignore-host=127.0.0.1"):
        options.add_argument(argument)
    service = webdriver.WebKitGTKService(path, env={**os.environ, "DISPLAY": name})
    driver = webdriver.WebKitGTK(service=service, options=options)
    try:
        yield driver
    finally:
        driver.quit()
