"""Which late changes may be seen together."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wirknetz.measurement.rules.holding import Amounts, Change, shown_together

BEGUN, ENDED, WOMEN = (1, "", True), (2, "", True), (1, "gender=w", False)


def said(**amounts: int) -> Amounts:
    places = {"begun": BEGUN, "ended": ENDED, "women": WOMEN}
    return {places[name]: (Decimal(amount), None) for name, amount in amounts.items()}


def changed(before: Amounts, after: Amounts, times: int, first: int = 0) -> dict[int, Change]:
    return {number: Change(before, after) for number in range(first, first + times)}


def test_so_many_of_a_kind_are_shown_and_fewer_are_not() -> None:
    late = changed({}, said(begun=5), 4)
    assert shown_together(late, least=4) == {0, 1, 2, 3}
    assert shown_together(changed({}, said(begun=5), 3), least=4) == frozenset()


def test_amounts_may_differ() -> None:
    late = {number: Change({}, said(begun=number)) for number in range(4)}
    assert shown_together(late, least=4) == {0, 1, 2, 3}


def test_changes_at_different_places_hide_nobody() -> None:
    two = changed(said(begun=1, ended=1), said(begun=2, ended=1), 2)
    others = changed(said(begun=1, ended=1), said(begun=1, ended=2), 2, first=2)
    assert shown_together(two | others, least=4) == frozenset()


def test_whoever_changed_something_more_waits_and_the_others_do_not() -> None:
    alike = changed(said(begun=1, ended=1), said(begun=2, ended=1), 4)
    more = changed(said(begun=1, ended=1), said(begun=2, ended=2), 1, first=4)
    assert shown_together(alike | more, least=4) == {0, 1, 2, 3}
    assert shown_together(changed(said(begun=1), said(begun=2), 3) | more, least=4) == frozenset()


def test_leaving_one_out_may_leave_the_rest_too_few() -> None:
    """Three changed one place, three another, one of them both: without that one, two remain."""
    before = said(begun=1, ended=1)
    found = (
        changed(before, said(begun=2, ended=1), 2)
        | changed(before, said(begun=2, ended=2), 1, first=2)
        | changed(before, said(begun=1, ended=2), 1, first=3)
    )
    assert shown_together(found, least=3) == frozenset()


def test_who_reports_other_places_goes_into_other_figures() -> None:
    """A ratio holds only who reported both parts: of these four it would be a single one."""
    both = changed(said(begun=1, ended=1), said(begun=2, ended=1), 1)
    begun_only = changed(said(begun=1), said(begun=2), 3, first=1)
    assert shown_together(both | begun_only, least=4) == frozenset()


def test_a_breakdown_beside_the_total_is_a_place_of_its_own() -> None:
    total = changed(said(begun=1, women=1), said(begun=2, women=1), 3)
    part = changed(said(begun=1, women=1), said(begun=2, women=2), 1, first=3)
    assert shown_together(total | part, least=4) == frozenset()


def test_what_came_back_to_what_it_was_is_no_change() -> None:
    assert shown_together(changed(said(begun=1), said(begun=1), 1), least=4) == {0}


def test_a_reason_instead_of_an_amount_is_a_change_too() -> None:
    assert shown_together(changed(said(begun=1), {}, 1), least=2) == frozenset()
    assert shown_together(changed(said(begun=1), {}, 2), least=2) == {0, 1}


amounts = st.dictionaries(
    st.sampled_from((BEGUN, ENDED, WOMEN)),
    st.tuples(st.integers(0, 2).map(Decimal), st.none()),
)


@given(st.lists(st.tuples(amounts, amounts), max_size=12), st.integers(2, 4))
def test_at_no_place_do_too_few_of_a_shape_change_what_is_seen(
    found: list[tuple[Amounts, Amounts]], least: int
) -> None:
    changes = {number: Change(*pair) for number, pair in enumerate(found)}
    shown = shown_together(changes, least=least)
    for number in shown:
        for place in changes[number].places:
            alike = [
                other
                for other in shown
                if changes[other].shape == changes[number].shape and place in changes[other].places
            ]
            assert len(alike) >= least
