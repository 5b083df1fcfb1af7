"""A practitioner brings her own file: first time, next quarter, by keyboard, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.integration.measurement.files.conftest import (
    DATA,
    SENT,
    Net,
    build_net,
    fresh,
    klinik_next_quarter,
    truth,
)
from tests.support.barriers import barriers
from tests.world import build_world
from wirknetz.measurement.models import MappingProfile, Upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK, NARROWEST = 360, 1280, 320
NewPage = Callable[..., Any]
__all__ = ["fresh"]


class Site:
    """The round in a browser, somebody of one house signed in."""

    def __init__(self, live_server: Any, new_page: NewPage) -> None:
        self.address, self.new_page = live_server.url, new_page
        self.net: Net = build_net(build_world())

    def page(self, house: str = "Klinik A", width: int = DESK, **more: Any) -> Any:
        page = self.new_page(width=width, **more)
        session = self.net.house(house).client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])
        page.goto(self.address + self.net.house(house).url("submission"))
        return page

    def upload(self, page: Any, file: Any) -> None:
        """From the form, by its link, as a person does it."""
        page.get_by_role("link", name="Meine Tabelle hochladen").first.click()
        page.locator("#file").set_input_files(file)
        with page.expect_navigation():
            page.get_by_role("button", name="Tabelle lesen").click()

    def answer_all(self, page: Any) -> None:
        """Take what is suggested until nothing is asked."""
        while page.locator("#frage [name=choice]").count():
            assert page.locator("[name=choice]:checked").count() == 1
            with page.expect_navigation():
                page.get_by_role("button", name="Antworten", exact=True).click()


@pytest.fixture
def site(live_server: Any, new_page: NewPage) -> Site:
    return Site(live_server, new_page)


def press(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def next_quarter() -> dict[str, Any]:
    """The file of three months later, as the file field takes it."""
    return {"name": "klinik-a_2025Q4.xlsx", "mimeType": "", "buffer": klinik_next_quarter()}


def test_from_the_file_to_the_draft_and_next_quarter_in_one_click(site: Site) -> None:
    page = site.page()
    site.upload(page, DATA / SENT["Klinik A"])
    site.answer_all(page)
    follow(page, "Weiter: Prüfen")
    page.get_by_label("Name der Zuordnung").fill("Quartalsmeldung")
    press(page, "Übernehmen")
    expect(page.get_by_text("Die Werte stehen jetzt als Entwurf")).to_be_visible()
    assert site.net.house("Klinik A").said() == truth("Klinik A")
    assert page.locator(".wn-cell__origin").count() == 32  # "not collected" has no field

    site.net.next_quarter()
    page.goto(site.address + site.net.house("Klinik A").url("submission"))
    site.upload(page, next_quarter())
    assert page.url.endswith("/pruefen/")
    press(page, "Übernehmen")
    assert site.net.house("Klinik A").said()["termine_vereinbart"] == {"": "2970"}


def test_without_a_script_it_works_all_the_same(site: Site) -> None:
    page = site.page("Caritas", java_script_enabled=False)
    site.upload(page, DATA / SENT["Caritas"])
    site.answer_all(page)
    follow(page, "Weiter: Prüfen")
    press(page, "Übernehmen")
    assert site.net.house("Caritas").said() == truth("Caritas")


def test_a_list_of_persons_never_leaves_the_device(site: Site) -> None:
    page = site.page()
    page.get_by_role("link", name="Meine Tabelle hochladen").click()
    posted = []
    page.on("request", lambda request: posted.append(request.method))
    page.locator("#file").set_input_files(DATA / "klinik-b-faelle_2025Q3.xlsx")
    page.get_by_role("button", name="Tabelle lesen").click()
    warning = page.locator("[data-persons]")
    expect(warning).to_be_visible()
    expect(warning).to_be_focused()
    expect(warning).to_contain_text("Die Datei ist nicht abgeschickt.")
    expect(warning).to_contain_text("B (Namen)")
    assert "Kowalski" not in page.content()
    assert "POST" not in posted
    assert page.locator("#file").evaluate("field => field.files.length") == 0
    assert not Upload.objects.exists()


def test_what_is_too_big_is_said_before_it_is_sent(site: Site, tmp_path: Path) -> None:
    big = tmp_path / "gross.csv"
    big.write_bytes(b"a;b\n" * 6_400_000)
    page = site.page()
    page.get_by_role("link", name="Meine Tabelle hochladen").click()
    page.locator("#file").set_input_files(big)
    page.get_by_role("button", name="Tabelle lesen").click()
    expect(page.locator("[data-said]")).to_contain_text("Diese Datei ist zu groß.")
    assert not Upload.objects.exists()


def test_a_file_may_be_dropped(site: Site) -> None:
    page = site.page()
    page.get_by_role("link", name="Meine Tabelle hochladen").click()
    page.wait_for_load_state()
    text = (DATA / SENT["Caritas"]).read_bytes().decode("cp1252")
    drag = page.evaluate_handle(
        "text => { const drag = new DataTransfer();"
        " drag.items.add(new File([text], 'zahlen.csv')); return drag; }",
        text,
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": drag})
    assert page.locator("#file").evaluate("field => field.files[0].name") == "zahlen.csv"


def test_pointing_by_keyboard_alone(site: Site) -> None:
    page = site.page()
    site.upload(page, DATA / SENT["Klinik A"])
    page.locator("#C7 a").focus()
    for key, place in (("ArrowDown", "C8"), ("ArrowRight", "D8"), ("ArrowUp", "D7"),
                       ("Home", "7"), ("End", "F7"), ("ArrowLeft", "E7")):  # fmt: skip
        page.keyboard.press(key)
        focused = page.evaluate("new URL(document.activeElement.href).searchParams.get('ort')")
        assert focused == place, key
    page.keyboard.press("Enter")
    form = page.locator("#zeigen")
    expect(form).to_be_focused()
    expect(form).to_contain_text("Zelle E7")
    page.keyboard.press("Escape")
    expect(form).to_be_empty()
    assert page.evaluate("document.activeElement.parentElement.id") == "E7"
    tabbable = page.locator("[data-sheet] a").evaluate_all(
        "all => all.filter(a => !a.tabIndex).length"
    )
    assert tabbable == 1


def test_what_is_said_of_a_place_counts_at_once(site: Site) -> None:
    page = site.page()
    site.upload(page, DATA / SENT["Klinik A"])
    page.locator("#C30 a").click()
    page.get_by_label("Nichts zum Berichten. Beiseitelassen.").check()
    press(page, "So ist es")
    expect(page.locator("#C30")).not_to_have_class(re.compile("wn-m--taken"))
    page.locator("#gesagt summary").click()
    with page.expect_navigation():
        page.locator("#gesagt").get_by_role("button").click()
    expect(page.locator("#C30")).to_have_class(re.compile("wn-m--taken"))


@pytest.mark.parametrize("width", [NARROWEST, PHONE, DESK])
def test_every_page_is_narrow_enough_and_without_barriers(site: Site, width: int) -> None:
    page = site.page("Caritas", width)
    seen: list[str] = []

    def look(name: str) -> None:
        seen.extend(f"{name}: {one}" for one in barriers(page, width))

    page.get_by_role("link", name="Meine Tabelle hochladen").click()
    look("upload")
    page.go_back()
    site.upload(page, DATA / SENT["Caritas"])
    look("question")
    page.locator("#F2 a").click()
    expect(page.locator("#zeigen")).to_contain_text("Was steht hier?")
    look("pointing")
    page.keyboard.press("Escape")
    site.answer_all(page)
    look("answered")
    follow(page, "Weiter: Prüfen")
    look("review")
    press(page, "Übernehmen")
    look("form")
    house = site.net.house("Caritas")
    place = f"/netz/{site.net.world.network.slug}/wirkung/meldungen/zuordnungen"
    for path in (f"/{house.organisation.pk}/",
                 f"/{house.organisation.pk}/{MappingProfile.objects.get().pk}/"):  # fmt: skip
        page.goto(f"{site.address}{place}{path}")
        look(path)
    assert seen == []
