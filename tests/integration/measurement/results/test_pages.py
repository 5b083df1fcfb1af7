"""The pages of the results, as each role gets them."""

import csv
import io

import openpyxl
import pytest

from tests.integration.measurement.results.conftest import add_version
from tests.world import Role

pytestmark = pytest.mark.django_db
BASE = "/netz/morgenrot/wirkung/ergebnisse/"


@pytest.fixture
def filled(plot):
    for period in ("2026Q1", "2026Q2", "2026Q3"):
        for place, (done, begun) in enumerate(((1, 10), (9, 10), (5, 10), (2, 20), (3, 50))):
            plot.both(place, period, done, begun)
    return plot


def page(plot, role, address=""):
    response = plot.world.client(role).get(BASE + address)
    assert response.status_code == 200
    return response.content.decode()


def test_overview_without_anything_says_what_to_do(world):
    response = world.client(Role.COORDINATOR).get(BASE)
    assert "Noch kein Indikator gilt" in response.content.decode()


def test_indicator_before_the_first_round(plot):
    from wirknetz.measurement.models import Round

    Round.objects.update(opened_at=None)
    assert "Noch keine Zahlen" in page(plot, Role.PRACTITIONER_OWN, "quote/")


def test_overview_shows_value_state_and_coverage(filled):
    text = page(filled, Role.PRACTITIONER_OWN)
    assert "Abschlussquote" in text
    assert "20,0" in text
    assert "5 von 5 Organisationen" in text
    assert "Ziel verfehlt" in text
    assert "<svg" in text


def test_indicator_page_has_series_target_and_definition(filled):
    add_version(filled.indicator, "fertig", "2026Q2", percent=False, reason="Neu <b>gefasst</b>")
    text = page(filled, Role.COORDINATOR, "quote/?zeitraum=2026Q1")
    assert "1. Quartal 2026" in text
    assert "5 von 5" in text
    assert "ab hier Fassung 2" in text
    assert "Neu &lt;b&gt;gefasst&lt;/b&gt;" in text
    assert "style=" not in text


def test_partner_reads_the_own_value_and_not_that_of_others(filled):
    text = page(filled, Role.PRACTITIONER_OWN, "quote/2026Q1/herkunft/")
    assert "sieht nur die Organisation" in text
    assert text.count("Begonnen: <strong>10</strong>") == 1
    assert "Begonnen: <strong>50</strong>" not in text


def test_running_round_tells_partners_nothing_but_that_it_runs(filled):
    text = page(filled, Role.PRACTITIONER_OWN, "quote/?zeitraum=2026Q3")
    assert "Runde läuft noch" in text
    origin = page(filled, Role.PRACTITIONER_OWN, "quote/2026Q3/herkunft/")
    assert "<dd>100</dd>" not in origin
    assert "<dd>100</dd>" in page(filled, Role.COORDINATOR, "quote/2026Q3/herkunft/")


def test_observer_gets_no_breakdown_and_no_names(filled):
    text = page(filled, Role.OBSERVER, "quote/?nach=gender")
    assert "Aufgeschlüsselt" not in text
    assert filled.world.third.name not in page(filled, Role.OBSERVER, "quote/2026Q1/herkunft/")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.PRACTITIONER_OWN, 403),
        (Role.LEADERSHIP_OWN, 403),
        (Role.OBSERVER, 403),
        (Role.COORDINATOR_ELSEWHERE, 404),
        (Role.STRANGER, 404),
    ],
)
def test_series_by_organisation_is_for_the_coordinating_office(filled, role, status):
    response = filled.world.client(role).get(f"{BASE}quote/organisationen/")
    assert response.status_code == status
    if status == 200:
        assert "keine Rangliste" in response.content.decode()


@pytest.mark.parametrize("address", ["gibtsnicht/", "quote/2026Q9/herkunft/", "quote/x/herkunft/"])
def test_unknown_indicator_or_period_is_not_found(filled, address):
    assert filled.world.client(Role.COORDINATOR).get(BASE + address).status_code == 404


def test_unreadable_period_dimension_and_day_are_said_not_thrown(filled):
    text = page(filled, Role.COORDINATOR, "quote/?zeitraum=x'&nach=<script>&stand=morgen")
    assert "Dieses Datum konnten wir nicht lesen" in text
    assert "<script>&" not in text


def test_only_the_coordinating_office_chooses_a_moment(filled):
    assert 'name="stand"' in page(filled, Role.COORDINATOR, "quote/")
    assert "20,0" not in page(filled, Role.COORDINATOR, "quote/?stand=01.10.2026")
    asked = page(filled, Role.PRACTITIONER_OWN, "quote/?stand=01.10.2026")
    assert 'name="stand"' not in asked
    assert "20,0" in asked  # today's figures, the day is ignored


def test_links_and_files_keep_to_the_day_that_was_chosen(filled):
    text = page(filled, Role.COORDINATOR, "quote/?stand=01.10.2026")
    day = "?stand=2026-10-01"
    for kept in (f'reihe.csv{day}"', f'herkunft/{day}"', f'"{day}&amp;zeitraum=2026Q1"'):
        assert kept in text
    asked = filled.world.client(Role.COORDINATOR).get(f"{BASE}quote/reihe.csv{day}")
    assert "-2026-10-01.csv" in asked["Content-Disposition"]
    rows = asked.content.decode("utf-8-sig")
    assert "20,0" not in rows
    assert "Stand vom 01.10.2026" in rows


def test_csv_holds_what_the_page_shows_and_no_formula(filled):
    filled.indicator.name = '=HYPERLINK("http://example.invalid")'
    filled.indicator.save()
    response = filled.world.client(Role.PRACTITIONER_OWN).get(f"{BASE}ergebnisse.csv")
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1].startswith("'=")
    assert (rows[1][3], rows[2][3]) == ("20,0", "20,0")
    assert (rows[3][3], rows[3][5]) == ("", "Runde läuft noch")


def test_xlsx_keeps_numbers_as_numbers_and_brings_definitions(filled):
    response = filled.world.client(Role.COORDINATOR).get(f"{BASE}quote/reihe.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Ergebnisse", "Definitionen"]
    assert book["Ergebnisse"]["D2"].value == 20
    assert book["Definitionen"]["E2"].value == "fertig / begonnen"


def test_observers_file_has_no_column_of_an_organisation(filled):
    response = filled.world.client(Role.OBSERVER).get(f"{BASE}ergebnisse.csv")
    header = response.content.decode("utf-8-sig").splitlines()[0]
    assert header.endswith("Hinweise")
