"""What *Heute* shows: what waits, what is in view, what is new."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from wirknetz.foundation.providers import (
    DESK,
    WAITING,
    DeskCard,
    DeskFor,
    Waiting,
    WaitingFor,
    ask,
)
from wirknetz.foundation.queries import News, news_of
from wirknetz.network.models import Network
from wirknetz.network.rules import Actor

AT_MOST: Final = 5
"""So many things wait on the first page; the others stand behind a link."""
NEWS: Final = 5


@dataclass(frozen=True, slots=True)
class Today:
    """The first page of a network. ``more`` counts what waits beyond ``waiting``."""

    waiting: tuple[Waiting, ...]
    more: int
    cards: tuple[DeskCard, ...]
    news: tuple[News, ...]
    unread: int


def today(network: Network, actor: Actor, *, at: dt.datetime) -> Today:
    """What this person should see first. Cards are for the office only."""
    waits = waiting(network, actor, at=at)
    news = news_of(user_id=actor.user_id, per_page=NEWS, scope_id=network.pk)
    return Today(
        waiting=waits[:AT_MOST],
        more=max(0, len(waits) - AT_MOST),
        cards=cards(network, actor, at=at) if actor.coordinator else (),
        news=news.rows,
        unread=news.unread,
    )


def waiting(network: Network, actor: Actor, *, at: dt.datetime) -> tuple[Waiting, ...]:
    """Everything that waits, what is due first on top, what is never due last."""
    asked = WaitingFor(actor.user_id, network.pk, at, known=(network, actor))
    return tuple(sorted(ask(WAITING, asked), key=lambda w: (w.due is None, w.due or at.date())))


def cards(network: Network, actor: Actor, *, at: dt.datetime) -> tuple[DeskCard, ...]:
    """The figures the office has in view."""
    asked = DeskFor(actor.user_id, network.pk, at, known=(network, actor))
    return tuple(sorted(ask(DESK, asked), key=lambda card: card.position))
