"""What was reported, approved and corrected."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wirknetz.core.values import State as EntryState
from wirknetz.measurement.models.definitions import Cell, Measure
from wirknetz.measurement.models.rounds import Round
from wirknetz.network.models import Organisation


class Submission(models.Model):
    """What one organisation reports in one round.

    ``revision`` counts what was approved plus what is being worked on: the values of an approved
    revision keep counting until the next one is approved. ``reason`` says why there is a
    correction or a late report under way and is empty otherwise. ``grains`` holds where the
    organisation reports coarser than asked (measure number to grain), ``unfinished`` what was
    typed but cannot be stored as a value yet (field name to text and problem). ``held_since``:
    what counts since then came after the round was closed, and partners do not see it yet.
    """

    class State(models.TextChoices):
        """Where it is. What may follow is in ``rules.SUBMISSION``."""

        OPEN = "open", _("offen")
        DRAFT = "draft", _("Entwurf")
        SUBMITTED = "submitted", _("eingereicht")
        RETURNED = "returned", _("zurückgegeben")
        APPROVED = "approved", _("bestätigt")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="submissions"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    revision = models.PositiveSmallIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    held_since = models.DateTimeField(null=True, blank=True)
    grains = models.JSONField(default=dict)
    unfinished = models.JSONField(default=dict)

    PERSONAL = frozenset({"submitted_by", "reason", "unfinished"})
    HARMLESS = frozenset(
        {"id", "round", "organisation", "state", "revision", "changed_at", "submitted_at",
         "first_submitted_at", "approved_at", "minutes", "held_since", "grains"}
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="submission_once"),
        ]
        indexes = [
            models.Index(
                fields=["round"],
                condition=models.Q(held_since__isnull=False),
                name="submission_held",
            ),
        ]

    def __str__(self) -> str:
        """Return round and organisation."""
        return f"{self.round_id}·{self.organisation_id}"


class Entry(models.Model):
    """One reported value. Amounts are never overwritten: a correction is a new row.

    Two time spans stand on every row. *Said*: from ``recorded_at`` to ``superseded_at`` this is
    what the organisation says. *Counted*: from ``counted_from`` (approval) to ``counted_until``
    it counts in the network's result. "As of" a moment is a filter on the second span.
    Organisation, measure and period stand here again so that a result needs no join.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+", db_index=False)
    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.PositiveIntegerField()  # Period.ordinal
    state = models.CharField(max_length=14, default=EntryState.AMOUNT.value)
    amount = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    n = models.PositiveIntegerField(null=True)  # cases behind a mean
    base = models.BooleanField(default=True)  # counts for the total of its measure
    revision = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    source = models.JSONField(null=True)  # sheet, cell and file, where it came from one
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip
    counted_from = models.DateTimeField(null=True)
    counted_until = models.DateTimeField(null=True)

    PERSONAL = frozenset({"recorded_by", "superseded_by"})
    HARMLESS = frozenset(
        {"id", "submission", "organisation", "measure", "cell", "period", "state", "amount", "n",
         "base", "revision", "reason", "source", "recorded_at", "superseded_at", "counted_from",
         "counted_until"}
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "measure", "cell"],
                condition=models.Q(superseded_at__isnull=True),
                name="entry_current_once",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state="amount", amount__isnull=False)
                    | models.Q(
                        state__in=["not_applicable", "not_collected", "refused"],
                        amount__isnull=True,
                    )
                ),
                name="entry_amount_or_state",
            ),
        ]
        indexes = [
            # Holds its own conditions too: SQLite then never looks into the table itself.
            models.Index(
                fields=[
                    "measure",
                    "period",
                    "organisation",
                    "base",
                    "amount",
                    "counted_from",
                    "counted_until",
                ],
                condition=models.Q(counted_from__isnull=False, counted_until__isnull=True),
                name="entry_counted",
            ),
            models.Index(fields=["organisation", "measure", "period"], name="entry_history"),
        ]

    def __str__(self) -> str:
        """Return where it stands."""
        return f"{self.submission_id}·{self.measure_id}·{self.cell_id}"


class Approval(models.Model):
    """A second person stands behind a revision: what was approved, and its hash."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="approvals")
    revision = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    alone = models.BooleanField(default=False)  # the organisation had no second person

    PERSONAL = frozenset({"by"})
    HARMLESS = frozenset({"id", "submission", "revision", "at", "content", "content_hash", "alone"})

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "revision"], name="approval_once"),
        ]

    def __str__(self) -> str:
        """Return submission and revision."""
        return f"{self.submission_id} r{self.revision}"


class SubmissionNote(models.Model):
    """What people say to each other about a submission: returned because, answered."""

    class Kind(models.TextChoices):
        """What it is."""

        RETURNED = "returned", _("zurückgegeben")
        ANSWER = "answer", _("Antwort")
        CORRECTION = "correction", _("Grund der Korrektur")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField()

    PERSONAL = frozenset({"by", "text"})
    HARMLESS = frozenset({"id", "submission", "kind", "at", "revision"})

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class FindingAnswer(models.Model):
    """The sentence that answers a question of the plausibility check; stands for this value.

    Never overwritten: another answer is a new row, one that was taken back is superseded.
    ``measure``, ``cell`` and ``question`` say what was asked and where, for the history.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    finding = models.CharField(max_length=300)  # key of the finding, values included
    measure = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="+")
    cell = models.CharField(max_length=300, blank=True)  # key of the cell
    question = models.CharField(max_length=1000, blank=True)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    PERSONAL = frozenset({"by", "superseded_by", "text"})
    HARMLESS = frozenset(
        {"id", "submission", "finding", "measure", "cell", "question", "at", "superseded_at"}
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "finding"],
                condition=models.Q(superseded_at__isnull=True),
                name="finding_answer_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return self.finding


class Reminder(models.Model):
    """A person was reminded of a round; once each kind."""

    class Kind(models.TextChoices):
        """Before or after the due date."""

        BEFORE = "before", _("vor der Frist")
        AFTER = "after", _("nach der Frist")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    at = models.DateTimeField()

    PERSONAL = frozenset({"user"})
    HARMLESS = frozenset({"id", "round", "kind", "at"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "user", "kind"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        """Return round and kind."""
        return f"{self.round_id} {self.kind}"
