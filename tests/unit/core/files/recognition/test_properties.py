"""Whatever the order of rows and columns, and whatever stands around: the same values or none."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.core.files.recognition.asked import QUARTER, values
from wirknetz.core.files.grid import Book, FileKind, GridCell, Page
from wirknetz.core.files.recognition import recognise

Grid = list[list[str | int | None]]

MEASURES = {
    "Zugänge": "begonnen",
    "Regulär beendet": "beendet",
    "Davon in Arbeit oder Ausbildung": "integriert",
}
GENDERS = {"Frauen": "w", "Männer": "m", "divers": "d"}
AGES = {"18-29": "18-29", "30-49": "30-49", "50+": "50+"}
counts = st.integers(0, 400)
quickly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def book_of(grid: Grid) -> Book:
    cells = {
        (r, c): GridCell(Decimal(content) if isinstance(content, int) else content)
        for r, row in enumerate(grid)
        for c, content in enumerate(row)
        if content is not None
    }
    width = max(map(len, grid))
    return Book(
        "x.xlsx", FileKind.XLSX, "0" * 64, (Page("T", cells, rows=len(grid), columns=width),)
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[Grid, dict[str, str]]:
    """Measures as rows under categories, with what it says; parts never exceed their whole."""
    heads = draw(st.sampled_from([GENDERS, AGES]))
    dimension = "gender" if heads is GENDERS else "age"
    chosen = draw(st.lists(st.sampled_from(list(heads)), min_size=2, unique=True))
    begun = draw(st.lists(counts, min_size=len(chosen), max_size=len(chosen)))
    ended = [draw(st.integers(0, n)) for n in begun]
    placed = [draw(st.integers(0, n)) for n in ended]
    grid: Grid = [["Kennzahl", *chosen]]
    truth = {}
    for name, row in zip(MEASURES, (begun, ended, placed), strict=True):
        grid.append([name, *row])
        for head, amount in zip(chosen, row, strict=True):
            truth[f"{MEASURES[name]}|{dimension}={heads[head]}"] = str(amount)
    return grid, truth


def taken(grid: Grid) -> dict[str, str]:
    reading = recognise(book_of(grid), QUARTER)
    assert reading.ready
    return values(reading.taken)


@quickly
@given(tables())
def test_what_is_taken_is_the_truth(given_table: tuple[Grid, dict[str, str]]) -> None:
    grid, truth = given_table
    assert taken(grid) == truth


@quickly
@given(tables(), st.data())
def test_the_order_of_rows_and_columns_does_not_matter(
    given_table: tuple[Grid, dict[str, str]], data: st.DataObject
) -> None:
    grid, truth = given_table
    rows = data.draw(st.permutations(range(1, len(grid))))
    columns = data.draw(st.permutations(range(1, len(grid[0]))))
    mixed = [[grid[r][c] for c in (0, *columns)] for r in (0, *rows)]
    assert taken(mixed) == truth


@quickly
@given(tables(), st.integers(0, 4), st.integers(0, 4))
def test_empty_rows_and_columns_do_not_matter(
    given_table: tuple[Grid, dict[str, str]], row: int, column: int
) -> None:
    grid, truth = given_table
    wide: Grid = [[*line[:column], None, *line[column:]] for line in grid]
    tall: Grid = [*wide[:row], [None] * len(wide[0]), *wide[row:]]
    assert taken(tall) == truth


@quickly
@given(tables(), st.sampled_from(["Summe", "Gesamt", "Insgesamt"]))
def test_totals_do_not_matter(given_table: tuple[Grid, dict[str, str]], word: str) -> None:
    grid, truth = given_table
    body = [[*row, sum(n for n in row if isinstance(n, int))] for row in grid[1:]]
    assert taken([[*grid[0], word], *body]) == truth


@quickly
@given(tables())
def test_numbers_as_text_are_the_same_numbers(given_table: tuple[Grid, dict[str, str]]) -> None:
    grid, truth = given_table
    typed: Grid = [[str(content) for content in row] for row in grid]
    assert taken(typed) == truth


@quickly
@given(tables(), st.integers(1, 99), st.data())
def test_a_wrong_total_is_never_passed_over(
    given_table: tuple[Grid, dict[str, str]], off: int, data: st.DataObject
) -> None:
    grid, _ = given_table
    wrong = data.draw(st.integers(1, len(grid) - 1))
    body: Grid = []
    for at, row in enumerate(grid[1:], 1):
        total = sum(n for n in row if isinstance(n, int)) + (off if at == wrong else 0)
        body.append([*row, total])
    reading = recognise(book_of([[*grid[0], "Summe"], *body]), QUARTER)
    measure = MEASURES[str(grid[wrong][0])]
    assert not reading.ready
    assert measure not in {one.target.measure for one in reading.taken}


@quickly
@given(tables(), st.data())
def test_any_cell_replaced_by_words_never_makes_another_number(
    given_table: tuple[Grid, dict[str, str]], data: st.DataObject
) -> None:
    grid, truth = given_table
    row = data.draw(st.integers(0, len(grid) - 1))
    column = data.draw(st.integers(0, len(grid[0]) - 1))
    word = data.draw(
        st.sampled_from(["k. A.", "–", "< 3", "Region Nord", "davon", "Plan", "Q2 2025"])
    )
    changed = [[*line] for line in grid]
    changed[row][column] = word
    reading = recognise(book_of(changed), QUARTER)
    numbers = {k: v for k, v in values(reading.taken).items() if v.isdigit()}
    finest = {k: v for k, v in numbers.items() if "|" in k}
    assert finest.items() <= truth.items()
