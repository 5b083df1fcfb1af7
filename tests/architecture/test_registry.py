"""Who answers what and who reacts to what: the whole list, so that nobody registers unseen."""

from __future__ import annotations

from wirknetz.foundation import links
from wirknetz.foundation.providers import registered

REGISTERED = {
    "answer desk": ("measurement", "network"),
    "answer export": ("measurement", "network"),
    "answer navigation": ("backbone", "measurement", "network"),
    "answer scopes": ("network",),
    "answer waiting": ("measurement",),
    "react AddressChanged": ("network",),
    "react Adopted": ("measurement",),
    "react Joined": ("network",),
    "react LinkRefused": ("network",),
    "react SetUp": ("network",),
}


def test_who_answers_and_reacts() -> None:
    assert registered() == REGISTERED


def test_what_mailed_links_are_for() -> None:
    assert links.purposes() == (
        "account.join",
        "account.sign-in",
        "measurement.approve",
        "site.set-up",
    )
