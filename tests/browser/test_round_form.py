"""A whole round on a phone by keyboard; lost connections, second tabs; accessible, narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.integration.measurement.collection.conftest import (
    Collection,
    build_collection,
    fill_all,
    row,
)
from tests.support.barriers import barriers
from tests.world import NOW, Role, build_world
from wirknetz.foundation.models import OutboxMessage
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Category, Dimension, Entry, Submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK, NARROWEST = 360, 1280, 320
NewPage = Callable[..., Any]


class Site:
    """The round in a browser: pages signed in as somebody, and what the database says."""

    def __init__(self, live_server: Any, new_page: NewPage) -> None:
        self.address, self.new_page = live_server.url, new_page
        self.collection: Collection = build_collection(build_world())

    def page(self, role: Role = Role.PRACTITIONER_OWN, width: int = PHONE, **more: Any) -> Any:
        page = self.new_page(width=width, height=740, **more)
        session = self.collection.client(role).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])
        return page

    def open(self, page: Any, name: str = "submission") -> Any:
        page.goto(self.address + self.collection.url(name))
        return page

    def form(self, **more: Any) -> Any:
        return self.open(self.page(**more))

    def ended(self, page: Any) -> Any:
        return page.locator(f"#m{self.collection.ended.pk} [data-value]")

    def amounts(self) -> list[int]:
        rows = Entry.objects.filter(measure=self.collection.ended, superseded_at__isnull=True)
        return [
            int(amount) for amount in rows.values_list("amount", flat=True) if amount is not None
        ]


@pytest.fixture
def site(live_server: Any, new_page: NewPage) -> Site:
    return Site(live_server, new_page)


def saved(page: Any) -> None:
    page.wait_for_selector("[data-status][data-state=saved]")


def tab_to(page: Any, selector: str, *, most: int = 80) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} was not reached by keyboard")


def type_everything(page: Any) -> None:
    """The table row by row of each column, then both other questions, by Enter alone."""
    tab_to(page, "table [data-value]")
    for text in (*map(str, range(1, 10)), "1.200", "4,5"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.keyboard.type("12")
    saved(page)


def press(page: Any, selector: str, arrives: str) -> None:
    """Reach it by Tab, press Enter, arrive."""
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(arrives)


def from_today(site: Site, role: Role) -> Any:
    """What waits on *Heute* leads to the report, by Tab and Enter."""
    page = site.page(role)
    page.goto(f"{site.address}/netz/{site.collection.world.network.slug}/")
    press(page, "main .wn-card a[href*='/meldungen/']", "**/meldungen/**")
    return page


def test_the_whole_round_by_keyboard_on_a_phone(site: Site) -> None:
    page = from_today(site, Role.PRACTITIONER_OWN)
    type_everything(page)
    assert page.locator("[data-answered]").inner_text() == "3"
    assert page.locator("[data-total]:visible").inner_text() == "45"
    current = site.collection.current()
    assert [int(current["begonnen", f"alter=jung|geschlecht={g}"]) for g in "wmd"] == [1, 2, 3]
    assert float(current["gespraeche", ""]) == 4.5

    press(page, ".wn-bar [value=check]", "**/pruefen/")
    press(page, "main [value=submit]", "**/ansehen/")
    assert site.collection.submission.state == Submission.State.SUBMITTED
    leader = from_today(site, Role.LEADERSHIP_OWN)
    tab_to(leader, "form[action$='bestaetigen/'] button")
    leader.keyboard.press("Enter")
    leader.wait_for_selector("text=Die Meldung ist bestätigt")
    assert site.collection.submission.state == Submission.State.APPROVED
    site.open(page, "submission_review")
    tab_to(page, "[name=minutes][value='15']")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Das hilft")
    assert site.collection.submission.minutes == 15


def test_arrows_and_enter_move_in_a_table(site: Site) -> None:
    page = site.form(width=DESK)
    fields = page.locator("table [data-value]")
    fields.nth(0).focus()

    def at() -> int:
        return page.evaluate(
            "[...document.querySelectorAll('table [data-value]')].indexOf(document.activeElement)"
        )

    for key, expected in (("Enter", 3), ("ArrowDown", 6), ("Enter", 1), ("ArrowRight", 2),
                          ("ArrowLeft", 1), ("ArrowDown", 4), ("ArrowUp", 1)):  # fmt: skip
        page.keyboard.press(key)
        assert at() == expected, key


def test_a_lost_connection_loses_and_doubles_nothing(site: Site) -> None:
    page = site.form()
    site.ended(page).fill("7")
    saved(page)
    page.context.set_offline(True)
    site.ended(page).fill("12")
    page.wait_for_selector("[data-status][data-state=failed]")
    assert "bleiben auf diesem Gerät" in page.locator("[data-status]").inner_text()
    assert site.amounts() == [7]
    page.context.set_offline(False)
    saved(page)
    assert site.amounts() == [12]
    assert Entry.objects.count() == 2


def test_an_answer_that_gets_lost_is_sent_again_without_doubling(site: Site) -> None:
    """The server stores it, the phone never hears of it, the person types on."""
    page = site.form()

    def swallow(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/speichern/", swallow, times=1)
    site.ended(page).fill("1")
    page.wait_for_selector("[data-status][data-state=failed]")
    assert site.amounts() == [1]
    site.ended(page).fill("12")
    saved(page)
    assert site.amounts() == [12]
    assert page.locator(".wn-cell__error").count() == 0


def test_what_was_not_sent_is_there_after_the_page_was_closed(site: Site) -> None:
    page = site.form()
    page.context.set_offline(True)
    site.ended(page).fill("12")
    page.wait_for_selector("[data-status][data-state=failed]")
    page.close()
    page.context.set_offline(False)
    again = site.open(page.context.new_page())
    saved(again)
    assert site.ended(again).input_value() == "12"
    assert site.amounts() == [12]
    left = again.evaluate("Object.keys(localStorage).filter(k => k.startsWith('wn-meldung'))")
    assert left == []


def test_a_second_tab_shows_both_values_and_the_person_decides(site: Site) -> None:
    first = site.form()
    second = site.open(first.context.new_page())
    site.ended(first).fill("10")
    saved(first)
    site.ended(second).fill("12")
    message = second.locator(f"#m{site.collection.ended.pk} [data-message]")
    message.locator("button").first.wait_for()
    assert "inzwischen 10 eingetragen" in message.inner_text()
    assert site.ended(second).input_value() == "12"
    assert site.amounts() == [10]
    message.get_by_role("button", name="Meinen Wert behalten").click()
    saved(second)
    assert site.amounts() == [12]
    assert message.inner_text() == ""

    site.ended(first).fill("15")
    other = first.locator(f"#m{site.collection.ended.pk} [data-message]")
    other.get_by_role("button", name="Den anderen Wert nehmen").click()
    saved(first)
    assert site.ended(first).input_value() == "12"
    assert site.amounts() == [12]


def test_a_wrong_value_says_so_beside_the_field_and_keeps_what_was_typed(site: Site) -> None:
    page = site.form()
    site.ended(page).fill("zwölf")
    page.wait_for_selector("[data-status][data-state=wrong]")
    field = site.ended(page)
    assert field.get_attribute("aria-invalid") == "true"
    assert "keine Zahl" in page.locator(f"#m{site.collection.ended.pk}").inner_text()
    page.reload()
    assert site.ended(page).input_value() == "zwölf"
    assert page.evaluate("document.activeElement.id") == "fehler"
    page.locator("#fehler a").click()
    assert page.evaluate("document.activeElement.id") == f"f{site.collection.ended.pk}"
    site.ended(page).fill("12")
    saved(page)
    assert site.amounts() == [12]


def test_reporting_coarser_changes_the_table_in_place(site: Site) -> None:
    page = site.form(width=DESK)
    block = page.locator(f"#m{site.collection.begun.pk}")
    block.locator("[data-way]").select_option(label="nur nach Geschlecht")
    expect(block.locator("[data-value]")).to_have_count(3)
    block.locator("[data-way]").select_option(label="nicht erhoben")
    block.get_by_text("Das ist eine vollständige Antwort").wait_for()
    assert page.locator("[data-answered]").inner_text() == "1"


def test_empty_fields_can_be_filled_with_zero(site: Site) -> None:
    page = site.form()
    page.locator("table [data-value]").first.fill("5")
    page.get_by_role("button", name="Leere Felder mit 0 füllen").click()
    saved(page)
    stored = [v for (m, _), v in site.collection.current().items() if m == "begonnen"]
    assert sorted(map(int, stored)) == [0] * 8 + [5]


def test_the_plain_button_does_it_all_without_javascript(site: Site) -> None:
    page = site.form(java_script_enabled=False)
    site.ended(page).fill("12")
    page.locator(".wn-bar [value=save]").click()
    assert site.amounts() == [12]
    page.locator(f"#m{site.collection.begun.pk} select").select_option(label="nur die Gesamtzahl")
    page.locator(f"#m{site.collection.begun.pk} noscript button").click()
    assert page.locator(f"#m{site.collection.begun.pk} [data-value]").count() == 1


def test_the_decision_is_in_reach_above_a_long_list_of_values(site: Site) -> None:
    fill_all(site.collection)
    site.collection.submit()
    leader = site.open(site.page(Role.LEADERSHIP_OWN), "submission_review")
    for name, role in (("Bestätigen", "button"), ("Zurückgeben", "link")):
        expect(leader.get_by_role(role, name=name)).to_be_in_viewport(ratio=1)
    leader.get_by_role("link", name="Zurückgeben").click()
    assert leader.evaluate("document.activeElement.id") == "grund"
    leader.keyboard.type("Bitte den Juni noch einmal zählen.")
    leader.locator("form[action$='zurueckgeben/'] button").click()
    leader.wait_for_load_state()
    assert site.collection.submission.state == Submission.State.RETURNED

    office = site.open(site.page(Role.COORDINATOR, DESK), "submission_review")
    expect(office.get_by_role("button", name="Bestätigen")).to_have_count(0)


def test_the_decision_is_in_reach_on_the_page_of_the_mailed_link_too(site: Site) -> None:
    fill_all(site.collection)
    site.collection.submit(at=timezone.now())
    path = mailed_path(site)
    page = site.new_page(width=PHONE, height=740)
    page.goto(site.address + path)
    for name, role in (("Bestätigen", "button"), ("Zurückgeben", "link")):
        expect(page.get_by_role(role, name=name)).to_be_in_viewport(ratio=1)
    assert barriers(page, PHONE, NARROWEST, DESK) == []
    page.get_by_role("button", name="Bestätigen").click()
    page.wait_for_selector("text=Die Meldung ist bestätigt")
    assert site.collection.submission.state == Submission.State.APPROVED


def mailed_path(site: Site) -> str:
    """The personal link that went to the leadership with the request."""
    (text,) = OutboxMessage.objects.filter(subject__contains="bestätigen").values_list(
        "text", flat=True
    )
    found = re.search(r"/l/[\w-]+/", text)
    assert found
    return found[0]


def lengthen(site: Site) -> None:
    """Age gets twelve categories and gender a fourth: 48 fields in four columns."""
    age, gender = (Dimension.objects.get(code=code) for code in ("alter", "geschlecht"))
    for number in range(9):
        Category.objects.create(
            dimension=age, code=f"a{number}", name=f"Altersgruppe {number}", position=10 + number
        )
    Category.objects.create(dimension=gender, code="u", name="unbekannt", position=9)


SEEN = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return Boolean(at && at.closest(selector));
}"""


@pytest.mark.parametrize("width", [NARROWEST, PHONE, DESK])
def test_in_a_long_table_name_headings_and_sums_stay_in_sight(site: Site, width: int) -> None:
    lengthen(site)
    page = site.form(width=width, reduced_motion="reduce")
    table = f"#m{site.collection.begun.pk}"
    page.locator("table [data-value]").nth(24).evaluate("e => e.scrollIntoView({block: 'center'})")
    page.wait_for_function(
        "getComputedStyle(document.documentElement).getPropertyValue('--wn-bar')"
    )
    for part in ("h3", "thead", "tfoot", ".wn-bar"):
        assert page.evaluate(SEEN, part if part == ".wn-bar" else f"{table} {part}"), part


@pytest.mark.parametrize("width", [NARROWEST, DESK])
def test_a_field_with_the_focus_is_never_covered_and_shows_what_is_typed(
    site: Site, width: int
) -> None:
    lengthen(site)
    page = site.form(width=width, reduced_motion="reduce")
    page.route("**/speichern/", lambda route: route.abort())  # the bar is highest when it complains
    page.locator("table [data-value]").first.focus()
    covered = []
    for _ in range(48):
        page.keyboard.type("12345")
        name, free, whole = page.evaluate(
            """() => {
                const one = document.activeElement, box = one.getBoundingClientRect();
                const corners = [[box.x + 2, box.y + 2], [box.right - 2, box.bottom - 2]];
                const free = corners.every(([x, y]) => document.elementFromPoint(x, y) === one);
                return [one.name, free, one.scrollWidth <= one.clientWidth];
            }"""
        )
        covered += [] if free and whole else [f"{name} free={free} whole={whole}"]
        page.keyboard.press("Enter")
    assert covered == []


def test_the_pages_of_a_submission_are_accessible_and_narrow(site: Site) -> None:
    collection, seen = site.collection, []
    page, leader = site.page(), site.page(Role.LEADERSHIP_OWN)

    def look(page: Any, name: str) -> None:
        state = collection.submission.state
        found = barriers(site.open(page, name), DESK, PHONE, NARROWEST)
        seen.extend(f"{name} {state} {one}" for one in found)

    collection.record(row(collection.ended, -1, text="-1"), row(collection.talks, 4))
    look(page, "submission")
    look(page, "submission_check")
    fill_all(collection)
    collection.submit()
    look(leader, "submission_review")
    actions.return_(**collection.who(Role.COORDINATOR), reason="Warum?", at=NOW)
    look(page, "submission")
    collection.submit()
    collection.approve()
    look(page, "submission_review")
    look(page, "submission_correct")
    assert seen == []


def test_the_pages_around_it_are_accessible_and_narrow(site: Site) -> None:
    fill_all(site.collection)
    page, office = site.page(), site.page(Role.COORDINATOR)
    inside = f"/netz/{site.collection.world.network.slug}/wirkung/"
    board = f"{inside}runden/{site.collection.round.pk}/stand/"
    history = site.collection.url("submission_history", measure_id=site.collection.ended.pk)
    seen = []
    for who, path in (
        (page, history),
        (page, f"{inside}meldungen/"),
        (page, board),
        (office, board),
    ):
        who.goto(site.address + path)
        seen += [f"{path} {one}" for one in barriers(who, DESK, NARROWEST)]
    assert seen == []
