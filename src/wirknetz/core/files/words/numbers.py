"""Numbers and states as people type them; what is not plain is a doubt, never a guess.

``1.204`` is a thousand or a fraction: the signs used in the whole column decide, and whether
the measure counts whole things. Where both readings stay possible, both are given back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wirknetz.core.files.words.model import NumberRead
from wirknetz.core.files.words.normal import plain

_SPACES: Final = " \u00a0\u202f\u2009\u2007"
_ONE_SPACE: Final = {ord(space): " " for space in _SPACES}
_CORE: Final = rf"[+\-]?\d(?:[\d.,'’´`{_SPACES}]*\d)?[.,]?"
_NUMBER: Final = re.compile(
    rf"^(?P<about>ca\.?|circa|rund|etwa|ungefaehr|~|≈)?\s*(?P<core>{_CORE})\s*(?P<after>.*)$",
    re.DOTALL,
)
_RANGE: Final = re.compile(r"^\d+\s*(?:-|bis|…|\.\.\.?)\s*\d+$")
_BELOW: Final = re.compile(
    r"^(?:<=?|≤|unter|weniger als|kleiner(?: als)?|hoechstens|max\.?|bis zu"
    r"|>=?|≥|ueber|mehr als|mind\.?|mindestens)\s*\d"
)
_TRAILING_MINUS: Final = re.compile(r"^(\d[\d.,]*)-$")
_FOOT: Final = re.compile(r"(?:[*†‡¹²³⁰⁴-⁹]+|\s+\d\)|\s*\[\d\]|\s*\(\d\))$")
_BRACKETS: Final = re.compile(r"^\((.*)\)$|^\[(.*)\]$")
# fmt: off
_UNITS: Final = frozenset((
    "personen", "person", "pers", "faelle", "fall", "tn", "teilnehmende", "teilnehmer",
    "teilnehmenden", "klienten", "klient", "menschen", "koepfe", "termine", "termin", "gespraeche",
    "stueck", "stk", "mal", "x", "std", "stunden", "stunde", "h", "frauen", "maenner", "kontakte",
    "einheiten", "ue", "uebergaben", "kooperationen", "eintritte", "austritte",
))
_STATES: Final = {
    "not_collected": (
        "k.a.", "k. a.", "ka", "k.a", "k a", "keine angabe", "keine angaben", "o.a.", "o. a.",
        "ohne angabe", "n/a", "n.a.", "n. a.", "na", "#n/a", "#nv", "nv", "n.v.", "n. v.",
        "nicht erhoben", "nicht erfasst", "wird nicht erfasst", "wird nicht erhoben",
        "nicht verfuegbar", "nicht bekannt", "unbekannt", "keine daten", "liegt nicht vor",
        "nicht ermittelt", "nicht gezaehlt", "n.e.", "n. e.", "k.d.", "keine erfassung",
        "nicht auswertbar", "fehlt",
    ),
    "not_applicable": (
        "entfaellt", "entf.", "trifft nicht zu", "nicht zutreffend", "n.z.", "n. z.",
        "nicht relevant", "nicht vorgesehen", "kein angebot", "bieten wir nicht an",
        "nicht angeboten",
    ),
    "refused": (
        "verweigert", "keine auskunft", "wird nicht mitgeteilt", "gesperrt", "vertraulich",
    ),
}
# fmt: on
_STATE_OF: Final = {text: state for state, texts in _STATES.items() for text in texts}
_DASHES: Final = frozenset(
    ("-", "--", "---", "/", "./.", ".", "..", "...", "…", "x", "xxx", "?", "//")
)
_COUNTED: Final = (
    "null", "ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn",
    "elf", "zwoelf", "dreizehn", "vierzehn", "fuenfzehn", "sechzehn", "siebzehn", "achtzehn",
    "neunzehn", "zwanzig",
)  # fmt: skip
_IN_WORDS: Final = {word: number for number, word in enumerate(_COUNTED)} | {
    "eins": 1, "eine": 1, "keine": 0, "kein": 0, "keiner": 0,
    "dreissig": 30, "vierzig": 40, "fuenfzig": 50, "hundert": 100,
}  # fmt: skip
_GROUPED: Final = re.compile(r"^\d{1,3}(?:(?P<sep>[.,'’´`\s])\d{3})(?:(?P=sep)\d{3})*$")
_PLAIN: Final = re.compile(r"^\d+$")
_MIXED: Final = re.compile(r"^\d{1,3}(?:(?P<sep>[.,'’´`\s])\d{3})+(?P<dec>[.,])\d+$")
_FRACTION: Final = re.compile(r"^\d+(?P<dec>[.,])(?P<digits>\d+)$")
_GROUP: Final = 3
_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Style:
    """The signs of a column: the one before decimals and the one between thousands.

    Empty where the column shows none of its kind.
    """

    decimal: str = ""
    thousands: str = ""


def style_of(texts: Iterable[str], *, whole: bool = False) -> Style | None:
    """The style that all numbers of a column agree on; None without evidence or with two.

    ``whole``: the column counts whole things, so that ``2.966`` cannot be a fraction.
    """
    cores = [core for text in texts if (core := _core(text))]
    votes = {vote for core in cores for vote in _votes(core, whole=whole)} or set(
        _by_company(cores)
    )
    if not votes or len({s for kind, s in votes if kind == "decimal"}) > 1:
        return None
    decimal = next((s for kind, s in votes if kind == "decimal"), "")
    thousands = next((s for kind, s in sorted(votes) if kind == "thousands"), "")
    contradict = any(kind == "thousands" and sign == decimal for kind, sign in votes)
    if contradict or {s for kind, s in votes if kind == "thousands"} >= {".", ","}:
        return None
    return Style(decimal, thousands or {",": ".", ".": ","}.get(decimal, ""))


def _votes(core: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    """What a single number proves."""
    if mixed := _MIXED.match(core):
        if mixed["sep"] != mixed["dec"]:
            yield "thousands", mixed["sep"]
            yield "decimal", mixed["dec"]
    elif grouped := _GROUPED.match(core):
        separator = grouped["sep"]
        fraction = core.rpartition(separator)[2]
        if core.count(separator) > 1 or separator not in ".," or (whole and fraction.strip("0")):
            yield "thousands", separator
    elif (fraction_of := _FRACTION.match(core)) and len(fraction_of["digits"]) != _GROUP:
        yield "decimal", fraction_of["dec"]


def _by_company(cores: list[str]) -> Iterator[tuple[str, str]]:
    """Among whole numbers below a thousand, ``2.000`` is a thousand: nobody mixes formats so."""
    grouped = {m["sep"] for core in cores if (m := _GROUPED.match(core))}
    plain_ones = [core for core in cores if _PLAIN.match(core)]
    long = any(len(core) > _GROUP for core in plain_ones)
    if len(grouped) == 1 and len(plain_ones) >= _FEW and not long:
        yield "thousands", grouped.pop()


def _core(text: str) -> str:
    match = _NUMBER.match(plain(text).strip("()[] "))
    return match["core"].lstrip("+-").translate(_ONE_SPACE) if match else ""


def read_number(text: str, style: Style | None = None, *, whole: bool = False) -> NumberRead:
    """What a typed text says as a value; see :class:`NumberRead`.

    ``whole``: only whole numbers make sense here.
    """
    source = _TRAILING_MINUS.sub(r"-\1", plain(_FOOT.sub("", text.strip())))
    if (state := _STATE_OF.get(source.strip("() "))) is not None:
        return NumberRead(state=state)
    if not source or source in _DASHES:
        return NumberRead(doubt="dash" if source else "empty")
    if source in _IN_WORDS:
        return NumberRead(doubt="word", amounts=(str(_IN_WORDS[source]),))
    if _RANGE.match(source):
        return NumberRead(doubt="range")
    if _BELOW.match(source):
        return NumberRead(doubt="below")
    return _read_core(text, source, style, whole=whole)


def _read_core(text: str, source: str, style: Style | None, *, whole: bool) -> NumberRead:
    match = _NUMBER.match(source)
    if match is None:
        return NumberRead(doubt="text")
    core = match["core"].translate(_ONE_SPACE)
    amounts = _amounts(core, style, whole=whole)
    after, percent = match["after"].strip(), False
    if after.startswith(("%", "v.h.", "prozent", "proz.")):
        after, percent = re.sub(r"^(?:%|v\.h\.|prozent|proz\.)\s*", "", after), True
    remark, unit, doubt = _after(after, text)
    if match["about"]:
        doubt = "about"
    elif len(amounts) != 1:
        doubt = "ambiguous" if amounts else "text"
    if doubt:
        return NumberRead(percent=percent, remark=remark, unit=unit, doubt=doubt, amounts=amounts)
    return NumberRead(amount=amounts[0], percent=percent, remark=remark, unit=unit)


def _after(after: str, text: str) -> tuple[str, str, str]:
    """What follows a number: remark, unit, doubt."""
    if not after:
        return "", "", ""
    if after in {"*", "**", "†"} or re.fullmatch(r"\d\)|\(\d\)", after):
        return "", "", ""
    if _BRACKETS.match(after):
        inner = text[text.find(after[0]) + 1 :].strip().rstrip(")]")
        return inner, "", "" if not re.search(r"\d", inner) else "remark"
    word = after.strip(" .,;").removesuffix(".")
    if word in _UNITS:
        return "", word, ""
    return after, "", "unit"


def _amounts(core: str, style: Style | None, *, whole: bool) -> tuple[str, ...]:
    """All amounts the digits can mean, as canonical text, without repetition."""
    sign = "-" if core.startswith("-") else ""
    digits = core.lstrip("+-").strip().rstrip(".,")
    found = dict.fromkeys(_readings(digits, style))
    if whole and len(found) > 1:
        found = {a: None for a in found if Decimal(a) == Decimal(a).to_integral_value()} or found
    return tuple(_canonical(sign + amount) for amount in found)


def _readings(digits: str, style: Style | None) -> Iterator[str]:
    if _PLAIN.match(digits):
        yield digits
        return
    grouped, mixed, fraction = _GROUPED.match(digits), _MIXED.match(digits), _FRACTION.match(digits)
    if mixed and mixed["sep"] != mixed["dec"]:
        if style is None or style.decimal in ("", mixed["dec"]):
            whole_part, _, decimals = digits.rpartition(mixed["dec"])
            yield f"{whole_part.replace(mixed['sep'], '')}.{decimals}"
        return
    if grouped and (style is None or style.decimal != grouped["sep"]):
        several = digits.count(grouped["sep"]) > 1 or grouped["sep"] not in ".,"
        yield digits.replace(grouped["sep"], "")
        if several or (style is not None and style.thousands == grouped["sep"]):
            return
    if fraction and (style is None or style.decimal in ("", fraction["dec"])):
        yield digits.replace(fraction["dec"], ".")


def _canonical(text: str) -> str:
    value = Decimal(text)
    if value == value.to_integral_value():
        return (
            f"{value.to_integral_value():f}".replace("-0", "0")
            if value == 0
            else f"{value.to_integral_value():f}"
        )
    return f"{value.normalize():f}"
