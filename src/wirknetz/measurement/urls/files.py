"""Addresses around partners' own files; each below ``netz/<slug>/wirkung/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wirknetz.measurement.views.files import looking, profiles, taking, uploading

_ONE = "meldungen/<int:round_id>/<int:organisation_id>/"
_FILE = f"{_ONE}tabelle/<int:upload_id>/"
_TAKEN = f"{_ONE}uebernahmen/<int:take_over_id>/"
_PROFILE = "meldungen/zuordnungen/<int:organisation_id>/<int:profile_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_ONE}tabelle/", uploading.upload, name="upload"),
    path(_FILE, looking.table, name="upload_look"),
    path(f"{_FILE}sagen/", looking.say, name="upload_say"),
    path(f"{_FILE}zuruecknehmen/", looking.take_back, name="upload_take_back"),
    path(f"{_FILE}pruefen/", taking.review, name="upload_review"),
    path(f"{_FILE}verwerfen/", uploading.discard, name="upload_discard"),
    path(f"{_TAKEN}zuruecknehmen/", taking.undo, name="take_over_undo"),
    path(f"{_TAKEN}datei/", taking.kept_file, name="take_over_file"),
    path("meldungen/zuordnungen/<int:organisation_id>/", profiles.profiles, name="profiles"),
    path(_PROFILE, profiles.profile, name="profile"),
    path(f"{_PROFILE}beenden/", profiles.retire, name="profile_retire"),
    path(f"{_PROFILE}wieder/", profiles.restore, name="profile_restore"),
    path(f"{_PROFILE}fassung/<int:number>/", profiles.use_again, name="profile_use_again"),
]
