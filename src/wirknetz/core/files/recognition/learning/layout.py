"""A file's layout in the labels of its rows and columns, to be compared with the next one's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from wirknetz.core.files.recognition.geometry.paths import Link
from wirknetz.core.files.recognition.work import Work
from wirknetz.core.files.words import Role, Understood

_MONTH: Final = re.compile(r"-(\d\d)$")
_MOST: Final = 1000
"""More labels than this are not compared one by one."""


def layout_of(work: Work, targets: Iterable[str]) -> dict[str, Any]:
    """Labels of rows and columns by sheet, in their order, and what was found."""
    months = work.questionnaire.period.kind.months
    names = {s.page.name: steady(work.lexicon.understand(s.page.name), months) for s in work.sheets}
    pages: dict[str, dict[str, dict[str, None]]] = {}
    for claim in work.claims:
        if claim.spot.token.hidden:
            continue
        page = pages.setdefault(names[claim.address.page], {"rows": {}, "columns": {}})
        page["rows"][_path(claim.spot.by_row, months)] = None
        page["columns"][_path(claim.spot.by_column, months)] = None
    return {
        "pages": {
            key: {side: [path for path in found if path][:_MOST] for side, found in page.items()}
            for key, page in pages.items()
        },
        "targets": sorted(targets),
    }


def _path(links: Iterable[Link], months: int) -> str:
    return " / ".join(key for link in links if (key := steady(link.said, months)))


def steady(said: Understood, months: int) -> str:
    """A label's key that stays: the second month of a quarter is that in the next one, too."""
    if said.meanings and all(m.role is Role.PERIOD for m in said.meanings):
        month = _MONTH.search(said.meanings[-1].code)
        if month:
            return f"§month{(int(month[1]) - 1) % months + 1}"
    return said.key or said.text.strip()


def differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What differs, as ``(what, label)``: ``new_page``, ``gone_row`` and so on."""
    old, new = before.get("pages", {}), now["pages"]
    gone, came = [k for k in old if k not in new], [k for k in new if k not in old]
    if len(gone) == len(came) == 1 and _alike(old[gone[0]], new[came[0]]):
        yield "renamed_page", f"{gone[0]} → {came[0]}"
        old = {**old, came[0]: old[gone[0]]}
    else:
        yield from (("gone_page", key) for key in gone)
        yield from (("new_page", key) for key in came)
    for key in new:
        if key in old:
            for side in ("rows", "columns"):
                yield from _of_side(side.removesuffix("s"), old[key][side], new[key][side])


def _alike(old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> bool:
    """Whether two sheets have most of their labels in common."""
    first = {*old["rows"], *old["columns"]}
    second = {*new["rows"], *new["columns"]}
    return 2 * len(first & second) >= len(first | second)


def _of_side(side: str, old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    before, after = set(old), set(new)
    gone, came = [p for p in old if p not in after], [p for p in new if p not in before]
    yield from ((f"gone_{side}", path) for path in gone)
    yield from ((f"new_{side}", path) for path in came)
    kept_before = [path for path in old if path in after]
    kept_after = [path for path in new if path in before]
    if kept_before != kept_after:
        yield f"moved_{side}", _first_moved(kept_before, kept_after)


def _first_moved(before: list[str], after: list[str]) -> str:
    return next(b for b, a in zip(before, after, strict=True) if a != b)
