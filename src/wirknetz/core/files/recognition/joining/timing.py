"""Which period a number speaks of: what stands nearest counts, the rest fills in the year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from wirknetz.core.files.recognition.geometry.paths import Link
from wirknetz.core.files.recognition.joining.claims import Timing, When
from wirknetz.core.files.words import Role, Understood
from wirknetz.core.values import Period, PeriodKind

_PARTIAL: Final = re.compile(r"^-(?:[QH]\d|\d\d)$")
_YEAR: Final = re.compile(r"^\d{4}$")
_VAGUE: Final = frozenset({"this", "-Q", "-M", "-Y"})
_WHOLE: Final = {"-Q": PeriodKind.QUARTER, "-M": PeriodKind.MONTH, "-Y": PeriodKind.YEAR}


@dataclass(frozen=True, slots=True)
class Context:
    """What is said of periods outside a table.

    ``page`` is the name of the sheet; ``top`` are the texts above its first table. ``before``
    says that the whole sheet is of an earlier period.
    """

    wanted: Period
    page: Understood
    top: tuple[Understood, ...] = ()
    told: str = ""  # what the person said of this page: "this" or "other"
    older: bool = False
    """Whether the sheet's name says it is another period's, and another sheet is this one's."""

    @property
    def is_left_aside(self) -> bool:
        """Whether nothing on the sheet is of the period asked for."""
        return self.told == "other" or (self.older and not self.told)


def period_codes(said: Understood) -> tuple[str, ...]:
    """The periods a label names; those of a heading such as "Quartal" last."""
    codes = [m.code for m in said.meanings if m.role is Role.PERIOD]
    if not codes and any(m.code == "period" for m in said.meanings):
        codes = [m.code for other in said.others for m in other if m.role is Role.PERIOD]
    exact = [code for code in codes if code not in _VAGUE]
    return tuple(exact or codes)


def timing_of(near: Sequence[Link], outer: Sequence[Link], context: Context) -> Timing:
    """The period of a number; ``near`` labels inside its table, ``outer`` ones around it."""
    if context.is_left_aside:
        return Timing(When.OTHER, "previous", older_page=True)
    inside = _named(near)
    around = [] if context.told else _around(outer, context)
    if not inside:
        return _of_outside(around, context.wanted)
    if all(_is_vague(codes) for codes in inside):
        return _vague(inside[0], around, context.wanted)
    return _of_inside([codes for codes in inside if not _is_vague(codes)], around, context.wanted)


def timing_of_sum(beside: Sequence[Link], context: Context) -> Timing:
    """The period of a sum over the periods that stand beside it."""
    wanted = context.wanted
    if context.is_left_aside:
        return Timing(When.OTHER, "previous", older_page=True)
    found = [t for link in beside if period_codes(link.said)
             if (t := timing_of((link,), (), context)).period]  # fmt: skip
    months = {m for t in found if t.period for m in range(t.period.ordinal, _end(t.period))}
    asked = set(range(wanted.ordinal, _end(wanted)))
    if months == asked:
        return Timing(When.THIS, wanted.code, wanted)
    if months < asked:
        return Timing(When.UNSURE, "+".join(t.found for t in found))
    return Timing(When.OTHER, "+".join(t.found for t in found))


def speaks_of_other(said: Understood, wanted: Period) -> bool:
    """Whether a text names periods, and all of them lie beside the one asked for."""
    fixed = _fixed([codes] if (codes := period_codes(said)) else [], wanted, wanted.year)
    dated = not any(_PARTIAL.match(code) for code in period_codes(said))
    return bool(fixed) and dated and all(_apart(periods, wanted) for periods in fixed)


def _named(links: Iterable[Link]) -> list[tuple[str, ...]]:
    """What each label names, the nearest first."""
    found = [codes for link in links if (codes := period_codes(link.said))]
    return found[::-1]


def _around(outer: Sequence[Link], context: Context) -> list[tuple[str, ...]]:
    page = period_codes(context.page)
    top = [codes for said in context.top if (codes := period_codes(said))]
    found = [*_named(outer), *([page] if page else []), *top]
    return [codes for codes in found if not _is_vague(codes)]


def _is_vague(codes: tuple[str, ...]) -> bool:
    return set(codes) <= _VAGUE


def _of_inside(
    inside: Sequence[tuple[str, ...]], around: Sequence[tuple[str, ...]], wanted: Period
) -> Timing:
    """The finest period the labels in the table name, checked against the others."""
    if any("other" in codes for codes in inside):
        return Timing(When.OTHER, "other")
    years = [int(codes[0]) for codes in inside if _is_year(codes)]
    finer = [codes for codes in inside if not _is_year(codes)]
    if not finer and wanted.kind is not PeriodKind.YEAR:
        return _of_year(years[0], around, wanted)
    year = years[0] if years else _year_around(around)
    fixed = _fixed(finer or inside, wanted, wanted.year if year is None else year)
    own = min(fixed, key=lambda periods: periods[0].kind.months)
    timing = _compared(own, wanted)
    apart = [p for p in fixed if _apart(p, timing.period or wanted)]
    dated = any(not _PARTIAL.match(codes[0]) for codes in finer)
    if not dated and timing.when is not When.OTHER:
        apart += [p for p in _fixed(around, wanted, wanted.year) if _apart(p, wanted)]
    if apart and timing.when is not When.OTHER:
        return Timing(When.UNSURE, apart[0][0].code, apart[0][0])
    return timing


def _is_year(codes: tuple[str, ...]) -> bool:
    return all(_YEAR.match(code) for code in codes)


def _of_year(year: int, around: Sequence[tuple[str, ...]], wanted: Period) -> Timing:
    """Columns headed by years: this period in each year, if something around names it."""
    for codes in around:
        for code in codes:
            period = _period(code, year, wanted)
            if period and period.kind is wanted.kind:
                return _compared((replace(period, year=year),), wanted)
    found = Period(PeriodKind.YEAR, year)
    return Timing(When.UNSURE if year == wanted.year else When.OTHER, found.code, found)


def _year_around(around: Sequence[tuple[str, ...]]) -> int | None:
    for codes in around:
        found = re.match(r"\d{4}", codes[0])
        if found:
            return int(found[0])
    return None


def _fixed(found: Iterable[tuple[str, ...]], wanted: Period, year: int) -> list[tuple[Period, ...]]:
    """The readings of each text that names a period, its year filled in."""
    fixed = (tuple(p for c in codes if (p := _period(c, year, wanted))) for codes in found)
    return [periods for periods in fixed if periods]


def _period(code: str, year: int, wanted: Period) -> Period | None:
    if code == "previous":
        return wanted.shift(-1)
    if code in _VAGUE or code == "other":
        return None
    if _PARTIAL.match(code):
        code = f"{year}{code[1:] if code[1] in 'QH' else code}"
    try:
        return Period.parse(code)
    except ValueError:
        return None


def _of_outside(around: Sequence[tuple[str, ...]], wanted: Period) -> Timing:
    """Nothing in the table says when: titles, the sheet's name and the texts on top do."""
    fixed = _fixed(around, wanted, wanted.year)
    timings = [_compared(periods, wanted) for periods in fixed]
    timings = [timing for timing in timings if not _holds(timing, wanted)]
    if not timings:
        return Timing()
    others = [timing for timing in timings if timing.when is When.OTHER]
    if others and len(others) < len(timings):
        return Timing(When.UNSURE, others[0].found, others[0].period)
    return min(timings, key=lambda timing: timing.period.kind.months if timing.period else 0)


def _holds(timing: Timing, wanted: Period) -> bool:
    """A year that holds the period asked for says nothing against it."""
    period = timing.period
    return (
        period is not None
        and period.kind.months > wanted.kind.months
        and period.ordinal <= wanted.ordinal
        and _end(wanted) <= _end(period)
    )


def _vague(codes: tuple[str, ...], around: Sequence[tuple[str, ...]], wanted: Period) -> Timing:
    """For "Quartal" or "dieses Quartal": the whole period, whichever it is."""
    kinds = {_WHOLE[code] for code in codes if code in _WHOLE}
    if kinds and wanted.kind not in kinds:
        return Timing(When.OTHER, codes[0])
    return _of_outside(around, wanted)


def _compared(periods: tuple[Period, ...], wanted: Period) -> Timing:
    """The reading that fits the period asked for, else the first."""
    if wanted in periods:
        return Timing(When.THIS, wanted.code, wanted)
    for period in periods:
        if wanted.ordinal <= period.ordinal and _end(period) <= _end(wanted):
            return Timing(When.WITHIN, period.code, period)
    return Timing(When.OTHER, periods[0].code, periods[0])


def _end(period: Period) -> int:
    return period.ordinal + period.kind.months


def _apart(periods: tuple[Period, ...], wanted: Period) -> bool:
    return all(_end(p) <= wanted.ordinal or _end(wanted) <= p.ordinal for p in periods)
