"""Whatever people do in whatever order: the states follow the table, nothing is overwritten,
only what a second person approved counts. A model in plain Python runs beside the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from django.http import Http404
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.integration.measurement.collection.conftest import Collection, row
from tests.world import NOW, Role
from wirknetz.foundation.doors import Refused
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.actions import collection as actions
from wirknetz.measurement.models import Approval, Entry, Round

pytestmark = pytest.mark.django_db

OWN = (Role.PRACTITIONER_OWN, Role.LEADERSHIP_OWN)
ROLES = (*OWN, Role.PRACTITIONER_FOREIGN, Role.COORDINATOR, Role.OBSERVER)
roles = st.sampled_from(ROLES)
amounts = st.sampled_from([None, 0, 1, 2, 3])


class Model:
    """What should be true, in a few lines."""

    def __init__(self) -> None:
        self.state, self.revision = "open", 1
        self.closed = self.explained = False
        self.said: int | None = None
        self.counted: int | None = None
        self.submitter: Role | None = None

    def may_type(self, role: Role) -> bool:
        open_ = not self.closed or self.explained
        return role in OWN and open_ and self.state in {"open", "draft", "returned"}


class Submitting(RuleBasedStateMachine):
    collection: Collection

    def __init__(self) -> None:
        super().__init__()
        self.model, self.now, self.frame = Model(), NOW, transaction.atomic()
        self.frame.__enter__()
        self.seen: list[dict[str, Any]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def tries(self, name: str, role: Role, allowed: bool, **more: Any) -> bool:
        """Do it; it must work exactly where the model allows it."""
        self.now += dt.timedelta(minutes=1)
        which = self.collection.who(role) | {"at": self.now} | more
        try:
            getattr(actions, name)(**which)
        except (Refused, Http404):
            assert not allowed, f"{name} by {role} was refused in {vars(self.model)}"
            return False
        assert allowed, f"{name} by {role} went through in {vars(self.model)}"
        return True

    @rule(role=roles, amount=amounts)
    def record(self, role: Role, amount: int | None) -> None:
        model = self.model
        rows = [row(self.collection.ended, amount)]
        if self.tries("record", role, model.may_type(role), rows=rows) and amount != model.said:
            model.said, model.state = amount, "draft"

    @rule(role=roles)
    def submit(self, role: Role) -> None:
        model = self.model
        allowed = model.may_type(role) and model.state != "open"
        try:
            if self.tries("submit", role, allowed):
                assert model.said is not None
                model.state, model.submitter = "submitted", role
        except actions.NotReady:
            assert allowed
            assert model.said is None

    @rule(role=roles)
    def approve(self, role: Role) -> None:
        model = self.model
        allowed = model.state == "submitted" and role in OWN and role is not model.submitter
        if self.tries("approve", role, allowed):
            model.state, model.counted, model.explained = "approved", model.said, False

    @rule(role=roles)
    def return_(self, role: Role) -> None:
        model = self.model
        allowed = model.state == "submitted" and role in (*OWN, Role.COORDINATOR)
        if self.tries("return_", role, allowed, reason="Bitte prüfen"):
            model.state = "returned"

    @rule(role=roles)
    def correct(self, role: Role) -> None:
        model = self.model
        late = model.closed and model.state in {"open", "draft", "returned"}
        allowed = role in OWN and (model.state == "approved" or late)
        before = model.state
        if self.tries("correct", role, allowed, reason="Nachgezählt"):
            model.state, model.explained = "draft", True
            model.revision += before == "approved"

    @rule()
    def close(self) -> None:
        Round.objects.filter(pk=self.collection.round.pk).update(closed_at=self.now)
        self.model.closed = True

    @invariant()
    def the_database_says_the_same(self) -> None:
        submission, model = self.collection.submission, self.model
        assert (submission.state, submission.revision) == (model.state, model.revision)
        said = self.collection.current()
        assert said == ({} if model.said is None else {("beendet", ""): model.said})

    @invariant()
    def only_what_was_approved_counts(self) -> None:
        counts = Entry.objects.filter(counted_from__isnull=False, counted_until__isnull=True)
        amounts = list(counts.values_list("amount", flat=True))
        assert amounts == ([] if self.model.counted is None else [self.model.counted])

    @invariant()
    def nothing_was_overwritten(self) -> None:
        """Rows only come, and of an old row only its ends are filled in, once."""
        rows = list(Entry.objects.order_by("id").values())
        for old, new in zip(self.seen, rows, strict=False):
            changed = {
                name for name, value in old.items() if value is not None and new[name] != value
            }
            assert changed == set()
        assert len(rows) >= len(self.seen)
        self.seen = rows

    @invariant()
    def spans_are_in_order(self) -> None:
        wrong = Q(superseded_at__lt=F("recorded_at")) | Q(counted_until__lt=F("counted_from"))
        assert not Entry.objects.filter(wrong).exists()

    @invariant()
    def every_approval_has_its_audit_event(self) -> None:
        approvals = Approval.objects.aggregate(n=Count("id"))["n"]
        assert AuditEvent.objects.filter(action="submission.approved").count() == approvals


def test_the_states_hold_whatever_people_do(collection: Collection) -> None:
    machine = type("Here", (Submitting,), {"collection": collection})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
