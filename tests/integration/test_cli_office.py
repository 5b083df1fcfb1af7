"""What whoever runs the installation does by command: one more network, a lost second factor."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.world import Role, World
from wirknetz.cli import accounts, networks, site
from wirknetz.cli.say import Stop
from wirknetz.foundation.models import AuditEvent, OutboxMessage
from wirknetz.network.models import Network, NetworkRole


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is set up by the test run already."""
    monkeypatch.setattr(site, "configure_for", lambda _options: None)
    monkeypatch.setattr(site, "require_tables", lambda: None)


def wanted(**other: Any) -> Namespace:
    given = {
        "name": "Netz Mittag", "slug": "mittag", "demo": False,
        "coordinator": "neu@example.org", "coordinator_name": "Nele Neuland",
    }  # fmt: skip
    return Namespace(**given | other)


def test_one_more_network_with_an_invited_coordinator(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert networks.run(wanted()) == 0
    role = NetworkRole.objects.get(network__slug="mittag")
    assert (role.role, role.person.email) == ("coordinator", "neu@example.org")
    assert OutboxMessage.objects.filter(recipient="neu@example.org").exists()
    assert "Netz Mittag" in capsys.readouterr().out


def test_a_coordinator_with_an_account_keeps_it(world: World) -> None:
    user = world.user(Role.COORDINATOR)
    networks.run(wanted(coordinator=user.email, coordinator_name=user.name))
    assert world.person(Role.COORDINATOR).roles.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"slug": "morgenrot"}, {"coordinator": "keine-adresse"}, {"slug": "mit leer"}]
)
def test_what_cannot_be_founds_nothing(world: World, wrong: dict[str, str]) -> None:
    before = Network.objects.count(), OutboxMessage.objects.count()
    with pytest.raises(Stop):
        networks.run(wanted(**wrong))
    assert (Network.objects.count(), OutboxMessage.objects.count()) == before


def test_a_lost_second_factor_is_taken_off_and_told(world: World) -> None:
    user = world.user(Role.COORDINATOR)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client = world.client(Role.COORDINATOR)
    assert accounts.run(Namespace(email=user.email.upper(), demo=False)) == 0
    assert not Authenticator.objects.filter(user=user).exists()
    assert AuditEvent.objects.filter(action="account.second_factor_removed").count() == 1
    assert OutboxMessage.objects.filter(recipient=user.email).count() == 1
    assert client.get("/profil/").status_code == 302


def test_an_unknown_address_is_said(world: World) -> None:
    with pytest.raises(Stop, match=r"niemand@example\.org"):
        accounts.run(Namespace(email="niemand@example.org", demo=False))
