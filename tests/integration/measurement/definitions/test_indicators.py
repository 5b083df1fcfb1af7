"""Indicators: definitions follow one another, targets are said back, the partners may adopt."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from tests.integration.measurement.definitions.conftest import rows, version_form
from tests.world import NOW, Role, World, add_measure
from wirknetz.core.values import Period
from wirknetz.foundation.models import AuditEvent
from wirknetz.foundation.providers import Adopted, registered, tell
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions import indicators as actions
from wirknetz.measurement.models import Indicator, IndicatorVersion, Target
from wirknetz.measurement.rules.drafts import IndicatorDraft, TargetDraft, VersionDraft

At = Callable[[str], str]
NAME = {"name": "Anteil in Arbeit", "goal": "Mehr Arbeit", "code": ""}


@pytest.fixture(autouse=True)
def _measures(world: World) -> None:
    for code in ("begonnen", "beendet", "integriert"):
        add_measure(world.network, code)
    add_measure(world.elsewhere, "fremd")


def version(**changed: Any) -> VersionDraft:
    given: dict[str, Any] = {
        "formula": "integriert / beendet", "definition": "…", "direction": "up",
        "accumulate": "per_period", "valid_from": Period.parse("2025Q1"), "percent": True,
    }  # fmt: skip
    return VersionDraft(**given | changed)


@pytest.fixture
def indicator(world: World) -> Indicator:
    """An indicator with its first definition in force."""
    by = world.actor(Role.COORDINATOR)
    pk = actions.create_indicator(
        by=by, draft=IndicatorDraft("Anteil in Arbeit"), version=version(), at=NOW
    )
    actions.put_in_force(by=by, indicator_id=pk, number=1, adopted_label="Treffen", at=NOW)
    return Indicator.objects.get(pk=pk)


def draft(world: World, one: Indicator, **changed: Any) -> int:
    given = {"reason": "Abbrüche zählen mit.", "valid_from": Period.parse("2026Q1")} | changed
    return actions.save_version_draft(
        by=world.actor(Role.COORDINATOR), indicator_id=one.pk, draft=version(**given), at=NOW
    )


def test_a_new_indicator_is_a_draft_until_it_counts(world: World) -> None:
    by = world.actor(Role.COORDINATOR)
    pk = actions.create_indicator(
        by=by, draft=IndicatorDraft("Anteil in Arbeit"), version=version(), at=NOW
    )
    one = Indicator.objects.get(pk=pk)
    assert one.code == "anteil_in_arbeit"
    assert one.versions.get().state == "draft"
    actions.put_in_force(by=by, indicator_id=pk, number=1, adopted_label="Treffen", at=NOW)
    in_force = one.versions.get()
    assert (in_force.state, in_force.adopted_label, in_force.in_force_at) == (
        "in_force", "Treffen", NOW,
    )  # fmt: skip
    with pytest.raises(Refused, match="gilt schon"):
        actions.put_in_force(by=by, indicator_id=pk, number=1, adopted_label="Noch", at=NOW)


@pytest.mark.parametrize(
    "role",
    [
        Role.OBSERVER,
        Role.PRACTITIONER_OWN,
        Role.PRACTITIONER_FOREIGN,
        Role.LEADERSHIP_OWN,
        Role.LEADERSHIP_FOREIGN,
    ],
)
def test_only_the_coordinating_office_writes(
    world: World, indicator: Indicator, role: Role
) -> None:
    by, before = world.actor(role), AuditEvent.objects.count()
    given: dict[str, Any] = {"by": by, "at": NOW}
    one = {"indicator_id": indicator.pk}
    for act in (
        lambda: actions.create_indicator(draft=IndicatorDraft("X"), version=version(), **given),
        lambda: actions.change_indicator(draft=IndicatorDraft("X"), **one, **given),
        lambda: actions.save_version_draft(draft=version(), **one, **given),
        lambda: actions.discard_version_draft(**one, **given),
        lambda: actions.put_in_force(number=1, adopted_label="", **one, **given),
        lambda: actions.set_targets(targets=(), **one, **given),
        lambda: actions.retire_indicator(**one, **given),
        lambda: actions.restore_indicator(**one, **given),
    ):
        with pytest.raises(Refused):
            act()
    assert AuditEvent.objects.count() == before


def test_another_networks_indicator_is_not_there(world: World, indicator: Indicator) -> None:
    by = world.actor(Role.COORDINATOR_ELSEWHERE, world.elsewhere)
    with pytest.raises(Http404):
        actions.set_targets(by=by, indicator_id=indicator.pk, targets=(), at=NOW)
    with pytest.raises(Http404):
        actions.put_in_force(by=by, indicator_id=indicator.pk, number=1, adopted_label="", at=NOW)
    with pytest.raises(Refused, match="gibt es nicht"):
        actions.create_indicator(
            by=world.actor(Role.COORDINATOR),
            draft=IndicatorDraft("X"),
            version=version(formula="fremd"),
            at=NOW,
        )


def test_a_change_starts_a_new_version_and_leaves_the_old_alone(
    world: World, indicator: Indicator
) -> None:
    before = IndicatorVersion.objects.filter(indicator=indicator).values().get()
    assert draft(world, indicator, formula="integriert / begonnen") == 2
    assert draft(world, indicator, formula="integriert / (begonnen + 1)") == 2
    actions.put_in_force(
        by=world.actor(Role.COORDINATOR),
        indicator_id=indicator.pk, number=2, adopted_label="Beschluss", at=NOW,
    )  # fmt: skip
    assert IndicatorVersion.objects.filter(number=1).values().get() == before
    assert draft(world, indicator, valid_from=Period.parse("2027")) == 3


def test_a_new_version_needs_a_reason(world: World, indicator: Indicator) -> None:
    with pytest.raises(Refused, match="warum"):
        draft(world, indicator, reason="  ")


@pytest.mark.parametrize("period", ["2025Q1", "2024Q4", "2025", "2025-01"])
def test_a_new_version_begins_after_the_one_in_force(
    world: World, indicator: Indicator, period: str
) -> None:
    with pytest.raises(Refused, match=r"Fassung 1 gilt schon ab 1\. Quartal 2025"):
        draft(world, indicator, valid_from=Period.parse(period))


def test_a_draft_can_be_thrown_away_but_not_what_counts(world: World, indicator: Indicator) -> None:
    by = world.actor(Role.COORDINATOR)
    draft(world, indicator)
    actions.discard_version_draft(by=by, indicator_id=indicator.pk, at=NOW)
    assert [v.number for v in indicator.versions.all()] == [1]
    with pytest.raises(Refused, match="keinen Entwurf"):
        actions.discard_version_draft(by=by, indicator_id=indicator.pk, at=NOW)


# -------------------------------------------------------------------- adopted by the partners


def adopted(world: World, version_id: int, **changed: Any) -> Adopted:
    given: dict[str, Any] = {
        "subject": "indicator_version", "subject_id": version_id, "scope_id": world.network.pk,
        "valid_from": "", "decision_label": "Konsentrunde 7", "at": NOW,
    }  # fmt: skip
    return Adopted(**given | changed)


def test_the_room_reacts_to_what_the_partners_adopt() -> None:
    assert "measurement" in registered()["react Adopted"]


@pytest.mark.parametrize(("valid_from", "begins"), [("", "2026Q1"), ("2026Q3", "2026Q3")])
def test_an_adopted_draft_counts(
    world: World, indicator: Indicator, valid_from: str, begins: str
) -> None:
    draft(world, indicator)
    pending = indicator.versions.get(number=2)
    tell(adopted(world, pending.pk, valid_from=valid_from))
    pending.refresh_from_db()
    assert (pending.state, pending.valid_from, pending.adopted_label) == (
        "in_force", begins, "Konsentrunde 7",
    )  # fmt: skip
    event = AuditEvent.objects.filter(action="indicator_version.in_force").latest("pk")
    assert (event.user, event.source) == (None, "measurement.adopted")


def test_one_that_counts_already_gains_the_decision_only(
    world: World, indicator: Indicator
) -> None:
    in_force = indicator.versions.get()
    tell(adopted(world, in_force.pk, valid_from="2030Q1"))
    after = indicator.versions.get()
    assert (after.adopted_label, after.valid_from) == ("Konsentrunde 7", "2025Q1")


def test_other_subjects_and_other_networks_change_nothing(
    world: World, indicator: Indicator
) -> None:
    draft(world, indicator)
    pending = indicator.versions.get(number=2)
    tell(adopted(world, pending.pk, subject="goal"))
    with pytest.raises(Refused):
        tell(adopted(world, pending.pk, scope_id=world.elsewhere.pk))
    with pytest.raises(Refused):
        tell(adopted(world, 999_999))
    pending.refresh_from_db()
    assert pending.state == "draft"


# ---------------------------------------------------------------------------------- targets


def test_targets_are_replaced_as_a_whole(world: World, indicator: Indicator) -> None:
    by = world.actor(Role.COORDINATOR)
    first = (
        TargetDraft(Period.parse("2026Q1"), Decimal("0.45"), Decimal("0.03")),
        TargetDraft(Period.parse("2026Q2"), Decimal("0.46")),
    )
    actions.set_targets(by=by, indicator_id=indicator.pk, targets=first, at=NOW)
    kept = Target.objects.get(period="2026Q2").pk
    actions.set_targets(
        by=by,
        indicator_id=indicator.pk,
        targets=(TargetDraft(Period.parse("2026Q2"), Decimal("0.5")),),
        at=NOW,
    )
    only = Target.objects.get()
    assert (only.pk, only.value, only.period_ordinal) == (
        kept, Decimal("0.5"), Period.parse("2026Q2").ordinal,
    )  # fmt: skip
    with pytest.raises(Refused, match="zwei Ziele"):
        actions.set_targets(by=by, indicator_id=indicator.pk, targets=first[:1] * 2, at=NOW)
    event = AuditEvent.objects.filter(action="indicator.targets_set").latest("pk")
    assert event.details["before"] == {
        "2026Q1": {"value": "0.4500", "tolerance": "0.0300"},
        "2026Q2": {"value": "0.4600", "tolerance": "0.0000"},
    }
    assert event.details["after"] == {"2026Q2": {"value": "0.5", "tolerance": "0"}}


# ------------------------------------------------------------------------------------ pages


def test_an_indicator_goes_from_form_to_force(world: World, coordinator: Client, at: At) -> None:
    coordinator.post(at("indikatoren/neu/"), NAME | version_form(baseline="38,5"))
    one = Indicator.objects.get()
    first = one.versions.get()
    assert (first.baseline, first.valid_from, first.percent) == (Decimal("0.385"), "2026Q1", True)
    page = coordinator.get(at(f"indikatoren/{one.pk}/fassung/1/gilt/")).content.decode()
    assert "nicht mehr ändern" in page
    response = coordinator.post(at(f"indikatoren/{one.pk}/fassung/1/gilt/"), {})
    assert "Bitte füllen Sie dieses Feld aus." in response.content.decode()
    coordinator.post(
        at(f"indikatoren/{one.pk}/fassung/1/gilt/"), {"adopted_label": "Treffen am 1. März"}
    )
    page = coordinator.get(at(f"indikatoren/{one.pk}/")).content.decode()
    assert "Treffen am 1. März" in page
    assert "38,5" not in page  # no decimals are shown
    assert "39\u202f%" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"formula": "integriert / beendt"}, "Meinten Sie ‚beendet‘?"),
        ({"formula": "fremd"}, "gibt es nicht"),
        ({"formula": "x" * 600}, "höchstens 500 Zeichen"),
        ({"valid_from_year": "26"}, "vier Ziffern"),
        ({"valid_from_part": ""}, "welcher Teil des Jahres"),
        ({"valid_from_part": "", "valid_from_year": ""}, "wählen Sie einen Zeitraum"),
        ({"baseline": "38,555"}, "höchstens zwei Stellen"),
        ({"direction": "sideways"}, "Diese Auswahl gibt es nicht"),
        ({"name": ""}, "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_mistakes_stay_with_their_sentence(
    coordinator: Client, at: At, changed: dict[str, str], said: str
) -> None:
    response = coordinator.post(at("indikatoren/neu/"), NAME | version_form(**changed))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Indicator.objects.exists()


def test_a_change_asks_for_a_reason_and_a_later_period(
    world: World, coordinator: Client, at: At, indicator: Indicator
) -> None:
    path = at(f"indikatoren/{indicator.pk}/fassung/")
    sent = version_form(valid_from_year="2025")
    page = coordinator.post(path, sent).content.decode()
    assert "gilt ab 1. Quartal 2025" in page
    assert "Bitte füllen Sie dieses Feld aus." in page
    coordinator.post(path, version_form(reason="Weil.", formula="integriert / begonnen"))
    assert indicator.versions.get(number=2).formula == "integriert / begonnen"
    page = coordinator.get(at(f"indikatoren/{indicator.pk}/")).content.decode()
    assert "Diese neue Fassung zählt noch nicht." in page
    coordinator.post(at(f"indikatoren/{indicator.pk}/fassung/verwerfen/"))
    assert indicator.versions.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("integriert/beendet", "Die Formel ist lesbar."),
        ("integriert/beendt", "Meinten Sie ‚beendet‘?"),
        ("<script>", "An Stelle 1"),
        ("", ""),
    ],
)
def test_a_formula_is_checked_while_typing(
    coordinator: Client, at: At, typed: str, said: str
) -> None:
    response = coordinator.get(at("indikatoren/formel/"), {"formula": typed, "percent": "on"})
    page = response.content.decode()
    assert said in page
    assert "<script>" not in page
    assert "<html" not in page


def test_without_scripts_a_button_checks_and_stores_nothing(coordinator: Client, at: At) -> None:
    sent = NAME | version_form(pruefen="1", name="", definition="")
    page = coordinator.post(at("indikatoren/neu/"), sent).content.decode()
    assert "Die Formel ist lesbar." in page
    assert "Bitte füllen Sie" not in page
    assert not Indicator.objects.exists()


def test_targets_of_several_periods_at_once(
    world: World, coordinator: Client, at: At, indicator: Indicator
) -> None:
    def row(part: str, year: str, value: str, tolerance: str) -> dict[str, str]:
        return {
            "period_part": part, "period_year": year, "value": value, "tolerance": tolerance,
        }  # fmt: skip

    path = at(f"indikatoren/{indicator.pk}/ziele/")
    sent = rows(
        "z", row("q1", "2026", "45", "3"), row("q2", "2026", "46,5", ""), row("q3", "2026", "", "")
    )
    page = coordinator.post(path, sent, follow=True).content.decode()
    assert "1. Quartal 2026: mindestens 45\u202f%, knapp verfehlt ab 42\u202f%" in page
    assert list(Target.objects.values_list("value", "tolerance")) == [
        (Decimal("0.45"), Decimal("0.03")),
        (Decimal("0.465"), Decimal(0)),
    ]
    for wrong, said in (
        (rows("z", row("q1", "2026", "45", ""), row("q1", "2026", "46", "")), "zwei Ziele"),
        (rows("z", row("", "", "45", "")), "Für welchen Zeitraum"),
        (rows("z", row("q1", "2026", "", "3")), "fehlt der Zielwert"),
        (rows("z", row("q1", "2026", "viel", "")), "keine Zahl"),
        (rows("z", row("q1", "2026", "45", "-1")), "mindestens 0"),
        (rows("z", row("q1", "2026", "45,123", "")), "zwei Stellen"),
    ):
        assert said in coordinator.post(path, wrong).content.decode()
    assert Target.objects.count() == 2


def test_partners_and_observers_read_but_cannot_change(
    world: World, at: At, indicator: Indicator
) -> None:
    for role in (Role.PRACTITIONER_OWN, Role.LEADERSHIP_FOREIGN, Role.OBSERVER):
        page = world.client(role).get(at(f"indikatoren/{indicator.pk}/")).content.decode()
        assert "integriert / beendet" in page
        assert "/fassung/" not in page
        assert "/ziele/" not in page


def test_texts_of_people_are_never_markup(world: World, coordinator: Client, at: At) -> None:
    bad = "<script>alert(1)</script>"
    coordinator.post(
        at("indikatoren/neu/"),
        version_form(name=bad, goal=bad, definition=bad, unit="<b>x</b>", baseline_note=bad),
    )
    pk = Indicator.objects.get().pk
    for path in ("", f"{pk}/", f"{pk}/fassung/", f"{pk}/fassung/1/gilt/", f"{pk}/ziele/"):
        page = coordinator.get(at(f"indikatoren/{path}")).content.decode()
        assert "<script>alert" not in page
        assert "<b>x" not in page
