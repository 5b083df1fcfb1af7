"""A whole round through the pages, without JavaScript: type, save, check, submit, approve."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.integration.measurement.collection.conftest import Collection
from tests.world import Role
from wirknetz.measurement.models import Approval, Entry, Submission

pytestmark = pytest.mark.django_db


def fields_of(collection: Collection, **typed: str) -> dict[str, str]:
    """What a browser posts from the form: every field of the page."""
    page = collection.client().get(collection.url("submission"))
    form = page.context["page"].form
    data = {}
    for block in form.blocks:
        data[f"g:{block.measure.id}"] = data[f"h:{block.measure.id}"] = block.chosen
        for table in block.tables:
            for field in table.fields:
                data |= {f"v:{field.key}": field.text, f"s:{field.key}": field.seen}
                if block.measure.is_mean:
                    data[f"n:{field.key}"] = field.n_text
    return data | typed


def all_typed(collection: Collection) -> dict[str, str]:
    data = fields_of(collection)
    typed = {name: "3" for name in data if name.startswith(f"v:{collection.begun.pk}:")}
    typed |= {f"v:{collection.ended.pk}:": "1.200", f"v:{collection.talks.pk}:": "4,5",
              f"n:{collection.talks.pk}:": "12"}  # fmt: skip
    return data | typed


def test_a_round_from_the_first_value_to_approval(collection: Collection) -> None:
    client = collection.client()
    answer = client.post(collection.url("submission"), all_typed(collection) | {"go": "check"})
    assert answer.status_code == 302
    assert answer.url == collection.url("submission_check")
    assert collection.current()["beendet", ""] == Decimal(1200)
    assert collection.current()["gespraeche", ""] == Decimal("4.5")

    page = client.get(answer.url)
    assert page.status_code == 200
    assert page.context["page"].check.ready
    submitted = client.post(answer.url, {"go": "submit"})
    assert submitted.url == collection.url("submission_review")
    assert collection.submission.state == Submission.State.SUBMITTED

    leader = collection.client(Role.LEADERSHIP_OWN)
    review = leader.get(collection.url("submission_review"))
    assert "Bestätigen" in review.content.decode()
    seen = review.context["page"].dossier.content_hash
    assert leader.post(collection.url("submission_approve"), {"seen": seen}).status_code == 302

    assert collection.submission.state == Submission.State.APPROVED
    approval = Approval.objects.get(submission=collection.submission)
    assert approval.content_hash == seen
    assert not approval.alone
    assert not Entry.objects.filter(counted_from__isnull=True).exists()

    minutes = collection.url("submission_minutes")
    assert client.post(minutes, {"minutes": "15"}).status_code == 302
    assert collection.submission.minutes == 15


def test_the_plain_button_keeps_what_is_wrong_and_saves_the_rest(collection: Collection) -> None:
    client = collection.client()
    typed = fields_of(
        collection,
        **{f"v:{collection.ended.pk}:": "zwölf", f"v:{collection.talks.pk}:": "4,5",
           f"n:{collection.talks.pk}:": "10"},
    )  # fmt: skip
    client.post(collection.url("submission"), typed | {"go": "save"})
    assert collection.current() == {("gespraeche", ""): Decimal("4.5")}
    page = client.get(collection.url("submission")).content.decode()
    assert 'value="zwölf"' in page
    assert "„zwölf“ ist keine Zahl" in page
    assert client.post(collection.url("submission_submit")).status_code == 422
    assert collection.submission.state == Submission.State.DRAFT


def test_every_page_answers(collection: Collection) -> None:
    client = collection.client()
    for name in ("submission", "submission_check"):
        assert client.get(collection.url(name)).status_code in {200, 302}
    client.post(collection.url("submission"), all_typed(collection))
    for name in ("submission", "submission_check", "submission_review"):
        assert client.get(collection.url(name)).status_code == 200
    where = collection.url("submission_history", measure_id=collection.ended.pk)
    assert "1.200" in client.get(where).content.decode()
    slug, round_ = collection.world.network.slug, collection.round.pk
    assert client.get(f"/netz/{slug}/wirkung/meldungen/").status_code == 200
    assert client.get(f"/netz/{slug}/wirkung/runden/{round_}/stand/").status_code == 200
