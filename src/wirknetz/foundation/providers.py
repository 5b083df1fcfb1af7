"""How a lower room asks a higher one without knowing it.

Rooms register at start-up that they *react* to an event or *answer* a question. The lower room
knows the event or question only. Registration happens in ``handlers.py`` of each room, which
its ``apps.py`` imports when Django is ready.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")
Event = TypeVar("Event")


@dataclass(frozen=True)
class Question(Generic[Asked, Answered]):
    """A question several rooms may answer: ``name`` and the types of asking and answering."""

    name: str
    asked: type[Asked]
    answered: type[Answered]


@dataclass(frozen=True)
class WaitingFor:
    """What waits for this user in this space, as of ``at``?

    ``known`` is what the asker knows of the user there already, so that it is not read again.
    """

    user_id: int
    scope_id: int
    at: dt.datetime
    known: object = field(default=None, compare=False)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: who asks, by when, how long it takes, what happens otherwise.

    ``asked_by`` is empty where nobody asks but the calendar. ``about`` is its own mark where the
    person may be mailed about it at once: a notification with the same mark tells the digest that
    it need not say so again.
    """

    title: str
    url: str
    asked_by: str
    due: dt.date | None
    minutes: int | None
    consequence: str
    on_behalf: str = ""
    about: str = ""


@dataclass(frozen=True)
class NavigationFor:
    """Which entries of the main navigation does this user see in this space?

    ``known`` as in :class:`WaitingFor`.
    """

    user_id: int
    scope_id: int
    known: object = field(default=None, compare=False)


@dataclass(frozen=True)
class NavigationEntry:
    """One page behind an entry of the main navigation (``section`` as in the blueprint)."""

    section: str
    label: str
    url: str
    position: int = 100


@dataclass(frozen=True)
class DeskFor:
    """What should this user have in view at the desk of this space, as of ``at``?

    ``known`` as in :class:`WaitingFor`.
    """

    user_id: int
    scope_id: int
    at: dt.datetime
    known: object = field(default=None, compare=False)


@dataclass(frozen=True)
class DeskCard:
    """One figure in view: what it is, the figure as people read it, where it leads.

    ``kind`` is how urgent it is: ``neutral``, ``success``, ``warning`` or ``danger``.
    """

    label: str
    figure: str
    url: str
    note: str = ""
    kind: str = "neutral"
    position: int = 100


@dataclass(frozen=True)
class ExportOf:
    """Everything this organisation contributed in this space."""

    organisation_id: int
    scope_id: int


@dataclass(frozen=True)
class Exported:
    """One sheet of an export: a name, a header and rows of plain values."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Scope:
    """A space a person has a part in: asked for with the id of the user."""

    id: int
    label: str
    url: str


@dataclass(frozen=True)
class SetUp:
    """The first person set up this installation and wants a network with this name."""

    user_id: int
    network_name: str
    slug: str
    at: dt.datetime


@dataclass(frozen=True)
class LinkRefused:
    """Somebody said that a mailed link is not theirs; it is revoked."""

    purpose: str
    scope_id: int | None
    user_id: int | None
    on_behalf_id: int | None
    at: dt.datetime


@dataclass(frozen=True)
class Joined:
    """A user has come in for the first time; ``scope_id`` is where the invitation was from."""

    user_id: int
    scope_id: int | None
    at: dt.datetime


@dataclass(frozen=True)
class AddressChanged:
    """A user has proven to read another address; mails and links go there from now on."""

    user_id: int
    email: str
    at: dt.datetime


@dataclass(frozen=True)
class Adopted:
    """The partners adopted a text; ``subject`` and ``subject_id`` say which thing it defines."""

    subject: str
    subject_id: int
    scope_id: int
    valid_from: str
    decision_label: str
    at: dt.datetime


WAITING = Question("waiting", WaitingFor, Waiting)
NAVIGATION = Question("navigation", NavigationFor, NavigationEntry)
DESK = Question("desk", DeskFor, DeskCard)
EXPORT = Question("export", ExportOf, Exported)
SCOPES = Question("scopes", int, Scope)

_answers: dict[str, dict[str, Callable[[Any], Iterable[Any]]]] = defaultdict(dict)
_reactions: dict[type, dict[str, Callable[[Any], None]]] = defaultdict(dict)


def answers(
    question: Question[Asked, Answered], *, room: str
) -> Callable[[Callable[[Asked], Iterable[Answered]]], Callable[[Asked], Iterable[Answered]]]:
    """Register the decorated function as this room's answer. One answer per room."""

    def register(
        function: Callable[[Asked], Iterable[Answered]],
    ) -> Callable[[Asked], Iterable[Answered]]:
        _answers[question.name][room] = function
        return function

    return register


def ask(question: Question[Asked, Answered], asked: Asked) -> Iterator[Answered]:
    """All answers of all rooms, room by room in alphabetical order."""
    for room in sorted(_answers[question.name]):
        yield from _answers[question.name][room](asked)


def reacts(
    event: type[Event], *, room: str
) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Register the decorated function as this room's reaction. One reaction per room."""

    def register(function: Callable[[Event], None]) -> Callable[[Event], None]:
        _reactions[event][room] = function
        return function

    return register


def tell(event: object) -> None:
    """Let every room react, in the caller's transaction: if one fails, nothing happened."""
    for room in sorted(_reactions[type(event)]):
        _reactions[type(event)][room](event)


def registered() -> dict[str, tuple[str, ...]]:
    """Who answers or reacts to what: ``{"answer waiting": ("measurement", …), …}``."""
    listed = {f"answer {name}": tuple(sorted(rooms)) for name, rooms in _answers.items() if rooms}
    listed |= {
        f"react {event.__name__}": tuple(sorted(rooms))
        for event, rooms in _reactions.items()
        if rooms
    }
    return dict(sorted(listed.items()))
