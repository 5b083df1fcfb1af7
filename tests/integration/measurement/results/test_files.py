"""What is taken along: the figures of the page and its breakdowns, in the reader's language."""

import csv
import io

import openpyxl
import pytest

from tests.integration.measurement.results.test_pages import BASE
from tests.world import Role
from wirknetz.foundation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def divided(plot):
    """Two closed quarters: in the first four others report women and men, in the second two."""
    for period, places in (("2026Q1", 5), ("2026Q2", 3), ("2026Q3", 5)):
        for place in range(places):
            for code, done in (("w", 2), ("m", 1)):
                plot.both(place, period, done, 4, cell=f"gender={code}")
    return plot


def lines(plot, role, address="quote/reihe.csv"):
    body = plot.world.client(role).get(BASE + address).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body.partition("\r\n\r\n")[0]), delimiter=";"))


def book(plot, role, address="quote/reihe.xlsx"):
    response = plot.world.client(role).get(BASE + address)
    return openpyxl.load_workbook(io.BytesIO(response.content))


def broken_down(rows):
    """Period, value, dimension and category of the rows that are parts."""
    return [(r[2], r[3], *r[-2:]) for r in rows[1:] if r[-1]]


FIRST = [("1. Quartal 2026", "50,0", "Geschlecht", "Frauen"),
         ("1. Quartal 2026", "25,0", "Geschlecht", "Männer")]  # fmt: skip


def test_a_partners_file_has_the_breakdowns_her_pages_show(divided):
    rows = lines(divided, Role.PRACTITIONER_OWN)
    assert rows[0][-3:] == ["Lindenhof", "Merkmal", "Ausprägung"]
    assert broken_down(rows) == FIRST  # in the second quarter two others, the third one runs
    assert [r[-3] for r in rows[1:] if r[-1]] == ["50,0", "25,0"]
    assert [r[2] for r in rows[1:] if not r[-1]] == [
        "1. Quartal 2026", "2. Quartal 2026", "3. Quartal 2026",
    ]  # fmt: skip


def test_the_office_takes_every_period_along(divided):
    rows = lines(divided, Role.COORDINATOR)
    assert len(broken_down(rows)) == 6
    assert broken_down(rows)[:2] == FIRST


def test_an_observers_file_has_no_breakdown(divided):
    assert lines(divided, Role.OBSERVER)[0][-1] == "Hinweise"
    assert book(divided, Role.OBSERVER).sheetnames == ["Ergebnisse", "Definitionen"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PRACTITIONER_OWN])
def test_a_workbook_has_a_sheet_for_them(divided, role):
    found = book(divided, role)
    assert found.sheetnames == ["Ergebnisse", "Aufschlüsselung", "Definitionen"]
    rows = [[cell.value for cell in row] for row in found["Aufschlüsselung"].iter_rows()]
    assert rows[1][2:4] == ["1. Quartal 2026", 50]
    assert rows[1][-2:] == ["Geschlecht", "Frauen"]
    assert len(rows) == (7 if role is Role.COORDINATOR else 3)
    assert found["Ergebnisse"].max_row == 1 + 3 + 1 + 2  # no part among the figures


def test_the_file_of_all_indicators_has_the_period_their_pages_begin_with(divided):
    rows = lines(divided, Role.COORDINATOR, "ergebnisse.csv")
    assert {period for period, *_ in broken_down(rows)} == {"2. Quartal 2026"}
    assert broken_down(lines(divided, Role.PRACTITIONER_OWN, "ergebnisse.csv")) == FIRST


def test_an_earlier_moment_holds_for_the_breakdowns_too(divided):
    rows = lines(divided, Role.COORDINATOR, "quote/reihe.csv?stand=2026-10-01")
    assert rows[0][-1] == "Hinweise"


def test_words_follow_the_reader(divided):
    User.objects.filter(pk=divided.world.user(Role.COORDINATOR).pk).update(language="en")
    rows = lines(divided, Role.COORDINATOR)
    assert rows[0][2] == "Period"
    assert broken_down(rows)[0][:2] == ("Q1 2026", "50,0")
    assert book(divided, Role.COORDINATOR).sheetnames[1] == "Breakdown"
