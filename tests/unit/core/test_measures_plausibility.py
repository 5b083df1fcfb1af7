"""What is called impossible, what is asked about, and what is left in peace."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wirknetz.core.measures import FindingCode, MeasureSpec, Rule, Severity, check, parse_rule
from wirknetz.core.values import Adds, Cell, Counts, State, Value

MEASURES = {
    "beendet": MeasureSpec(1, Adds.FLOW, Counts.PERSONS),
    "integriert": MeasureSpec(2, Adds.FLOW, Counts.PERSONS),
    "euro": MeasureSpec(3, Adds.FLOW, Counts.OTHER),
    "zufrieden": MeasureSpec(4, Adds.MEAN, Counts.PERSONS),
}
TOTAL = Cell()
WOMEN, MEN = Cell.of({"gender": "w"}), Cell.of({"gender": "m"})
YOUNG_WOMEN = Cell.of({"gender": "w", "age": "-17"})
REFUSED = Value(State.REFUSED)


def amount(number, n=None):
    return Value(State.AMOUNT, Decimal(str(number)), n)


def found(values, *, rules=(), history=None):
    findings = check(values, measures=MEASURES, rules=rules, history=history)
    return [(f.code.value, f.severity.value, f.measure, f.cell.key) for f in findings]


def past(measure, *numbers, cell=TOTAL):
    return {(measure, cell): [Decimal(str(number)) for number in numbers]}


@pytest.mark.parametrize(
    ("measure", "value", "codes"),
    [
        ("beendet", amount(0), []),
        ("beendet", amount(12), []),
        ("beendet", amount("12.000"), []),
        ("beendet", amount(-1), ["negative"]),
        ("beendet", amount("1.5"), ["fraction"]),
        ("beendet", amount("-0.5"), ["negative", "fraction"]),
        ("beendet", amount(10**9), ["too_large"]),
        ("euro", amount("-12.50"), []),
        ("euro", amount(10**11), ["too_large"]),
        ("zufrieden", amount("3.75", 12), []),
        ("zufrieden", amount("3.75"), ["cases_missing"]),
        ("zufrieden", amount("3.75", 0), ["cases_missing"]),
        ("beendet", REFUSED, []),
        ("fremd", amount(-5), []),
    ],
)
def test_what_no_explanation_makes_right(measure, value, codes):
    findings = check({(measure, TOTAL): value}, measures=MEASURES)
    assert [f.code.value for f in findings] == codes
    assert all(f.severity is Severity.ERROR for f in findings)


class TestRules:
    RULE = Rule("r1", parse_rule("integriert <= beendet"))

    def test_a_broken_rule_tells_its_amounts(self):
        values = {("beendet", TOTAL): amount(5), ("integriert", TOTAL): amount(7)}
        (finding,) = check(values, measures=MEASURES, rules=[self.RULE])
        assert (finding.code, finding.severity) == (FindingCode.RULE, Severity.ERROR)
        assert finding.param("rule") == "r1"
        assert finding.param("expression") == "integriert <= beendet"
        assert (finding.param("integriert"), finding.param("beendet")) == (7, 5)

    def test_a_rule_may_only_ask(self):
        values = {("beendet", TOTAL): amount(5), ("integriert", TOTAL): amount(7)}
        rule = Rule("r1", self.RULE.expression, Severity.QUESTION)
        assert found(values, rules=[rule]) == [("rule", "question", "integriert", "")]

    def test_a_rule_is_tried_in_every_cell(self):
        values = {
            ("beendet", WOMEN): amount(5), ("integriert", WOMEN): amount(6),
            ("beendet", MEN): amount(5), ("integriert", MEN): amount(4),
        }  # fmt: skip
        assert found(values, rules=[self.RULE]) == [("rule", "error", "integriert", "gender=w")]

    def test_a_rule_adds_up_a_complete_breakdown(self):
        values = {
            ("beendet", TOTAL): amount(5),
            ("integriert", WOMEN): amount(3), ("integriert", MEN): amount(3),
        }  # fmt: skip
        assert found(values, rules=[self.RULE]) == [("rule", "error", "integriert", "")]

    def test_a_breakdown_with_a_state_is_not_taken_for_a_total(self):
        values = {
            ("beendet", TOTAL): amount(5),
            ("integriert", WOMEN): amount(6), ("integriert", MEN): REFUSED,
        }  # fmt: skip
        assert found(values, rules=[self.RULE]) == []

    def test_a_rule_over_something_missing_is_not_broken(self):
        assert found({("integriert", TOTAL): amount(7)}, rules=[self.RULE]) == []


class TestHistory:
    @pytest.mark.parametrize(
        ("earlier", "now", "codes"),
        [
            ((20, 22, 19, 21), 24, []),
            ((20, 22, 19, 21), 60, ["jump"]),
            ((20, 22, 19, 21), 0, ["jump"]),
            ((20, 22, 19, 21), 205, ["tenfold"]),
            ((200, 220, 190, 210), 21, ["tenfold"]),
            ((20, 22), 210, ["tenfold"]),  # a slip shows sooner than a jump
            ((20, 22, 19), 60, []),  # too short a history for a jump
            ((20,), 200, []),
            ((4, 4, 4, 4), 5, []),  # never moved before: a count scatters all the same
            ((4, 4, 4, 4), 12, ["jump"]),
            ((0, 0, 0, 0), 2, []),
            ((0, 0, 0, 0), 9, ["jump"]),
            ((10, 300, 20, 500, 40), 150, []),  # always wild
        ],
    )
    def test_counts_against_their_own_history(self, earlier, now, codes):
        findings = check(
            {("beendet", TOTAL): amount(now)}, measures=MEASURES,
            history=past("beendet", *earlier),
        )  # fmt: skip
        assert [f.code.value for f in findings] == codes
        assert all(f.severity is Severity.QUESTION for f in findings)

    def test_a_jump_tells_what_was_usual_and_how_far_it_is(self):
        history = past("beendet", 20, 22, 19, 21)
        (finding,) = check({("beendet", TOTAL): amount(60)}, measures=MEASURES, history=history)
        assert finding.param("usual") == Decimal("20.5")
        # The square root of 20.5 is wider than the median deviation of the four.
        assert finding.param("score") == Decimal("8.7")

    def test_a_slip_tells_the_factor(self):
        (finding,) = check(
            {("beendet", TOTAL): amount(2)}, measures=MEASURES,
            history=past("beendet", 200, 210, 190),
        )  # fmt: skip
        assert finding.param("factor") == Decimal("0.01")

    @pytest.mark.parametrize(
        ("earlier", "now", "codes"),
        [
            ((100, 100, 100, 100), "105", []),  # no scatter known: a tenth of the usual
            ((100, 100, 100, 100), "140", ["jump"]),
            ((100, 100, 100, 130, 100), "112", []),  # MAD 0: the mean deviation
            ((100, 100, 100, 130, 100), "150", ["jump"]),
            ((0, 0, 0, 0), "5", []),  # nothing to measure against
        ],
    )
    def test_other_amounts_against_their_own_history(self, earlier, now, codes):
        findings = check(
            {("euro", TOTAL): amount(now)}, measures=MEASURES, history=past("euro", *earlier)
        )
        assert [f.code.value for f in findings] == codes

    def test_each_cell_has_its_own_history(self):
        values = {("beendet", WOMEN): amount(60), ("beendet", MEN): amount(60)}
        history = past("beendet", 20, 22, 19, 21, cell=WOMEN) | past(
            "beendet", 60, 61, 66, 58, cell=MEN
        )
        assert found(values, history=history) == [("jump", "question", "beendet", "gender=w")]


class TestSizes:
    @pytest.mark.parametrize(
        ("measure", "value", "asked"),
        [
            ("euro", amount(10**9), True),
            ("euro", amount(-(10**9)), True),
            ("euro", amount(10**7), False),
            ("euro", amount(10**7 + 1), True),
            ("beendet", amount(10**7), True),
            ("beendet", amount(10**5), False),
            ("beendet", amount(10**5 + 1), True),
            ("zufrieden", amount(10**6 + 1, 12), True),
            ("zufrieden", amount(75_000, 12), False),
        ],
    )
    def test_what_nobody_reports_is_asked_about(self, measure, value, asked):
        expected = [("very_large", "question", measure, "")] if asked else []
        assert found({(measure, TOTAL): value}) == expected

    @pytest.mark.parametrize(
        ("else_counted", "now", "asked"),
        [
            (30, 30_001, True),
            (30, 30_000, False),
            (2, 10_000, False),  # so much is never asked about
            (2, 10_001, True),
            (5_000, 99_000, False),  # a large organisation
            (5_000, 100_001, True),
            (0, 50_000, False),  # nothing to compare with
        ],
    )
    def test_counts_are_seen_beside_what_else_is_counted(self, else_counted, now, asked):
        values = {("integriert", TOTAL): amount(else_counted), ("beendet", TOTAL): amount(now)}
        expected = [("very_large", "question", "beendet", "")] if asked else []
        assert found(values) == expected

    def test_euros_say_nothing_about_counts_nor_counts_about_euros(self):
        values = {("beendet", TOTAL): amount(3), ("euro", TOTAL): amount(2_000_000)}
        assert found(values) == []

    @pytest.mark.parametrize(
        ("earlier", "now", "codes"),
        [
            ((20_000_000,), 30_000_000, []),  # it is a large house
            ((20_000_000,), 300_000_000, ["very_large"]),
            ((10, 12), 5 * 10**8, ["very_large"]),  # no power of ten, too short for a jump
            ((10, 12), 10**9, ["tenfold"]),  # asked once, not twice
        ],
    )
    def test_what_was_said_before_counts_more(self, earlier, now, codes):
        findings = check(
            {("euro", TOTAL): amount(now)}, measures=MEASURES, history=past("euro", *earlier)
        )
        assert [f.code.value for f in findings] == codes

    def test_what_is_impossible_is_not_asked_about_as_well(self):
        assert found({("euro", TOTAL): amount(10**11)}) == [("too_large", "error", "euro", "")]

    def test_the_question_tells_the_limit(self):
        (finding,) = check({("euro", TOTAL): amount(10**9)}, measures=MEASURES)
        assert (finding.param("amount"), finding.param("limit")) == (10**9, 10**7)


class TestBreakdowns:
    def test_more_than_the_total_is_wrong_and_less_is_asked_about(self):
        over = {("beendet", TOTAL): amount(5), ("beendet", WOMEN): amount(6)}
        under = {("beendet", TOTAL): amount(5), ("beendet", WOMEN): amount(4)}
        assert found(over) == [("above_total", "error", "beendet", "")]
        assert found(under) == [("below_total", "question", "beendet", "")]

    def test_the_finding_tells_the_sums(self):
        (finding,) = check(
            {("beendet", TOTAL): amount(5), ("beendet", WOMEN): amount(6)}, measures=MEASURES
        )
        assert (finding.param("total"), finding.param("sum")) == (5, 6)
        assert finding.param("grain") == "gender"

    def test_less_than_the_total_is_fine_where_a_state_explains_it(self):
        values = {("beendet", TOTAL): amount(5), ("beendet", WOMEN): amount(4),
                  ("beendet", MEN): REFUSED}  # fmt: skip
        assert found(values) == []

    def test_a_finer_breakdown_is_held_against_the_cell_it_divides(self):
        values = {("beendet", WOMEN): amount(4), ("beendet", MEN): amount(9),
                  ("beendet", YOUNG_WOMEN): amount(5)}  # fmt: skip
        assert found(values) == [("above_total", "error", "beendet", "gender=w")]

    def test_breakdowns_of_different_kind_are_not_compared(self):
        old = Cell.of({"age": "65+"})
        assert found({("beendet", WOMEN): amount(4), ("beendet", old): amount(9)}) == []

    def test_means_do_not_add_up(self):
        assert found({("zufrieden", TOTAL): amount(3, 5), ("zufrieden", WOMEN): amount(4, 3)}) == []


def test_errors_come_first_then_the_order_of_the_values():
    values = {
        ("integriert", TOTAL): amount(60),
        ("beendet", TOTAL): amount(-1),
        ("euro", TOTAL): amount(10**12),
    }
    history = past("integriert", 20, 22, 19, 21)
    assert [row[:3] for row in found(values, history=history)] == [
        ("negative", "error", "beendet"),
        ("too_large", "error", "euro"),
        ("jump", "question", "integriert"),
    ]
