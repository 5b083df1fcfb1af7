"""Everything one organisation contributed to the collection, for its own export."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from wirknetz.measurement.models import Approval, Entry, FindingAnswer, Submission, SubmissionNote
from wirknetz.measurement.queries.cells import cell_labels
from wirknetz.measurement.queries.collection.said import value_of
from wirknetz.measurement.queries.collection.sentences import STATE_WORDS

Sheet = tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]


def reports(*, organisation_id: int, network_id: int) -> Sheet:
    """One row per submission. One query."""
    rows = (
        Submission.objects.filter(organisation_id=organisation_id, round__network_id=network_id)
        .select_related("round", "submitted_by")
        .order_by("round__period_ordinal", "id")
    )
    header = (
        _("Runde"), _("Zeitraum"), _("Stand"), _("Fassung"), _("zuerst eingereicht"),
        _("eingereicht"), _("eingereicht von"), _("bestätigt"), _("Dauer in Minuten"),
    )  # fmt: skip
    return header, tuple(_report(row) for row in rows)


def _report(s: Submission) -> tuple[object, ...]:
    return (
        s.round.title, s.round.period_code, str(s.get_state_display()), s.revision,
        s.first_submitted_at, s.submitted_at, s.submitted_by.name if s.submitted_by else "",
        s.approved_at, s.minutes,
    )  # fmt: skip


def values(*, organisation_id: int, network_id: int) -> Sheet:
    """One row per value ever said, superseded ones too. Two queries."""
    rows = list(
        Entry.objects.filter(
            organisation_id=organisation_id, submission__round__network_id=network_id
        )
        .select_related("submission__round", "measure", "cell", "recorded_by", "superseded_by")
        .order_by("period", "measure__code", "cell__key", "id")
    )
    header = (
        _("Runde"), _("Zeitraum"), _("Messgröße"), _("Kürzel"), _("Ausprägung"),
        _("Kürzel der Ausprägung"), _("Wert"), _("Grund, wenn kein Wert"), _("Zahl der Fälle"),
        _("zählt für die Summe"), _("Fassung"), _("Grund"), _("gemeldet"), _("gemeldet von"),
        _("Gilt bis"), _("ersetzt von"), _("zählt seit"), _("zählt bis"), _("aus der Datei"),
        _("Blatt"), _("Zelle"), _("Prüfsumme der Datei"),
    )  # fmt: skip
    labels = cell_labels(row.cell_id for row in rows)
    return header, tuple(_value(row, labels.get(row.cell_id, "")) for row in rows)


_OF_FILE = ("file", "sheet", "cell", "sha256")


def _value(e: Entry, cell: str) -> tuple[object, ...]:
    said, in_round = value_of(e.state, e.amount, e.n), e.submission.round
    return (
        in_round.title, in_round.period_code, e.measure.name, e.measure.code, cell, e.cell.key,
        said.amount, "" if said.amount is not None else str(STATE_WORDS[said.state]), e.n, e.base,
        e.revision, e.reason, e.recorded_at, e.recorded_by.name if e.recorded_by else "",
        e.superseded_at, e.superseded_by.name if e.superseded_by else "", e.counted_from,
        e.counted_until, *((e.source or {}).get(name, "") for name in _OF_FILE),
    )  # fmt: skip


def approvals(*, organisation_id: int, network_id: int) -> Sheet:
    """One row per approval. One query."""
    rows = Approval.objects.filter(
        submission__organisation_id=organisation_id, submission__round__network_id=network_id
    ).order_by("at", "id")
    columns = (
        "submission__round__title", "revision", "at", "by__name", "alone", "content_hash",
    )  # fmt: skip
    header = (
        _("Runde"), _("Fassung"), _("bestätigt"), _("bestätigt von"), _("ohne zweite Person"),
        _("Prüfsumme"),
    )  # fmt: skip
    return header, tuple(rows.values_list(*columns))


def remarks(*, organisation_id: int, network_id: int) -> Sheet:
    """What was written about its submissions: returns, answers, reasons. Two queries."""
    mine = {
        "submission__organisation_id": organisation_id,
        "submission__round__network_id": network_id,
    }
    kinds = {kind.value: str(kind.label) for kind in SubmissionNote.Kind}
    columns = ("submission__round__title", "text", "at", "by__name")
    notes = SubmissionNote.objects.filter(**mine).values_list("kind", *columns)
    answers = FindingAnswer.objects.filter(**mine).values_list("superseded_at", *columns)
    found = [
        *((title, kinds[kind], text, at, by) for kind, title, text, at, by in notes),
        *((title, _answer_kind(ended), text, at, by) for ended, title, text, at, by in answers),
    ]
    header = (_("Runde"), _("Art"), _("Nachricht"), _("Wann"), _("Wer"))
    return header, tuple(sorted(found, key=lambda row: row[3]))


def _answer_kind(ended: dt.datetime | None) -> str:
    return _("Frühere Antwort auf eine Rückfrage") if ended else _("Antwort auf eine Rückfrage")
