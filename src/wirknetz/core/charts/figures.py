"""Numbers as a reader expects them, and axis steps a reader can count with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from wirknetz.core.charts.model import Formatter
from wirknetz.core.charts.textfit import clean, shorten, text_width

_PRECISION: Final = 60
_PLAIN_BELOW: Final = Decimal(10) ** 15
_NBSP: Final = "\u00a0"
_SHORT_UNIT: Final = 3
_MAX_DECIMALS: Final = 6
_LARGE: Final = (
    (Decimal(10) ** 12, "Bio.", "tn"),
    (Decimal(10) ** 9, "Mrd.", "bn"),
    (Decimal(10) ** 6, "Mio.", "m"),
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Formats amounts of one unit: German ``1.234,5 %``, English ``1,234.5 %``.

    Units of up to three letters stand behind each number, longer ones only where ``full`` is
    asked. A formatter of the caller replaces it all.
    """

    language: str = "de"
    unit: str = ""
    decimals: int = 0
    formatter: Formatter | None = None

    @property
    def spoken_unit(self) -> str:
        """The unit that stands once at the axis and in the table's head, if any."""
        long = len(self.unit) > _SHORT_UNIT and self.formatter is None
        return clean(self.unit) if long else ""

    def value(self, amount: Decimal, *, full: bool = False) -> str:
        """The amount as it stands in picture and table."""
        if self.formatter is not None:
            return clean(self.formatter(amount))
        return self._with_unit(self.plain(amount, self.decimals), full=full)

    def short(self, amount: Decimal, *, full: bool = False) -> str:
        """As :meth:`value`, whole numbers without decimals: targets are often round."""
        whole = amount == amount.to_integral_value() and abs(amount) < _PLAIN_BELOW
        if self.formatter is not None or not whole:
            return self.value(amount, full=full)
        return self._with_unit(self.plain(amount, 0), full=full)

    def plain(self, amount: Decimal, decimals: int) -> str:
        """The number without unit, rounded half up; powers of ten from 10^15."""
        with localcontext(prec=_PRECISION, rounding=ROUND_HALF_UP):
            if abs(amount) >= _PLAIN_BELOW:
                return self._power(amount)
            return self._localised(f"{amount:,.{decimals}f}")

    def tick(self, amount: Decimal, step: Decimal) -> str:
        """The amount at an axis whose steps are this wide; millions are shortened."""
        if self.formatter is not None:
            return clean(self.formatter(amount))
        if step >= _LARGE[-1][0] or abs(amount) >= _LARGE[1][0]:
            return self.compact(amount, step)
        decimals = max(0, -_exponent(step)) if amount else 0
        if decimals > _MAX_DECIMALS:
            return self._with_unit(self._power(amount, step) if amount else "0")
        return self._with_unit(self.plain(amount, decimals))

    def compact(self, amount: Decimal, step: Decimal | None = None) -> str:
        """With Mio., Mrd. or Bio. and as many decimals as the step asks (default 1)."""
        if abs(amount) >= _PLAIN_BELOW:
            return self._with_unit(self._power(amount, step))
        size = max(abs(amount), step or Decimal(0))
        for power, german, english in _LARGE:
            if size >= power and amount:
                decimals = 1 if step is None else max(0, min(3, -_exponent(step / power)))
                name = english if self.language.startswith("en") else german
                return self._with_unit(f"{self.plain(amount / power, decimals)}{_NBSP}{name}")
        return self._with_unit(self.plain(amount, self.decimals if step is None else 0))

    def fitting(self, amount: Decimal, room: float, size: float) -> str:
        """The amount in bold type: in full where it fits, else compact, else cut."""
        for text in (self.value(amount), self.compact(amount)):
            if text_width(text, size, bold=True) <= room:
                return text
        return shorten(text, room, size, bold=True)

    def _with_unit(self, text: str, *, full: bool = False) -> str:
        unit = clean(self.unit)
        shown = unit and (full or len(unit) <= _SHORT_UNIT) and self.formatter is None
        return f"{text}{_NBSP}{unit}" if shown else text

    def _localised(self, text: str) -> str:
        if not self.language.startswith("en"):
            text = text.translate(str.maketrans(",.", ".,"))
        zero = not text.strip("-0.,")
        return text.lstrip("-") if zero else text.replace("-", "−")

    def _power(self, amount: Decimal, step: Decimal | None = None) -> str:
        """A power of ten with one decimal, or as many as tell steps apart."""
        finest = amount.adjusted() - _exponent(step) if step else 1
        mantissa, _, exponent = f"{amount:.{max(1, min(finest, 9))}e}".partition("e")
        raised = exponent.lstrip("+").replace("-", "−")
        return f"{self._localised(mantissa)}{_NBSP}·{_NBSP}10^{raised}"


def _exponent(step: Decimal) -> int:
    """Exponent of the last digit that matters: 0 for 5, -1 for 0.5, 3 for 2000."""
    exponent = step.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Axis:
    """Ends and steps of an axis; ``ticks`` from low to high, ``step`` between them."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """Every step from low to high."""
        with localcontext(prec=_PRECISION):
            count = int((self.high - self.low) / self.step)
            return tuple(self.low + self.step * index for index in range(count + 1))

    def share(self, amount: Decimal) -> float:
        """Where the amount lies: 0 at the low end, 1 at the high end."""
        with localcontext(prec=_PRECISION):
            return float((amount - self.low) / (self.high - self.low))


def nice_axis(
    amounts: tuple[Decimal, ...], *, from_zero: bool = True, decimals: int = 0, steps: int = 5
) -> Axis:
    """The axis for these amounts with about so many steps of 1, 2 or 5 times a power of ten.

    Steps are never finer than the last shown decimal, so that no two ticks read the same,
    unless all amounts are smaller than that.
    """
    with localcontext(prec=_PRECISION):
        low, high = _ends(amounts, from_zero=from_zero)
        step = _nice((high - low) / steps)
        finest = Decimal(1).scaleb(-decimals)
        if step < finest <= high - low:
            step = finest
        return Axis(_down(low, step), _up(high, step), step)


def _ends(amounts: tuple[Decimal, ...], *, from_zero: bool) -> tuple[Decimal, Decimal]:
    shown = (*amounts, Decimal(0)) if from_zero or not amounts else amounts
    low, high = min(shown), max(shown)
    size = max(abs(low), abs(high))
    if size == 0:
        return Decimal(0), Decimal(1)
    if high - low < size * Decimal("1e-9"):
        return low - size / 20, high + size / 20
    return low, high


def _nice(rough: Decimal) -> Decimal:
    """The next 1, 2 or 5 times a power of ten that is not smaller."""
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


def _down(amount: Decimal, step: Decimal) -> Decimal:
    return (amount / step).to_integral_value(ROUND_FLOOR) * step


def _up(amount: Decimal, step: Decimal) -> Decimal:
    return (amount / step).to_integral_value(ROUND_CEILING) * step
