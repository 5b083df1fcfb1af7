"""Measures and dimensions: what they keep, what they refuse, what pages say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.http import Http404
from django.test import Client

from tests.integration.measurement.definitions.conftest import measure_form, rows
from tests.world import NOW, Role, World, add_measure, add_round
from wirknetz.foundation.models import AuditEvent
from wirknetz.foundation.refusal import Refused
from wirknetz.measurement.actions import dimensions as dimension_actions
from wirknetz.measurement.actions import measures as actions
from wirknetz.measurement.models import Cell, Dimension, Entry, Measure, Round
from wirknetz.measurement.rules.drafts import CategoryDraft, DimensionDraft, MeasureDraft

At = Callable[[str], str]
DRAFT = MeasureDraft(
    name="Reha begonnen", definition="…", level="output", counts="persons", adds="flow"
)


def report(measure: Measure, world: World, **fields: object) -> Entry:
    """A reported value of this measure."""
    asked = Round.objects.filter(expectations__measure=measure).first() or add_round(
        world.network, measures=(measure,), organisations=(world.own,)
    )
    cell, _ = Cell.objects.get_or_create(network=world.network, key="", grain="")
    return Entry.objects.create(
        submission=asked.submissions.first(), organisation=world.own, measure=measure, cell=cell,
        period=asked.period_ordinal, amount=Decimal(5), revision=1, recorded_at=NOW, **fields,
    )  # fmt: skip


def test_a_measure_is_made_and_tells_the_trail(world: World) -> None:
    pk = actions.create_measure(by=world.actor(Role.COORDINATOR), draft=DRAFT, at=NOW)
    made = Measure.objects.get(pk=pk)
    assert (made.code, made.network) == ("reha_begonnen", world.network)
    event = AuditEvent.objects.get(action="measure.created")
    assert (event.object_id, event.user) == (str(pk), world.user(Role.COORDINATOR))


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
def test_only_the_coordinating_office_writes(world: World, role: Role) -> None:
    one = add_measure(world.network, "begonnen")
    by = world.actor(role)
    for act in (
        lambda: actions.create_measure(by=by, draft=DRAFT, at=NOW),
        lambda: actions.change_measure(by=by, measure_id=one.pk, draft=DRAFT, at=NOW),
        lambda: actions.retire_measure(by=by, measure_id=one.pk, at=NOW),
        lambda: actions.restore_measure(by=by, measure_id=one.pk, at=NOW),
        lambda: dimension_actions.save_dimension(by=by, draft=DimensionDraft("Alter"), at=NOW),
    ):
        with pytest.raises(Refused):
            act()
    assert not AuditEvent.objects.exists()


def test_another_networks_measure_is_not_there(world: World) -> None:
    foreign = add_measure(world.elsewhere, "begonnen")
    by = world.actor(Role.COORDINATOR)
    with pytest.raises(Http404):
        actions.change_measure(by=by, measure_id=foreign.pk, draft=DRAFT, at=NOW)
    with pytest.raises(Http404):
        actions.retire_measure(by=by, measure_id=foreign.pk, at=NOW)
    foreign.refresh_from_db()
    assert foreign.retired_on is None


@pytest.mark.parametrize(
    "changed", [{"counts": "cases"}, {"adds": "stock"}, {"code": "anders"}, {"unit": "Stunden"}]
)
def test_once_reported_the_meaning_stays(world: World, changed: dict[str, str]) -> None:
    one = add_measure(world.network, "begonnen")
    report(one, world)
    by = world.actor(Role.COORDINATOR)
    same = {"code": "begonnen", "counts": one.counts, "adds": one.adds, "level": "output"}
    same |= {"unit": one.unit, "reason": "Kürzer"}
    draft = MeasureDraft(name="Neu", definition="…", **same | changed)
    with pytest.raises(Refused, match="neue Messgröße"):
        actions.change_measure(by=by, measure_id=one.pk, draft=draft, at=NOW)
    actions.change_measure(
        by=by, measure_id=one.pk, draft=MeasureDraft(name="Neu", definition="…", **same), at=NOW
    )
    one.refresh_from_db()
    assert (one.name, one.counts, one.adds, one.code) == ("Neu", "persons", "flow", "begonnen")


def test_a_code_used_in_a_rule_stays(world: World) -> None:
    one = add_measure(world.network, "begonnen")
    world.network.validation_rules.create(
        expression="begonnen <= 5", severity="error", message="Zu viele."
    )
    draft = MeasureDraft(
        name="X", definition="…", level="output", counts="cases", adds="flow", code="anders"
    )
    with pytest.raises(Refused):
        actions.change_measure(
            by=world.actor(Role.COORDINATOR), measure_id=one.pk, draft=draft, at=NOW
        )


def test_a_code_is_free_once_per_network(world: World) -> None:
    add_measure(world.network, "begonnen")
    add_measure(world.elsewhere, "beendet")
    by = world.actor(Role.COORDINATOR)
    for code in ("begonnen", "min"):
        draft = MeasureDraft("X", "…", "output", "cases", "flow", code=code)
        with pytest.raises(Refused, match=code):
            actions.create_measure(by=by, draft=draft, at=NOW)
    actions.create_measure(
        by=by, draft=MeasureDraft("X", "…", "output", "cases", "flow", code="beendet"), at=NOW
    )


def test_retiring_keeps_everything_and_can_be_undone(world: World) -> None:
    one = add_measure(world.network, "begonnen")
    report(one, world)
    by = world.actor(Role.COORDINATOR)
    for _ in range(2):
        actions.retire_measure(by=by, measure_id=one.pk, at=NOW)
    one.refresh_from_db()
    assert one.retired_on == NOW.date()
    assert Entry.objects.count() == 1
    assert AuditEvent.objects.filter(action="measure.retired").count() == 1
    actions.restore_measure(by=by, measure_id=one.pk, at=NOW + dt.timedelta(days=1))
    one.refresh_from_db()
    assert one.retired_on is None


def test_a_dimension_of_another_network_is_not_taken(world: World) -> None:
    foreign = Dimension.objects.create(network=world.elsewhere, code="alter", name="Alter")
    draft = MeasureDraft("X", "…", "output", "cases", "flow", dimension_ids=frozenset({foreign.pk}))
    pk = actions.create_measure(by=world.actor(Role.COORDINATOR), draft=draft, at=NOW)
    assert not Measure.objects.get(pk=pk).dimensions.exists()


# ------------------------------------------------------------------------------- dimensions


def test_categories_get_codes_and_an_order(world: World) -> None:
    draft = DimensionDraft(
        "Geschlecht",
        categories=(CategoryDraft("weiblich"), CategoryDraft("unbekannt", is_unknown=True)),
    )
    pk = dimension_actions.save_dimension(by=world.actor(Role.COORDINATOR), draft=draft, at=NOW)
    made = Dimension.objects.get(pk=pk)
    assert made.code == "geschlecht"
    assert list(made.categories.values_list("code", "position", "is_unknown")) == [
        ("weiblich", 1, False),
        ("unbekannt", 2, True),
    ]


@pytest.mark.parametrize(
    ("categories", "said"),
    [
        ((CategoryDraft("A", is_unknown=True), CategoryDraft("B", is_unknown=True)), "Nur eine"),
        ((CategoryDraft("A", code="a"), CategoryDraft("B", code="a")), "dasselbe Kürzel"),
        ((CategoryDraft("A", id=999_999),), "gehört nicht"),
    ],
)
def test_impossible_categories_are_refused(
    world: World, categories: tuple[CategoryDraft, ...], said: str
) -> None:
    draft = DimensionDraft("Geschlecht", categories=categories)
    with pytest.raises(Refused, match=said):
        dimension_actions.save_dimension(by=world.actor(Role.COORDINATOR), draft=draft, at=NOW)
    assert not Dimension.objects.exists()


def test_a_code_that_was_reported_by_stays(world: World) -> None:
    by = world.actor(Role.COORDINATOR)
    draft = DimensionDraft("Alter", categories=(CategoryDraft("jung"),))
    pk = dimension_actions.save_dimension(by=by, draft=draft, at=NOW)
    one = Dimension.objects.get(pk=pk)
    category = one.categories.get()
    cell = Cell.objects.create(network=world.network, key="alter=jung", grain="alter")
    cell.categories.create(dimension=one, category=category)
    for changed in (
        DimensionDraft("Alter", code="age", categories=(CategoryDraft("jung", id=category.pk),)),
        DimensionDraft("Alter", categories=(CategoryDraft("jung", "young", category.pk),)),
    ):
        with pytest.raises(Refused, match="Kürzel"):
            dimension_actions.save_dimension(by=by, dimension_id=pk, draft=changed, at=NOW)
    kept = DimensionDraft(
        "Alter", retired=True, categories=(CategoryDraft("jünger", id=category.pk, retired=True),)
    )
    dimension_actions.save_dimension(by=by, dimension_id=pk, draft=kept, at=NOW)
    category.refresh_from_db()
    assert (category.code, category.name, category.retired) == ("jung", "jünger", True)


# ------------------------------------------------------------------------------------ pages


def test_a_measure_is_added_through_its_page(world: World, coordinator: Client, at: At) -> None:
    response = coordinator.post(at("messgroessen/neu/"), measure_form(), follow=True)
    assert "Die Messgröße ist angelegt." in response.content.decode()
    assert Measure.objects.get().code == "beratungen_begonnen"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"adds": ""}, "Bitte wählen Sie etwas aus."),
        ({"adds": "median"}, "Diese Auswahl gibt es nicht"),
        ({"name": "x" * 4000}, "höchstens 120 Zeichen, Sie haben 4000"),
        ({"definition": "x" * 20_000}, "höchstens 2000 Zeichen"),
        ({"code": "Ä ö"}, "Ein Kürzel beginnt mit einem Kleinbuchstaben"),
        ({"code": "and"}, "Dieses Kürzel gibt es schon."),
        ({"maximum": "1.500"}, "Meinen Sie 1500 oder 1,5?"),
        ({"maximum": "9" * 30}, "zu groß"),
        ({"maximum": "viel"}, "keine Zahl"),
        ({"position": "-1"}, "mindestens 0"),
        ({"decimals": "9"}, "Diese Auswahl gibt es nicht"),
    ],
)
def test_mistakes_stay_with_their_sentence(
    coordinator: Client, at: At, changed: dict[str, str], said: str
) -> None:
    response = coordinator.post(at("messgroessen/neu/"), measure_form(**changed))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Measure.objects.exists()


def test_what_is_fixed_is_not_read_from_the_form(world: World, coordinator: Client, at: At) -> None:
    one = add_measure(world.network, "begonnen")
    report(one, world)
    page = coordinator.get(at(f"messgroessen/{one.pk}/aendern/")).content.decode()
    assert f"messgroessen/neu/?wie={one.pk}" in page
    coordinator.post(
        at(f"messgroessen/{one.pk}/aendern/"),
        measure_form(name="Neuer Name", adds="mean", counts="events", code="x", reason="Kürzer"),
    )
    one.refresh_from_db()
    assert (one.name, one.adds, one.counts, one.code) == (
        "Neuer Name", "flow", "persons", "begonnen",
    )  # fmt: skip


def test_a_new_measure_begins_like_another(world: World, coordinator: Client, at: At) -> None:
    one = add_measure(world.network, "begonnen", definition="Nur einmal je Person.")
    page = coordinator.get(at(f"messgroessen/neu/?wie={one.pk}")).content.decode()
    assert "Nur einmal je Person." in page
    assert 'value="begonnen"' not in page
    foreign = add_measure(world.elsewhere, "fremd", definition="Geheim im Nachbarnetz.")
    page = coordinator.get(at(f"messgroessen/neu/?wie={foreign.pk}")).content.decode()
    assert "Geheim" not in page
    assert coordinator.get(at("messgroessen/neu/?wie=²")).status_code == 200


def test_texts_of_people_are_never_markup(world: World, coordinator: Client, at: At) -> None:
    one = add_measure(
        world.network, "x", name="<script>alert(1)</script>", definition="<b>fett</b>",
        unit="<i>", group="<img>",
    )  # fmt: skip
    for path in ("", f"{one.pk}/", f"{one.pk}/aendern/", "beispiel/?adds=flow&unit=<b>x"):
        page = coordinator.get(at(f"messgroessen/{path}")).content.decode()
        assert not any(bad in page for bad in ("<script>alert", "<b>fett", "<i>", "<img>", "<b>x"))


def test_the_page_of_a_measure_says_who_reports_it_and_what_uses_it(world: World, at: At) -> None:
    one = add_measure(world.network, "begonnen")
    add_round(world.network, measures=(one,), organisations=(world.own, world.third))
    report(one, world)
    world.network.validation_rules.create(
        expression="begonnen <= 900", severity="error", message="Zu viele."
    )
    page = world.client(Role.PRACTITIONER_OWN).get(at(f"messgroessen/{one.pk}/")).content.decode()
    assert "sind 2 Organisationen danach gefragt" in page
    assert world.third.name in page
    assert "3. Quartal 2026" in page
    assert "begonnen &lt;= 900" in page
    watched = world.client(Role.OBSERVER).get(at(f"messgroessen/{one.pk}/")).content.decode()
    assert "sind 2 Organisationen danach gefragt" in watched
    assert world.third.name not in watched


def test_a_dimension_is_kept_through_its_page(world: World, coordinator: Client, at: At) -> None:
    sent = {"name": "Geschlecht"} | rows(
        "a",
        {"name": "unbekannt", "order": "20", "is_unknown": "on"},
        {"name": "weiblich", "order": "10"},
        {},
    )
    coordinator.post(at("merkmale/neu/"), sent)
    one = Dimension.objects.get()
    assert [c.name for c in one.categories.all()] == ["weiblich", "unbekannt"]
    first, second = one.categories.all()
    sent = {"name": "Geschlecht"} | rows(
        "a",
        {"id": first.pk, "name": "Frauen", "code": "weiblich", "order": "2"},
        {"id": second.pk, "name": "offen", "code": "unbekannt", "order": "1", "retired": "on"},
        initial=2,
    )
    coordinator.post(at(f"merkmale/{one.pk}/"), sent)
    assert [(c.name, c.retired) for c in one.categories.all()] == [
        ("offen", True),
        ("Frauen", False),
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (rows("a", {}), "mindestens eine Ausprägung"),
        (rows("a", {"name": "A"}, {"name": "a"}), "steht doppelt"),
        (rows("a", {"code": "a"}), "einen Namen"),
        (rows("a", {"name": "A", "code": "a b"}), "Kürzel"),
        (rows("a", {"name": "A", "is_unknown": "on"}, {"name": "B", "is_unknown": "on"}),
         "Nur eine"),
        (rows("a", {"name": "A", "id": "424242"}), "gehört nicht zu diesem Merkmal"),
        (rows("a", {"name": "x" * 500}), "höchstens 80 Zeichen"),
    ],
)  # fmt: skip
def test_mistakes_in_categories_are_said(
    coordinator: Client, at: At, sent: dict[str, str], said: str
) -> None:
    response = coordinator.post(at("merkmale/neu/"), {"name": "Alter"} | sent)
    assert said in response.content.decode()
    assert not Dimension.objects.exists()


def test_without_its_management_data_the_table_is_refused_politely(
    coordinator: Client, at: At
) -> None:
    response = coordinator.post(at("merkmale/neu/"), {"name": "Alter"})
    assert response.status_code == 200
    assert not Dimension.objects.exists()
