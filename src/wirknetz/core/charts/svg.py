"""The smallest builder of SVG elements: attributes in order, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from wirknetz.core.charts.textfit import clean

Attribute = str | float | int | None

_CAMEL: Final = frozenset({"viewBox", "patternUnits", "patternTransform"})


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its attributes and children; children of type str are text."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | str, ...] = ()

    def __str__(self) -> str:
        """Serialise; texts and attribute values are escaped here and nowhere else."""
        head = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes)
        if not self.children:
            return f"<{self.name}{head}/>"
        inner = "".join(_inner(child) for child in self.children)
        return f"<{self.name}{head}>{inner}</{self.name}>"


def _inner(child: Element | str) -> str:
    return escape(clean(child)) if isinstance(child, str) else str(child)


def el(name: str, *children: Element | str, **attributes: Attribute) -> Element:
    """Build an element: ``class_`` becomes ``class``, ``_`` a hyphen, None is left out."""
    named = ((_name(key), value) for key, value in attributes.items() if value is not None)
    return Element(name, tuple((key, _value(value)) for key, value in named), children)


def _name(key: str) -> str:
    if key in _CAMEL:
        return key
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return clean(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A coordinate: two decimals at most, no trailing zeros, no negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def group(children: Iterable[Element], *, class_: str | None = None, title: str = "") -> Element:
    """A ``<g>``; ``title`` becomes its tooltip, which readers of the picture can point at."""
    tip = (el("title", title),) if title else ()
    return el("g", *tip, *children, class_=class_)


def path(commands: Iterable[tuple[str, float, float]]) -> str:
    """Path data from (letter, x, y)."""
    return "".join(f"{letter}{number(x)} {number(y)}" for letter, x, y in commands)
