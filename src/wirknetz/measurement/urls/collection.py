"""Addresses of what is reported; each below ``netz/<slug>/wirkung/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wirknetz.measurement.views.collection import board, form, review

_ONE = "meldungen/<int:round_id>/<int:organisation_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("meldungen/", board.submissions, name="submissions"),
    path("runden/<int:round_id>/stand/", board.board, name="board"),
    path(
        "runden/<int:round_id>/stand/<int:organisation_id>/erinnern/",
        board.remind,
        name="board_remind",
    ),
    path(_ONE, form.submission, name="submission"),
    path(f"{_ONE}speichern/", form.save, name="submission_save"),
    path(f"{_ONE}pruefen/", form.check, name="submission_check"),
    path(f"{_ONE}einreichen/", form.submit, name="submission_submit"),
    path(f"{_ONE}ansehen/", review.review, name="submission_review"),
    path(f"{_ONE}bestaetigen/", review.approve, name="submission_approve"),
    path(f"{_ONE}zurueckgeben/", review.return_, name="submission_return"),
    path(f"{_ONE}antworten/", review.reply, name="submission_reply"),
    path(f"{_ONE}dauer/", review.minutes, name="submission_minutes"),
    path(f"{_ONE}korrigieren/", review.correct, name="submission_correct"),
    path(f"{_ONE}verlauf/<int:measure_id>/", review.history, name="submission_history"),
]
