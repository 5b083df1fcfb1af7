"""Addresses of who is asked when; each below ``netz/<slug>/wirkung/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wirknetz.measurement.views import rounds

urlpatterns: list[URLPattern | URLResolver] = [
    path("runden/", rounds.rounds, name="rounds"),
    path("runden/neu/", rounds.round_new, name="round_new"),
    path("runden/<int:pk>/", rounds.round_page, name="round"),
    path("runden/<int:pk>/aendern/", rounds.round_edit, name="round_edit"),
    path("runden/<int:pk>/messgroessen/", rounds.round_measures, name="round_measures"),
    path("runden/<int:pk>/wer-meldet/", rounds.round_matrix, name="round_matrix"),
    path("runden/<int:pk>/oeffnen/", rounds.round_open, name="round_open"),
    path("runden/<int:pk>/schliessen/", rounds.round_close, name="round_close"),
    path("runden/<int:pk>/verwerfen/", rounds.round_discard, name="round_discard"),
]
