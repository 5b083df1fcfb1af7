"""The words of the door table: one row says who gets an answer at one address.

A room adds its rows in a module of this folder, in `ROWS`:

    ROWS = (
        page("network:organisations", INSIDE),
        page("network:move_stage", OFFICE | {Role.LEADERSHIP_OWN}, one_organisation, post=True),
        act("network:act_for", INSIDE),
    )

Everybody not named gets a refusal: without an account the sign-in page, without a part in the
network 404, else 403 (404 for those in `hidden`). `where` gives the arguments of the address and
may make the things it needs; what is *own* belongs to `world.own`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.world import Role, World

Where = Callable[[World], Mapping[str, Any]]

INSIDE = frozenset(
    {
        Role.OBSERVER,
        Role.PRACTITIONER_OWN,
        Role.PRACTITIONER_FOREIGN,
        Role.LEADERSHIP_OWN,
        Role.LEADERSHIP_FOREIGN,
        Role.COORDINATOR,
    }
)
"""Everybody with a part in the network."""
OUTSIDE = frozenset({Role.STRANGER, Role.COORDINATOR_ELSEWHERE})
"""Who must not learn that the network exists."""
PARTNERS = INSIDE - {Role.OBSERVER}
OWN = frozenset({Role.PRACTITIONER_OWN, Role.LEADERSHIP_OWN})
OFFICE = frozenset({Role.COORDINATOR})
SIGNED_IN = INSIDE | OUTSIDE
EVERYBODY = SIGNED_IN | {Role.ANONYMOUS}
NOBODY: frozenset[Role] = frozenset()


WHOLE: set[Where] = set()
"""Addresses that name nothing inside the network."""


def whole(where: Where) -> Where:
    """Say that this address names nothing inside the network."""
    WHOLE.add(where)
    return where


@whole
def the_network(world: World) -> Mapping[str, Any]:
    """The address of a page about the whole network."""
    return {"slug": world.network.slug}


def one_organisation(world: World) -> Mapping[str, Any]:
    """The address of a page about the organisation `own`."""
    return {"slug": world.network.slug, "pk": world.own.pk}


def nothing(world: World) -> Mapping[str, Any]:
    """An address without arguments."""
    return {}


@dataclass(frozen=True)
class Row:
    """Who gets an answer at one address, by method. A method without roles does not exist."""

    name: str
    get: frozenset[Role]
    post: frozenset[Role]
    where: Where = the_network
    hidden: frozenset[Role] = NOBODY
    data: Callable[[World], Mapping[str, Any]] = field(default=nothing)
    outside: frozenset[Role] = OUTSIDE
    whole: bool = False  # the arguments name nothing but the network

    def roles(self, method: str) -> frozenset[Role]:
        """Who gets an answer by this method."""
        return self.get if method == "GET" else self.post


def page(
    name: str,
    roles: frozenset[Role],
    where: Where = the_network,
    *,
    post: bool | frozenset[Role] = False,
    hidden: frozenset[Role] = NOBODY,
    data: Callable[[World], Mapping[str, Any]] = nothing,
) -> Row:
    """A page of a network; with `post` also what its form does (for the same or other roles)."""
    posting = (roles if post else NOBODY) if isinstance(post, bool) else post
    return Row(name, roles, posting, where, hidden, data)


def act(
    name: str,
    roles: frozenset[Role],
    where: Where = the_network,
    *,
    hidden: frozenset[Role] = NOBODY,
    data: Callable[[World], Mapping[str, Any]] = nothing,
) -> Row:
    """An address of a network that only does something."""
    return Row(name, NOBODY, roles, where, hidden, data)


def own_page(name: str, *, get: bool = True, post: bool = False, where: Where = nothing) -> Row:
    """A page for everybody who has signed in."""
    return Row(
        name,
        SIGNED_IN if get else NOBODY,
        SIGNED_IN if post else NOBODY,
        where,
        outside=NOBODY,
    )


def public_page(name: str, *, get: bool = True, post: bool = False, where: Where = nothing) -> Row:
    """A page for the whole world."""
    return Row(
        name,
        EVERYBODY if get else NOBODY,
        EVERYBODY if post else NOBODY,
        where,
        outside=NOBODY,
    )
