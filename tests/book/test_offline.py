"""The book makes no request to any other host, from disk and from a server, and works."""

import re

import content_policy
import pytest
from pages import CHAPTERS, PAGES, parsed

LOADED = re.compile(
    r"""(?:src|href|data-src|poster)\s*=\s*["']?(?:https?:)?//[^"'\s>]+\.(?:m?js|css|woff2?|ttf)"""
    r"""|url\(\s*["']?(?:https?:)?//|@import\s+(?:url\()?["']?(?:https?:)?//"""
    r"""|\bfrom\s*["']https?://|\bimport\s*\(\s*["']https?://|\bfetch\(\s*["'`]https?://""",
    re.IGNORECASE,
)
FETCHING = ("script", "link", "img", "iframe", "audio", "video", "source", "object", "embed")
NOT_FETCHED = {"canonical", "license", "author", "next", "prev", "search", "index"}


def fetched_from_elsewhere(page):
    """Return what a browser would fetch from another host for a parsed page."""
    found = []
    for element in page.find_all(FETCHING):
        if set(element.get("rel") or ()) & NOT_FETCHED:
            continue
        for attribute in ("src", "href", "data", "srcset", "poster"):
            if re.match(r"\s*(https?:)?//", element.get(attribute) or "", re.IGNORECASE):
                found.append(f"{element.name} {element[attribute]}")
    return found + LOADED.findall("".join(s.get_text() for s in page.find_all(["script", "style"])))


@pytest.mark.parametrize("name", PAGES)
def test_pages_name_no_other_host_to_load_from(book, name):
    assert fetched_from_elsewhere(parsed(book / name)) == []


def test_styles_name_no_other_host_to_load_from(book):
    styles = list(book.rglob("*.css"))
    assert styles
    assert [p.name for p in styles if LOADED.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("place", ["disk", "server"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nobody_and_logs_no_error(book, site, open_page, name, place):
    page = open_page((book / name).as_uri() if place == "disk" else f"{site}/{name}")
    page.wait_for_function("!window.MathJax || !MathJax.startup || !!MathJax.startup.promise")
    page.wait_for_timeout(300)
    assert page.watch.faults == []
    if page.locator(".math").count():
        page.wait_for_selector("mjx-container", state="attached")  # the first may be folded away
    assert page.locator("mjx-merror").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def policies(name, folder):
    """Return the policies of a built page, part by part."""
    metas = parsed(folder / name).head.find_all(
        "meta", attrs={"http-equiv": "Content-Security-Policy"}
    )
    return [
        {part.split()[0]: part.split()[1:] for part in meta["content"].split(";")} for meta in metas
    ]


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_allows_the_scripts_of_the_page_and_no_others(book, name):
    (policy,) = policies(name, book)
    html = (book / name).read_text(encoding="utf-8")
    live = {"'wasm-unsafe-eval'"} if "data-live-page" in html else set()
    words = {word for word in policy["script-src"] if not word.startswith("'sha256-")}
    assert words == {"'self'", "file:"} | live
    assert policy["worker-src"] == (["blob:"] if live else ["'none'"])
    hashes = {content_policy.hash_of(script) for script in content_policy.inline_scripts(html)}
    assert hashes <= set(policy["script-src"])
    handlers = [e for e in parsed(book / name).find_all(True) for a in e.attrs if a[:2] == "on"]
    assert handlers == [], "no policy without 'unsafe-inline' runs these"
    head = str(parsed(book / name).head)
    assert head.index("Content-Security-Policy") < min(
        head.index(tag) for tag in ("<script", "<link") if tag in head
    )


def test_decks_have_a_policy_too(book):
    decks = sorted(book.rglob("*.slides.html"))
    assert decks
    for path in decks:
        (policy,) = policies(path.relative_to(book), book)
        assert "'unsafe-inline'" not in policy["script-src"]


@pytest.mark.parametrize("place", ["disk", "server"])
def test_the_policy_refuses_a_script_that_was_put_into_the_page(book, site, open_page, place):
    page = open_page(f"{book.as_uri()}/index.html" if place == "disk" else f"{site}/index.html")
    refused = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", e => done(e.blockedURI));
            const button = document.createElement("button");
            button.setAttribute("onclick", "window.strange = 1");
            document.body.append(button);
            button.click();
            const script = document.createElement("script");
            script.textContent = "window.strange = 1";
            document.head.append(script);
            setTimeout(() => done(window.strange ? "it ran" : "nothing was told"), 2000);
        })"""
    )
    assert refused == "inline"


def test_the_buttons_of_the_theme_still_work(book, open_page):
    page = open_page((book / CHAPTERS[0]).as_uri())
    page.evaluate("window.print = () => { window.printed = true; }")
    page.evaluate("document.querySelector('[data-does=print]').click()")
    assert page.evaluate("window.printed")
    page.locator("[data-does=fullscreen]:visible").click()
    page.wait_for_function("document.fullscreenElement")


@pytest.mark.parametrize("place", ["disk", "server"])
def test_the_policy_refuses_another_host(book, site, open_page, place):
    page = open_page(f"{book.as_uri()}/index.html" if place == "disk" else f"{site}/index.html")
    refused = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", e => done(e.blockedURI));
            const script = document.createElement("script");
            script.src = "https://example.org/a.js";
            document.head.append(script);
            setTimeout(() => done("nothing was refused"), 2000);
        })"""
    )
    assert refused.startswith("https://example.org")


def test_mathjax_comes_with_its_licence(book):
    folder = book / "_static" / "mathjax"
    assert "Apache License" in (folder / "LICENSE").read_text()
    assert len(list(folder.rglob("*.woff"))) == 23


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://example.org/a.js"></script>',
        '<link rel="stylesheet" href="//example.org/a.css">',
        '<img src="http://example.org/a.png">',
        "<style>@import url(https://example.org/a.css);</style>",
        '<style>p { background: url("https://example.org/a.png") }</style>',
        '<script type="module">import x from "https://example.org/a.mjs"</script>',
    ],
)
def test_a_script_style_or_picture_from_elsewhere_is_found(markup):
    from bs4 import BeautifulSoup

    assert len(fetched_from_elsewhere(BeautifulSoup(markup, "html.parser"))) == 1


def test_an_error_and_a_request_elsewhere_are_found(tmp_path, open_page):
    path = tmp_path / "bad.html"
    path.write_text(
        '<img src="https://example.org/a.png"><img src="missing.png">'
        "<script>console.error('bad'); throw new Error('worse')</script>"
    )
    page = open_page(path.as_uri())
    page.wait_for_timeout(300)
    faults = " ".join(page.watch.faults)
    for part in ("asks another host: https://example.org", "missing.png", "bad", "worse"):
        assert part in faults


def test_some_chapter_has_maths(book):
    assert any(parsed(book / name).select(".math") for name in CHAPTERS)
