"""What every page's frame needs: navigation, for whom one acts, the network."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation.providers import NAVIGATION, NavigationEntry, NavigationFor, ask
from wirknetz.web.frame import address, user_links

SECTIONS: Final = {
    "today": _("Heute"),
    "agenda": _("Ziele"),
    "impact": _("Wirkung"),
    "work": _("Zusammenarbeit"),
    "exchange": _("Austausch"),
    "network": _("Netzwerk"),
    "backbone": _("Koordinierungsstelle"),
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; outside a network the person's own pages are the navigation."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"navigation": own_pages(request)}
    network = getattr(request, "network", None)
    here = actor.standings.get(actor.acting_for) if actor.acting_for else None
    asked = NavigationFor(actor.user_id, actor.network_id, known=(network, actor))
    navigation = navigation_of(asked, request.path)
    return {
        "actor": actor,
        "network": network,
        "acting_for": here,
        "acting_choices": tuple(actor.standings.values()),
        "navigation": navigation,
        "home_url": navigation[0]["url"] if navigation else "",
    }


def own_pages(request: HttpRequest) -> list[dict[str, Any]]:
    """Where somebody signed in can go who is in no network at the moment."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    own = user_links()
    profile = address("foundation:profile")
    at = profile if request.path.startswith("/konto/") else request.path
    return [{**link, "current": at.startswith(link["url"])} for link in own]


def navigation_of(asked: NavigationFor, path: str) -> list[dict[str, Any]]:
    """The sections with their pages; current is the page whose address fits the path best."""
    order = list(SECTIONS)
    entries = sorted(
        (e for e in ask(NAVIGATION, asked) if e.section in SECTIONS),
        key=lambda e: (order.index(e.section), e.position),
    )
    here = max((e.url for e in entries if path.startswith(e.url)), key=len, default="")
    grouped = groupby(entries, key=lambda e: e.section)
    return [_section(here, section, list(pages)) for section, pages in grouped]


def _section(here: str, section: str, pages: list[NavigationEntry]) -> dict[str, Any]:
    children = [{"label": p.label, "url": p.url, "current": p.url == here} for p in pages]
    return {
        "label": SECTIONS[section],
        "url": pages[0].url,
        "current": any(c["current"] for c in children),
        "children": children if len(children) > 1 else [],
    }
