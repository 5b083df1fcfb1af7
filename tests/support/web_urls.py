"""Addresses for tests of the look: the gallery and templates alone, no room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from wirknetz.foundation.doors import public
from wirknetz.web import errors, gallery, views


@public
def confirm(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "web/confirm.html",
        {
            "title": "Runde schließen?",
            "lead": "Danach kann niemand mehr melden.",
            "consequences": ["Späte Meldungen gelten als Korrektur."],
            "confirm_label": "Runde schließen",
            "danger": True,
            "cancel_url": "/",
        },
    )


@public
def missing(request: HttpRequest) -> HttpResponse:
    return errors.not_found(request)


@public
def broken(request: HttpRequest) -> HttpResponse:
    return errors.server_error(request)


urlpatterns = [
    path("", views.start, name="start"),
    path("sprache/", views.language, name="language"),
    path("konto/", include("allauth.urls")),
    path("stil/", gallery.show),
    path("frage/", confirm),
    path("fehlt/", missing),
    path("kaputt/", broken),
]
