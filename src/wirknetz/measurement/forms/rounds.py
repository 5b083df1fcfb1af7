"""Rounds as people plan them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext, gettext_lazy

from wirknetz.foundation.fields import DateInParts
from wirknetz.measurement.forms.fields import PeriodField, PlainForm
from wirknetz.measurement.models import Round
from wirknetz.measurement.queries.rounds import MeasureChoice, RoundProposal
from wirknetz.measurement.rules.drafts import RoundDraft
from wirknetz.measurement.rules.rounds import RoundState


class Posted(Protocol):
    """What was sent: several values under one name."""

    def getlist(self, key: str) -> list[Any]: ...


class RoundForm(PlainForm):
    """When a round is, and what it is called."""

    period = PeriodField(
        label=gettext_lazy("Für welchen Zeitraum wird gemeldet?"),
    )
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Bleibt das Feld leer, heißt die Runde wie ihr Zeitraum."),
    )
    opens_on = DateInParts(
        label=gettext_lazy("Offen ab"),
        help_text=gettext_lazy("An diesem Tag bekommen alle Meldenden eine Nachricht."),
    )
    due_on = DateInParts(label=gettext_lazy("Frist"))
    closes_on = DateInParts(
        label=gettext_lazy("Schließt am"),
        help_text=gettext_lazy(
            "Bis zum Ende dieses Tages kann gemeldet werden. Danach nur noch als Korrektur."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Hinweis für die Meldenden"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Steht über dem Formular."),
    )
    like = forms.ChoiceField(
        label=gettext_lazy("Was wird wen gefragt?"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Beides können Sie danach ändern."),
    )

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        last: Round | None = None,
        state: RoundState | None = None,
        **kwargs: Any,
    ) -> None:
        """``last`` is the round to begin like; ``state`` that of a round to change."""
        super().__init__(*args, **kwargs)
        self.today, self.state = today, state
        if state is not None:
            del self.fields["like"]
            for name in ("period", "opens_on") if state is RoundState.OPEN else ():
                self.fields[name].disabled = True
                self.fields[name].help_text = gettext("Die Runde ist schon offen.")
        else:
            self.fields["like"].choices = _likes(last)  # type: ignore[attr-defined]
            self.initial.setdefault("like", "last" if last else "all")

    def clean(self) -> dict[str, Any]:
        """First it opens, then it is due, then it closes; not in the past."""
        data = super().clean() or {}
        opens, due, closes = (data.get(n) for n in ("opens_on", "due_on", "closes_on"))
        if opens and due and due < opens:
            self.add_error("due_on", gettext("Die Frist liegt vor dem Beginn."))
        if due and closes and closes < due:
            self.add_error("closes_on", gettext("Die Runde kann nicht vor der Frist schließen."))
        elif closes and closes < self.today:
            self.add_error("closes_on", gettext("Dieser Tag ist schon vorbei."))
        if opens and opens > self.today + dt.timedelta(days=3660):
            self.add_error("opens_on", gettext("Bitte prüfen Sie das Jahr."))
        return data

    def draft(self) -> RoundDraft:
        """What was typed."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "like"}
        return RoundDraft(**data)


def _likes(last: Round | None) -> list[tuple[str, str]]:
    choices = [
        ("all", gettext("alle Messgrößen, von allen Mitgliedern")),
        ("nothing", gettext("noch nichts, ich wähle selbst aus")),
    ]
    if last is None:
        return choices
    title = gettext("wie in der letzten Runde („%(title)s“)") % {"title": last.title}
    return [("last", title), *choices]


def initial_of(one: Round) -> dict[str, Any]:
    """What the form of a round begins with."""
    names = ("title", "note", "opens_on", "due_on", "closes_on", "period")
    return {name: getattr(one, name) for name in names}


def initial_from(proposed: RoundProposal) -> dict[str, Any]:
    """What the form of a new round begins with."""
    names = ("period", "opens_on", "due_on", "closes_on")
    return {name: getattr(proposed, name) for name in names}


def read_measures(
    posted: Posted, choices: tuple[MeasureChoice, ...]
) -> Mapping[int, frozenset[str]]:
    """What is ticked on the page of measures: dimensions by measure.

    Only what the page offered is read; anything else sent is left out.
    """
    chosen = set(posted.getlist("m"))
    ticked = set(posted.getlist("d"))
    return {
        m.id: frozenset(d.code for d in m.dimensions if f"{m.id}:{d.id}" in ticked)
        for m in choices
        if str(m.id) in chosen
    }


def read_pairs(posted: Posted) -> frozenset[tuple[int, int]]:
    """What is ticked in the matrix: ``organisation:measure``. ValidationError for anything else."""
    pairs = set()
    for text in posted.getlist("p"):
        organisation, _, measure = str(text).partition(":")
        if not (_is_number(organisation) and _is_number(measure)):
            raise forms.ValidationError(gettext("Diese Auswahl gibt es nicht."))
        pairs.add((int(organisation), int(measure)))
    return frozenset(pairs)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
