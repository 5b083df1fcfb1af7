"""The style gallery: every component on one page, for those who build pages and for the tests.

Shown in the demo only. All names on it are invented.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from wirknetz.foundation.doors import public
from wirknetz.foundation.fields import DateInParts, NumberText

TODAY: Final = dt.date(2026, 11, 21)
MOMENT: Final = dt.datetime(2026, 11, 21, 13, 5, tzinfo=dt.UTC)


class GalleryForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name der Runde", help_text="Zum Beispiel: 3. Quartal 2026")
    amount = forms.DecimalField(
        label="Integriert in Arbeit", widget=NumberText, help_text="Personen, nicht Fälle"
    )
    whole = forms.IntegerField(label="Treffen", required=False)
    kind = forms.ChoiceField(
        label="Zeitraum", choices=[("q", "Quartal"), ("h", "Halbjahr"), ("y", "Jahr")]
    )
    counts = forms.ChoiceField(
        label="Was wird gezählt?",
        widget=forms.RadioSelect,
        choices=[("p", "Personen"), ("c", "Fälle"), ("e", "Ereignisse")],
        help_text="Personen werden je Organisation nur einmal gezählt.",
    )
    groups = forms.MultipleChoiceField(
        label="Merkmale",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("g", "Geschlecht"), ("a", "Alter"), ("r", "Region")],
    )
    due = DateInParts(label="Fällig am", help_text="Zum Beispiel: 21 11 2026")
    reason = forms.CharField(label="Begründung", required=False, widget=forms.Textarea)
    file = forms.FileField(label="Datei", required=False, help_text="XLSX oder CSV, höchstens 5 MB")
    sure = forms.BooleanField(
        label="Eine zweite Person hat die Zahlen gesehen", help_text="Das Vier-Augen-Prinzip"
    )


CHART: Final = SafeString(
    '<svg viewBox="0 0 640 220" role="img" aria-label="Vermittlungsquote steigt von 31 auf 38 '
    'Prozent"><g fill="none" stroke="currentColor"><path d="M40 190 H620" stroke-opacity=".4"/>'
    '<path d="M60 150 L200 140 L340 128 L480 131 L600 96" stroke-width="3"/>'
    '<path d="M60 110 H600" stroke-dasharray="6 6"/></g></svg>'
)


def _frame() -> dict[str, Any]:
    labels = ("Heute", "Ziele", "Wirkung", "Zusammenarbeit", "Austausch", "Netzwerk")
    entries = [*labels, "Koordinierungsstelle"]
    pages = ("Ergebnisse", "Meldungen", "Indikatoren", "Messgrößen", "Erhebungsrunden")
    here = pages[-1]  # far right: on a phone it has to be brought into sight
    children = [
        {"label": page, "url": "#a" if page == here else "#", "current": page == here}
        for page in pages
    ]
    navigation = [{"label": label, "url": "#", "current": False} for label in entries]
    navigation[2] |= {"current": True, "children": children}
    return {
        "navigation": navigation,
        "acting": {
            "organisation": "Diakonie am Wallgraben",
            "network": "BORA-TB",
            "switch_url": "#",
            "options": [
                {"value": "1", "label": "Diakonie am Wallgraben", "current": True},
                {"value": "2", "label": "Bildungswerk Seeaue", "current": False},
            ],
        },
        "footer_links": [{"label": label, "url": "#"} for label in ("Hilfe", "Impressum")],
    }


def _content() -> dict[str, Any]:
    rows = [
        ("Klinik Hohenried", "success", "Bestätigt", TODAY - dt.timedelta(3), Decimal("1234.5")),
        ("Diakonie am Wallgraben", "waiting", "Eingereicht", TODAY, Decimal(0)),
        ("Bildungswerk Seeaue", "progress", "In Arbeit", TODAY + dt.timedelta(3), Decimal(-12)),
        ("Jobcenter Talmark", "warning", "Zurückgegeben", TODAY + dt.timedelta(1), None),
        ("Fachstelle Sucht Mittelfeld", "danger", "Überfällig", TODAY - dt.timedelta(9), None),
    ]
    steps = [("Anlegen", "done"), ("Melden", "current"), ("Bestätigen", "todo"), ("Lernen", "todo")]
    return {
        "rows": rows,
        "steps": [{"label": label, "state": state, "note": "bis 30.11."} for label, state in steps],
        "tab_items": [
            {"label": "Ergebnis", "url": "#", "current": True},
            {"label": "Beiträge", "url": "#", "count": 11},
            {"label": "Fragen", "url": "#", "count": 0},
        ],
        "facts": [
            {"label": "Einheit", "value": "Personen"},
            {"label": "Vereinbart von", "value": "14 Organisationen am 03.02.2026"},
        ],
        "codes": ["4fj2-9qkd", "x7pl-03mz", "kk2d-81aw", "0qzt-5vne"],
        "kinds": ["neutral", "progress", "waiting", "info", "success", "warning", "danger", "none"],
        "page": Paginator(range(240), 12).page(int("7")),
        "chart": CHART,
        "today": TODAY,
        "moment": MOMENT,
    }


@public
def show(request: HttpRequest) -> HttpResponse:
    """The gallery; with ``?fehler`` the form as it looks when it is wrong."""
    wrong = {"name": "", "amount": "zwölf", "due_day": "31", "due_month": "2", "due_year": "2026"}
    right = {"amount": Decimal("1234.5"), "due": TODAY, "counts": "p", "name": "3. Quartal 2026"}
    form = GalleryForm(wrong) if "fehler" in request.GET else GalleryForm(initial=right)
    if "meldung" in request.GET:
        messages.success(request, "Ihre Meldung ist eingereicht.")
        messages.error(request, "Ein Wert fehlt noch.")
    return render(request, "web/gallery.html", {**_frame(), **_content(), "form": form})
