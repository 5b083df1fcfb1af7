"""The audit trail's words: who acts, for whom, where, and what an act is called on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Author:
    """Who stands behind a write: a user or a job, the organisation spoken for, the space.

    Every action takes one (or something that has one as ``.author``) as ``by=``.
    """

    user_id: int | None = None
    source: str = ""
    scope_id: int | None = None
    on_behalf_id: int | None = None
    on_behalf_label: str = ""

    @property
    def author(self) -> Author:
        """Itself, so that an author and whoever has one can be treated alike."""
        return self

    def for_organisation(self, pk: int, label: str) -> Author:
        """The same author, speaking for this organisation."""
        return replace(self, on_behalf_id=pk, on_behalf_label=label)


class HasAuthor(Protocol):
    """Anything that can stand behind a write."""

    @property
    def author(self) -> Author:
        """As the audit trail wants it."""
        ...


def system(source: str, scope_id: int | None = None) -> Author:
    """Return the author of what a job does by itself."""
    return Author(source=source, scope_id=scope_id)


_labels: dict[str, str | Promise] = {}


def describe(action: str, text: str | Promise) -> None:
    """Register what an action is called on the screen: ``describe("round.opened", _("…"))``."""
    _labels[action] = text


def label_of(action: str) -> str:
    """What the action is called on the screen; the action itself where no room described it."""
    return str(_labels.get(action, action))


def described() -> tuple[str, ...]:
    """All actions that have a name on the screen."""
    return tuple(sorted(_labels))
