"""What the frame of a page shows of the person and the network: for whom she acts, the section.

Reads what the context processor puts on the page; views may give ``acting`` and ``user_menu``
themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

Entry = dict[str, Any]


def acting(context: Mapping[Any, Any]) -> Entry | None:
    """For whom the person acts in this network, and for whom else she may; None outside one."""
    if context.get("acting") or not context.get("actor"):
        return context.get("acting")
    actor, network = context["actor"], context.get("network")
    here = context.get("acting_for")
    options = _options(actor, here, context.get("acting_choices", ()))
    return {
        "organisation": here.label if here else "",
        "role": "" if here else _role(actor),
        "network": getattr(network, "name", ""),
        "options": options if len(options) > 1 else [],
        "switch_url": address("network:act_for", getattr(network, "slug", "")),
    }


def _options(actor: Any, here: Any, choices: Any) -> list[Entry]:
    office = {"value": "", "label": gettext("Koordinierungsstelle"), "current": here is None}
    houses = [
        {
            "value": str(house.organisation_id),
            "label": house.label,
            "current": here is not None and here.organisation_id == house.organisation_id,
        }
        for house in choices
    ]
    return [office, *houses] if actor.coordinator else houses


def _role(actor: Any) -> str:
    if actor.coordinator:
        return gettext("Sie handeln für die Koordinierungsstelle")
    return gettext("Sie sehen das Netzwerk als Beobachter:in")


def section(context: Mapping[Any, Any]) -> Entry:
    """Label and pages of the section one is in; no pages where it has one only.

    Of several pages whose address begins this one, the longest is the current one.
    """
    current: Entry = next((e for e in context.get("navigation") or () if e.get("current")), {})
    pages = list(current.get("children") or ())
    here = max((p["url"] for p in pages if p["current"]), key=len, default=None)
    return {
        "label": current.get("label", ""),
        "pages": [{**page, "current": page["url"] == here} for page in pages],
    }


def user_links() -> list[Entry]:
    """One's own pages."""
    links = (
        (gettext("Meine Netzwerke"), address("network:mine")),
        (gettext("Benachrichtigungen"), address("foundation:news")),
        (gettext("Mein Profil"), address("foundation:profile")),
    )
    return [{"label": label, "url": url} for label, url in links if url]


def address(name: str, *parts: str) -> str:
    """The address of a page, empty where this site does not have it."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
