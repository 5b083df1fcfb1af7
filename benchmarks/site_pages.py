"""Pages with everything in the database beside rendering the same template from ready data.

Ready is what the queries answer. Charts are drawn here on the server, so drawing them is part of
rendering the page that shows them; the template alone is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import (
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)
from django.urls import reverse

from benchmarks.site_plan import SLUG
from benchmarks.site_times import in_turn, line
from wirknetz.foundation.models import User
from wirknetz.measurement.models import Round, Submission
from wirknetz.measurement.views.results import pictures

RUNS: Final = 11
READY: Final = 3.0
NOTHING: Final = 0.0005  # seconds: no charts on this page


def measure(size: str) -> list[dict[str, Any]]:
    """Each page: the whole request in this process against rendering alone."""
    return [_page(name, email, url, size) for name, email, url in _pages()]


def _pages() -> list[tuple[str, str, str]]:
    round_ = Round.objects.get(network__slug=SLUG, closed_at__isnull=True)
    begun = Submission.objects.filter(round=round_, state="draft").order_by("pk").first()
    if begun is None:
        raise LookupError("nobody has begun to report")
    here = f"praxis-{begun.organisation_id}@example.org"
    office = "koordination@example.org"
    board = reverse("measurement:board", args=[SLUG, round_.pk])
    form = reverse("measurement:submission", args=[SLUG, round_.pk, begun.organisation_id])
    indicator = reverse("measurement:result", args=[SLUG, "quote"])
    return [
        ("board, coordinating office", office, board),
        ("board, practitioner", here, board),
        ("form with 300 values, practitioner", here, form),
        ("indicator, coordinating office", office, indicator),
        ("indicator, practitioner", here, indicator),
        ("indicator by gender, coordinating office", office, f"{indicator}?nach=gender"),
    ]


def _page(name: str, email: str, url: str, size: str) -> dict[str, Any]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=email))

    def request() -> bytes:
        response = client.get(url)
        if response.status_code != 200:
            raise AssertionError(f"{url} answers {response.status_code}")
        return response.content

    render, draw = _ready(request)
    with CaptureQueriesContext(connection) as asked:
        body = request()
    note = f"{len(asked)} queries, {len(body) // 1024} kB"
    server, template, charts = in_turn([request, render, draw], runs=RUNS)
    if charts > NOTHING:
        note += f", template alone {template * 1000:.0f} ms"
    return line(name, server, template + charts, size=size, target=READY, note=note)


def _ready(request: Callable[[], Any]) -> tuple[Callable[[], str], Callable[[], None]]:
    """Rendering from what the view and the frame had ready: the template, and its charts."""
    found: list[tuple[Template, Context]] = []

    def keep(*, template: Template, context: Context, **_: Any) -> None:
        if not found:
            found.append((template, Context(context.flatten())))

    setup_test_environment(debug=False)
    template_rendered.connect(keep)
    try:
        request()
    finally:
        template_rendered.disconnect(keep)
        teardown_test_environment()
    template, context = found[0]
    with CaptureQueriesContext(connection) as asked:
        template.render(context)
    if len(asked):
        raise AssertionError(f"the data of {template.name} was not ready: {asked[0]['sql']}")
    return lambda: template.render(context), partial(_draw, context.flatten())


def _draw(shown: dict[str, Any]) -> None:
    """The charts of the page again, from the figures they show."""
    if shown.get("chart"):
        pictures.picture(pictures.line(shown["result"]), "reihe")
    if shown.get("breakdown_chart"):
        pictures.picture(pictures.bars(shown["result"], shown["breakdown"]), "nach")
