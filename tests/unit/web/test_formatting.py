"""Numbers, dates and spans as a German and as an English reader expects them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from wirknetz.core.values import Period
from wirknetz.web import formatting

TODAY = dt.date(2026, 11, 21)


def render(source: str, **values: object) -> str:
    return Template("{% load wn %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("value", "decimals", "german", "english"),
    [
        (Decimal("1234.5"), None, "1.234,5", "1,234.5"),
        (1234567, None, "1.234.567", "1,234,567"),
        (0, None, "0", "0"),
        (Decimal("-12.25"), 1, "−12,3", "−12.3"),
        (Decimal("0.125"), 2, "0,13", "0.13"),
        (2, 1, "2,0", "2.0"),
        (Decimal("1E+3"), None, "1.000", "1,000"),
        (1 / 3, None, "0,333333", "0.333333"),
    ],
)
def test_numbers(value: object, decimals: int | None, german: str, english: str) -> None:
    assert formatting.format_number(value, decimals) == german  # type: ignore[arg-type]
    with translation.override("en"):
        assert formatting.format_number(value, decimals) == english  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", [None, "", "nichts", float("nan"), float("inf"), True])
def test_missing_is_a_dash_and_never_zero(missing: object) -> None:
    assert formatting.format_number(missing) == "–"  # type: ignore[arg-type]
    assert formatting.format_percent(missing) == "–"  # type: ignore[arg-type]


def test_rounding_to_zero_keeps_no_minus_without_a_number() -> None:
    assert formatting.format_number(Decimal("-0.001"), 1) == "0,0"


def test_share_as_percent_is_never_broken() -> None:
    assert formatting.format_percent(Decimal("0.345"), 1) == "34,5\u202f%"
    assert formatting.format_percent(1) == "100\u202f%"


def test_days_and_moments_are_local() -> None:
    late = dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)  # already the 21st in Berlin
    assert formatting.format_day(TODAY) == "21.11.2026"
    assert formatting.format_day(late) == "21.11.2026"
    assert formatting.format_moment(late) == "21.11.2026, 00:30 Uhr"
    assert formatting.format_clock(dt.time(7, 5)) == "07:05"
    with translation.override("en"):
        assert formatting.format_moment(late) == "21 Nov 2026, 00:30"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "heute"),
        (1, "morgen"),
        (-1, "gestern"),
        (3, "in 3 Tagen"),
        (-9, "vor 9 Tagen"),
        (30, "in 30 Tagen"),
        (31, "am 22.12.2026"),
        (-40, "am 12.10.2026"),
    ],
)
def test_due_in_words(days: int, words: str) -> None:
    assert formatting.format_due(TODAY + dt.timedelta(days), TODAY) == words


def test_due_of_a_moment_counts_local_days() -> None:
    tomorrow = dt.datetime(2026, 11, 21, 23, 30, tzinfo=dt.UTC)
    assert formatting.format_due(tomorrow, TODAY) == "morgen"


@pytest.mark.parametrize(
    ("size", "words"),
    [(None, "–"), (12, "1\u202fkB"), (34_300, "34\u202fkB"), (1_250_000, "1,3\u202fMB")],
)
def test_size_of_a_file(size: int | None, words: str) -> None:
    assert formatting.format_bytes(size) == words


def test_filters_of_templates() -> None:
    page = render(
        "{{ n|number:1 }}|{{ s|percent }}|{{ d|day }}|{{ d|due:t }}|{{ p|period }}|{{ x|day }}",
        n=Decimal(1000), s=Decimal("0.5"), d=TODAY, t=TODAY, p=Period.parse("2025Q3"), x=None,
    )  # fmt: skip
    assert page == "1.000,0|50\u202f%|21.11.2026|heute|3. Quartal 2025|–"


def test_due_date_can_be_read_by_machines() -> None:
    html = render("{% due_date d t %}", d=TODAY + dt.timedelta(2), t=TODAY)
    assert '<time datetime="2026-11-23">' in html
    assert "in 2 Tagen" in html
    assert "(23.11.2026)" in html
    assert render("{% due_date d t %}", d=None, t=TODAY) == "–"


@pytest.mark.parametrize("days", [31, -31, 400])
def test_far_off_the_date_stands_once(days: int) -> None:
    day = TODAY + dt.timedelta(days)
    html = render("{% due_date d t %}", d=day, t=TODAY)
    assert html == f'<time datetime="{day.isoformat()}">am {day:%d.%m.%Y}</time>'
