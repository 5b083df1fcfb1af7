"""Addresses of the whole site, room by room."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from wirknetz.web import gallery, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("sprache/", views.language, name="language"),
    path("konto/", include("allauth.urls")),
    path("", include("wirknetz.foundation.urls")),
    path("", include("wirknetz.network.urls")),
    path("", include("wirknetz.measurement.urls")),
    path("", include("wirknetz.backbone.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("stil/", gallery.show, name="gallery"))

handler400 = "wirknetz.web.errors.bad_request"
handler403 = "wirknetz.web.errors.forbidden"
handler404 = "wirknetz.web.errors.not_found"
handler500 = "wirknetz.web.errors.server_error"
