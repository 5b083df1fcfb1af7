"""Addresses of what came out; each below ``netz/<slug>/wirkung/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from wirknetz.measurement.views import results

urlpatterns: list[URLPattern | URLResolver] = [
    path("ergebnisse/", results.overview, name="results"),
    re_path(r"^ergebnisse/ergebnisse\.(?P<kind>xlsx|csv)$", results.download, name="results_file"),
    path("ergebnisse/<slug:code>/", results.result, name="result"),
    re_path(
        r"^ergebnisse/(?P<code>[a-z0-9_]+)/reihe\.(?P<kind>xlsx|csv)$",
        results.download_one,
        name="result_file",
    ),
    path(
        "ergebnisse/<slug:code>/organisationen/",
        results.by_organisation,
        name="result_by_organisation",
    ),
    path("ergebnisse/<slug:code>/<str:period>/herkunft/", results.provenance, name="provenance"),
]
