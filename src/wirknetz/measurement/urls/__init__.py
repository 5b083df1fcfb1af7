"""Addresses of the room: ``netz/<slug>/wirkung/…``, part by part, and a file for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from wirknetz.measurement.urls import collection, definitions, files, results, rounds
from wirknetz.measurement.views.counting import counting_page_file

app_name = "measurement"
_PARTS = (definitions, rounds, collection, files, results)
_pages: list[URLPattern | URLResolver] = [url for part in _PARTS for url in part.urlpatterns]
urlpatterns: list[URLPattern | URLResolver] = [
    path("netz/<slug:slug>/wirkung/", include(_pages)),
    path("zaehlen/", counting_page_file, name="counting_page"),
]
