"""Mails and news are in the language of whoever reads them, whoever acts."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.html import escape

from tests.integration.test_languages import LEFT, entered, in_both
from tests.world import NOW, Role, World, add_measure, add_round
from wirknetz.core.values import Value
from wirknetz.foundation import actions as foundation
from wirknetz.foundation.models import Notification, OutboxMessage, User
from wirknetz.measurement.actions import collection, rounds
from wirknetz.measurement.models import Measure, Round, Submission
from wirknetz.network import actions as network
from wirknetz.network.actions import invitations as network_invitations
from wirknetz.network.models import Person
from wirknetz.network.queries.people import AffiliationFacts

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.timedelta(days=1)


@pytest.fixture
def by(world: World) -> Callable[[Role], dict[str, Any]]:
    """Who acts in an open round of `world.own`; its one value is entered."""
    measure = add_measure(world.network, "begonnen")
    made = add_round(world.network, measures=(measure,), organisations=(world.own,))

    def arguments(role: Role) -> dict[str, Any]:
        where = {"round_id": made.pk, "organisation_id": world.own.pk, "at": NOW}
        return {"by": world.actor(role), **where}

    rows = [collection.Row(measure.pk, value=Value(amount=Decimal(5)))]
    collection.record(**arguments(Role.PRACTITIONER_OWN), rows=rows)
    return arguments


By = Callable[[Role], dict[str, Any]]


def _remind(world: World, by: By) -> None:
    collection.remind(**by(Role.COORDINATOR))


def _submit(world: World, by: By) -> None:
    collection.submit(**by(Role.PRACTITIONER_OWN))


def _return(world: World, by: By) -> None:
    _submit(world, by)
    collection.return_(**by(Role.LEADERSHIP_OWN), reason="1 + 1 = 2")


def _reply(world: World, by: By) -> None:
    _return(world, by)
    collection.reply(**by(Role.PRACTITIONER_OWN), text="2 + 2 = 4")


def _approve(world: World, by: By) -> None:
    _submit(world, by)
    collection.approve(**by(Role.LEADERSHIP_OWN))


def _open(world: World, by: By) -> None:
    measure = Measure.objects.get()
    made = add_round(
        world.network, "2026Q4", measures=(measure,), organisations=(world.own,), opened=False,
        closes_on=NOW.date() + DAY, due_on=NOW.date(),
    )  # fmt: skip
    Submission.objects.filter(round=made).delete()
    rounds.open_round(by=world.actor(Role.COORDINATOR), round_id=made.pk, at=NOW)


def _remind_by_itself(world: World, by: By) -> None:
    one = Round.objects.get()
    rounds.send_reminders(at=dt.datetime.combine(one.due_on, dt.time(9), dt.UTC) + 4 * DAY)


def _invite(world: World, by: By) -> None:
    person_id = network.add_person(
        organisation_id=world.own.pk,
        email="neu@example.org",
        name="Neu Nagel",
        facts=AffiliationFacts(level="operative"),
        by=world.actor(Role.COORDINATOR),
        at=NOW,
    )
    assert person_id
    User.objects.filter(email="neu@example.org").update(language=_other())
    later = NOW + network_invitations.PAUSE
    OutboxMessage.objects.all().delete()
    person = Person.objects.get(email="neu@example.org")
    actor = world.actor(Role.COORDINATOR)
    network.resend_invitation(person_id=person.pk, by=actor, at=later)


def _refuse_a_link(world: World, by: By) -> None:
    _submit(world, by)
    mailed = OutboxMessage.objects.filter(key__startswith="approve:").get()
    token = re.search(r"/([\w-]{30,})/", mailed.text)
    assert token
    foundation.revoke_link(token=token.group(1), at=NOW)


def _other() -> str:
    return "en" if translation.get_language() == "de" else "de"


STORIES = (_remind, _submit, _return, _reply, _approve, _open, _remind_by_itself, _invite,
           _refuse_a_link)  # fmt: skip


@in_both
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_everybody_is_written_to_in_her_own_language(
    story: Callable[[World, By], None], language: str, world: World, by: By
) -> None:
    """Whoever acts speaks the other language."""
    User.objects.update(language=language)
    with translation.override("de" if language == "en" else "en"):
        story(world, by)
    told = [*OutboxMessage.objects.values_list("subject", "text")]
    told += Notification.objects.values_list("subject", "text")
    assert told
    lines = [line for texts in told for text in texts for line in text.splitlines()]
    page = "".join(f"<p>{escape(line)}</p>" for line in lines)
    assert set(LEFT[language](page, entered())) == set()


def test_news_are_handed_over_in_no_language_yet() -> None:
    """`notify` puts lazy texts into the language of each person; a ready sentence it cannot."""
    ready = [
        f"{path.name}:{call.lineno}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for call in _calls(path, "notify")
        for given in call.keywords
        if given.arg in ("subject", "text") and _speaks_at_once(path, given.value)
    ]
    assert ready == []


def _calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
            yield node


def _speaks_at_once(path: Path, value: ast.expr) -> bool:
    eager = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in ("gettext", "ngettext", "pgettext", "npgettext")
    }
    called = (n.func for n in ast.walk(value) if isinstance(n, ast.Call))
    return any(ast.unparse(func) in eager | {"str"} for func in called)
