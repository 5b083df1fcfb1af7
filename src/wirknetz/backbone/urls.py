"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wirknetz.backbone import views

app_name = "backbone"
urlpatterns: list[URLPattern | URLResolver] = [
    path("netz/<slug:slug>/", views.today, name="today"),
    path("netz/<slug:slug>/wartet/", views.waiting, name="waiting"),
]
