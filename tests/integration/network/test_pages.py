"""The pages: what people read, what forms do, what is escaped, for whom one acts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.urls import reverse

from tests.world import Role, World, add_affiliation, add_organisation, add_person
from wirknetz.foundation.models import AuditEvent, OutboxMessage
from wirknetz.network.models import Affiliation, Membership, Organisation, Region

EVIL = "<script>alert(1)</script><b>Haus</b>"


def _url(world: World, name: str, *args: object) -> str:
    return reverse(f"network:{name}", args=[world.network.slug, *args])


def _post(world: World, role: Role, url: str, data: Mapping[str, object]) -> str:
    return world.client(role).post(url, data, follow=True).content.decode()


def _new(**changes: object) -> dict[str, object]:
    return {
        "name": "Bildungswerk Ahornallee", "short_name": "Ahornallee", "sector": "civil",
        "legal_area": "sgb2", "stage": "candidate", **changes,
    }  # fmt: skip


def test_taking_an_organisation_in(world: World) -> None:
    page = _post(world, Role.COORDINATOR, _url(world, "new_organisation"), _new())
    assert "Die Organisation ist aufgenommen." in page
    assert "Bildungswerk Ahornallee" in page


def test_a_missing_name_is_said_beside_the_field_and_nothing_stored(world: World) -> None:
    page = _post(world, Role.COORDINATOR, _url(world, "new_organisation"), _new(name=" "))
    assert "Eine Angabe fehlt oder stimmt noch nicht" in page
    assert 'value="Ahornallee"' in page
    assert Organisation.objects.count() == 4


def test_a_known_organisation_is_asked_about(world: World) -> None:
    url = _url(world, "new_organisation")
    asked = _post(world, Role.COORDINATOR, url, _new(name=world.outside.name))
    assert "Diese Organisation kennt Wirknetz schon" in asked
    assert world.elsewhere.name not in asked
    assert not Membership.objects.filter(network=world.network, organisation=world.outside).exists()
    page = _post(world, Role.COORDINATOR, url, _new(name=world.outside.name, reuse="on"))
    assert "Die Organisation ist aufgenommen." in page


def test_names_are_escaped_everywhere(world: World) -> None:
    organisation = add_organisation("Haus", world.network)
    Organisation.objects.filter(pk=organisation.pk).update(name=EVIL, city=EVIL, short_name="x")
    person = add_person(EVIL, "boese@example.org")
    person.user.name = EVIL
    person.user.save()
    add_affiliation(world.network, person, organisation, function=EVIL)
    Region.objects.create(network=world.network, name=EVIL)
    type(world.network).objects.filter(pk=world.network.pk).update(name=EVIL, backbone_name=EVIL)
    AuditEvent.objects.create(
        at="2026-11-01T00:00Z", user=person.user, scope_id=world.network.pk, action="x.y",
        object_label=EVIL, on_behalf_label=EVIL, details={"changed": {"name": [EVIL, EVIL]}},
    )  # fmt: skip
    client = world.client(Role.COORDINATOR)
    pages = [
        _url(world, name)
        for name in ("organisations", "people", "regions", "settings", "trail", "roles")
    ]
    pages += [_url(world, "organisation", organisation.pk), f"/netz/{world.network.slug}/"]
    for url in pages:
        page = client.get(url).content.decode()
        assert "<script>alert" not in page, url
        assert "<b>Haus" not in page, url
        assert "&lt;script&gt;alert" in page, url


def test_a_search_is_escaped_too(world: World) -> None:
    page = world.client(Role.OBSERVER).get(_url(world, "organisations"), {"q": EVIL})
    assert "<script>alert" not in page.content.decode()
    assert "Keine Organisation passt dazu" in page.content.decode()


def test_a_website_is_an_address_of_the_web(world: World) -> None:
    url = _url(world, "change_organisation", world.own.pk)
    data = _new(name=world.own.name, website="javascript:alert(1)")
    page = _post(world, Role.LEADERSHIP_OWN, url, data)
    assert "javascript:alert(1)" not in page.replace('value="javascript:alert(1)"', "")
    world.own.refresh_from_db()
    assert world.own.website == ""


def test_observers_see_organisations_and_no_people(world: World) -> None:
    page = world.client(Role.OBSERVER).get(_url(world, "organisation", world.own.pk))
    words = page.content.decode()
    assert world.own.name in words
    for name in ("Petra Probe", "Lena Leitbild", "Ansprechpersonen", "example.org"):
        assert name not in words


def test_partners_see_names_but_no_foreign_addresses(world: World) -> None:
    page = world.client(Role.PRACTITIONER_OWN).get(_url(world, "people")).content.decode()
    assert "Ludwig Lehrbuch" in page
    assert "leadership_foreign@example.org" not in page
    assert "leadership_own@example.org" in page


def test_a_colleague_is_invited_by_form(world: World) -> None:
    url = _url(world, "new_person", world.own.pk)
    data = {
        "name": "Nina Neuland", "email": "nina@example.org", "level": "operative",
        "function": "Reha", "invited": "on",
    }  # fmt: skip
    page = _post(world, Role.LEADERSHIP_OWN, url, data)
    assert "Die Einladung ist unterwegs." in page
    assert "eingeladen" in page
    assert OutboxMessage.objects.get().recipient == "nina@example.org"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"email": "keine-adresse"}, "E-Mail"),
        ({"mandate": "on"}, "seit wann das Mandat gilt"),
        ({"mandate": "on", "mandate_since_day": "1", "mandate_since_month": "1",
          "mandate_since_year": "2999"}, "liegt in der Zukunft"),
        ({"mandate": "on", "mandate_since_day": "31", "mandate_since_month": "2",
          "mandate_since_year": "2026"}, "Dieses Datum gibt es nicht"),
        ({"level": "chefin"}, "Ebene"),
        ({"name": "x" * 200}, "Name"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_not_stored(
    world: World, data: Mapping[str, str], sentence: str
) -> None:
    given = {"name": "Nina", "email": "nina@example.org", "level": "operative", "invited": "on"}
    before = Affiliation.objects.count()
    page = _post(world, Role.LEADERSHIP_OWN, _url(world, "new_person", world.own.pk), given | data)
    assert 'id="fehler"' in page
    assert sentence in page
    assert Affiliation.objects.count() == before


def test_ending_asks_first(world: World) -> None:
    tie = world.affiliation(Role.PRACTITIONER_OWN)
    url = _url(world, "end_person", world.own.pk, tie.pk)
    client = world.client(Role.LEADERSHIP_OWN)
    assert "Petra Probe handelt nicht mehr" in client.get(url).content.decode()
    tie.refresh_from_db()
    assert tie.until is None
    client.post(url)
    tie.refresh_from_db()
    assert tie.until is not None


def test_an_affiliation_is_looked_for_at_its_own_organisation(world: World) -> None:
    tie = world.affiliation(Role.PRACTITIONER_FOREIGN)
    url = _url(world, "change_person", world.own.pk, tie.pk)
    assert world.client(Role.COORDINATOR).get(url).status_code == 404


def test_one_always_reads_for_whom_one_acts(world: World) -> None:
    person = world.person(Role.PRACTITIONER_OWN)
    add_affiliation(world.network, person, world.third)
    client = world.client(Role.PRACTITIONER_OWN)
    today = f"/netz/{world.network.slug}/"
    assert f"<strong>{world.third.name}</strong>" in client.get(today).content.decode()
    url = _url(world, "act_for")
    page = client.post(url, {"acting": world.own.pk, "next": today}, follow=True).content.decode()
    assert f"<strong>{world.own.name}</strong>" in page
    assert f"Sie handeln jetzt für {world.own.name}." in page


@pytest.mark.parametrize("wanted", ["shared", "outside", "-1", "9" * 30, "x", "0"])
def test_nobody_acts_for_an_organisation_one_does_not_belong_to(world: World, wanted: str) -> None:
    value = getattr(getattr(world, wanted, None), "pk", wanted)
    client = world.client(Role.PRACTITIONER_OWN)
    response = client.post(_url(world, "act_for"), {"acting": value})
    assert response.status_code == 403
    assert "handeln Sie hier nicht" in response.content.decode()
    page = client.get(f"/netz/{world.network.slug}/").content.decode()
    assert f"<strong>{world.own.name}</strong>" in page


def test_the_way_back_stays_on_this_site(world: World) -> None:
    client = world.client(Role.PRACTITIONER_OWN)
    data = {"acting": world.own.pk, "next": "https://boese.example.org/"}
    response = client.post(_url(world, "act_for"), data)
    assert response["Location"] == f"/netz/{world.network.slug}/"


def test_the_trail_speaks_in_sentences(world: World) -> None:
    client = world.client(Role.COORDINATOR)
    client.post(_url(world, "move_stage", world.own.pk), {"stage": "dormant"})
    data = {"level": "operative", "function": "Reha"}
    tie = world.affiliation(Role.LEADERSHIP_OWN)
    client.post(_url(world, "change_person", world.own.pk, tie.pk), data)
    page = client.get(_url(world, "trail")).content.decode().split("<tbody>")[1]
    assert "Stand der Mitgliedschaft geändert" in page
    assert "Stand: vorher Mitglied, jetzt ruhend" in page
    assert "Lena Leitbild · Sozialwerk Lindenhof" in page
    assert "Karla Koordinata" in page
    assert "affiliation." not in page


def test_the_trail_is_narrowed(world: World) -> None:
    client = world.client(Role.COORDINATOR)
    client.post(_url(world, "move_stage", world.own.pk), {"stage": "dormant"})
    client.post(_url(world, "new_region"), {"name": "Südstadt"})
    url = _url(world, "trail")

    def rows(**narrow: object) -> str:
        body = client.get(url, narrow).content.decode()
        return body.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in body else ""

    assert "Südstadt" in rows(action="region.added")
    assert "Mitgliedschaft" not in rows(action="region.added")
    assert "Südstadt" in rows(user=world.user(Role.COORDINATOR).pk)
    assert rows(until_day="1", until_month="1", until_year="2020") == ""
    assert "Südstadt" in rows(user="kein")  # nonsense narrows nothing


def test_the_trail_of_another_network_is_not_in_it(world: World) -> None:
    foreign = world.client(Role.COORDINATOR_ELSEWHERE)
    foreign.post(reverse("network:new_region", args=[world.elsewhere.slug]), {"name": "Fernstadt"})
    page = world.client(Role.COORDINATOR).get(_url(world, "trail")).content.decode()
    assert "Fernstadt" not in page


@pytest.mark.parametrize("name", ["organisations", "people", "trail"])
def test_pages_do_not_ask_more_for_more(world: World, name: str) -> None:
    client = world.client(Role.COORDINATOR)
    url = _url(world, name)
    _fill(world, range(1))
    client.get(url)
    few = _count(client, url)
    _fill(world, range(1, 20))
    assert _count(client, url) == few


def _fill(world: World, numbers: range) -> None:
    for number in numbers:
        organisation = add_organisation(f"Verein {number:02}", world.network)
        person = add_person(f"Person {number:02}", f"p{number}@example.org")
        add_affiliation(world.network, person, organisation)
        AuditEvent.objects.create(
            at="2026-11-01T00:00Z", user=person.user, scope_id=world.network.pk, action="x.y",
            object_type="user", object_id=person.user_id, details={"person": person.pk},
        )  # fmt: skip


def _count(client: object, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(url)  # type: ignore[attr-defined]
    return len(captured)
