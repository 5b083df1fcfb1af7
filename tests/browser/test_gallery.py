"""Every component in a real browser: accessible, narrow enough, usable without a mouse or script.

The gallery needs no database; pytest-django refuses every query of these tests.
"""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from tests.support.barriers import violations

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.support.web_urls")]

PAGES = ("/stil/?fehler", "/", "/frage/", "/fehlt/", "/kaputt/")
NewPage = Callable[..., Any]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its parent's word
        """Nothing: the tests say what went wrong."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Address of a server that knows the pages of `tests.support.web_urls` alone."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def box(page: Any, selector: str) -> dict[str, float]:
    return dict(page.locator(selector).first.bounding_box())


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PAGES)
def test_no_barrier(site: str, new_page: NewPage, path: str, width: int) -> None:
    page = new_page(width=width, color_scheme="light", reduced_motion="reduce")
    page.goto(site + path)
    assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_no_barrier_in_the_dark(site: str, new_page: NewPage, width: int) -> None:
    page = new_page(width=width, color_scheme="dark", reduced_motion="reduce")
    page.goto(f"{site}/stil/?fehler")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_small_phone(site: str, new_page: NewPage, path: str) -> None:
    page = new_page(width=320)
    page.goto(site + path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_fetched_from_elsewhere_or_refused(
    site: str, new_page: NewPage, path: str
) -> None:
    page = new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    expected = {"/fehlt/": "404", "/kaputt/": "500"}.get(path, "nothing")
    assert [text for text in complaints if expected not in text] == []


def test_first_stop_of_the_keyboard_skips_to_the_content(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{site}/stil/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    assert box(page, ".wn-skip")["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"


def test_focus_is_visible_on_every_kind_of_control(site: str, new_page: NewPage) -> None:
    page = new_page(width=360, reduced_motion="reduce")
    page.goto(f"{site}/stil/")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        tag, ring = page.evaluate(
            """() => {
                const one = document.activeElement, style = getComputedStyle(one);
                const around = getComputedStyle(one.closest(".wn-card") || one);
                const rings = [style, around].filter(ring => ring.outlineStyle !== "none");
                return [one.tagName, Math.max(0, ...rings.map(r => parseFloat(r.outlineWidth)))];
            }"""
        )
        seen.add(tag)
        assert ring >= 3 or tag == "BODY", tag
    assert {"A", "SUMMARY", "INPUT", "SELECT", "TEXTAREA", "BUTTON"} <= seen


def test_menu_of_a_phone_opens_without_script(site: str, new_page: NewPage) -> None:
    page = new_page(width=360, java_script_enabled=False)
    page.goto(f"{site}/stil/")
    entry = page.locator(".wn-nav__fold").get_by_role("link", name="Netzwerk", exact=True)
    assert not entry.is_visible()
    page.get_by_text("Menü", exact=True).click()
    assert entry.is_visible()


def test_menu_closes_with_escape_and_gives_the_focus_back(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{site}/stil/")
    page.locator(".wn-acting summary").press("Enter")
    assert page.get_by_role("button", name="Bildungswerk Seeaue").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Bildungswerk Seeaue").is_visible()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Wechseln"


def test_errors_are_met_first_and_lead_to_their_fields(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{site}/stil/?fehler")
    assert page.evaluate("document.activeElement.id") == "fehler"
    for link, field in (("Fällig am", "id_due_0"), ("Was wird gezählt", "id_counts_0")):
        page.locator("#fehler").get_by_role("link", name=link).click()
        assert page.evaluate("document.activeElement.id") == field


def test_wide_table_scrolls_in_a_region_the_keyboard_reaches(site: str, new_page: NewPage) -> None:
    page = new_page(width=360)
    page.goto(f"{site}/stil/")
    region = page.get_by_role("region", name="Integration nach Quartal")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "document.querySelector('[aria-label=\"Integration nach Quartal\"]').scrollLeft > 0"
    )


def test_table_that_fits_is_no_stop(site: str, new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto(f"{site}/stil/")
    page.get_by_text("Als Tabelle ansehen").click()
    small = page.locator("[aria-label='Vermittlungsquote nach Quartal']")
    assert small.is_visible()
    assert small.get_attribute("tabindex") is None


def test_stacked_table_names_each_value_on_a_phone(site: str, new_page: NewPage) -> None:
    page = new_page(width=360)
    page.goto(f"{site}/stil/")
    label = page.evaluate(
        "getComputedStyle(document.querySelector('td[data-label=Stand]'), '::before').content"
    )
    assert label == '"Stand"'


def test_tabs_are_one_row_on_a_phone_with_the_current_one_in_sight(
    site: str, new_page: NewPage
) -> None:
    page = new_page(width=320)
    page.goto(f"{site}/stil/")
    row = page.locator(".wn-tabs--section ul").first
    tops = row.evaluate("row => [...row.children].map(one => one.offsetTop)")
    assert len(tops) > 3
    assert len(set(tops)) == 1
    left, right = row.evaluate(
        """row => {
            const one = row.querySelector("[aria-current]").getBoundingClientRect();
            return [one.left, innerWidth - one.right];
        }"""
    )
    assert left >= 0
    assert right >= 0


def test_paper_shows_the_content_alone(site: str, new_page: NewPage) -> None:
    page = new_page(width=760)
    page.goto(f"{site}/stil/")
    page.emulate_media(media="print")
    for gone in (".wn-nav", ".wn-breadcrumb", ".wn-footer", ".wn-pagination", ".kern-btn"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_text("Aus den bestätigten Meldungen").is_visible()  # folded on the screen
    assert page.evaluate("document.documentElement.scrollWidth") <= 760


def test_numbers_stand_under_each_other(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{site}/stil/")
    style = "getComputedStyle(document.querySelector('td.wn-num'))"
    assert page.evaluate(f"{style}.textAlign") == "end"
    assert "tabular-nums" in page.evaluate(f"{style}.fontVariantNumeric")
