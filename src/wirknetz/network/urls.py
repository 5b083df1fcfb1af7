"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wirknetz.network.views import delivery, entry, lists, office, organisations, people, taking

app_name = "network"
_ORG = "netz/<slug:slug>/organisationen/"
_ONE = f"{_ORG}<int:pk>/"
_NET = "netz/<slug:slug>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("netze/", entry.mine, name="mine"),
    path("netze/<slug:slug>/einladung/", entry.answer_invitation, name="answer_invitation"),
    path(f"{_NET}handeln-fuer/", entry.act_for, name="act_for"),
    path(_ORG, organisations.organisations, name="organisations"),
    path(f"{_ORG}neu/", organisations.new_organisation, name="new_organisation"),
    path(_ONE, organisations.organisation, name="organisation"),
    path(f"{_ONE}angaben/", organisations.change_organisation, name="change_organisation"),
    path(f"{_ONE}mitnehmen/", taking.take_along, name="take_along"),
    path(f"{_ONE}stand/", organisations.move_stage, name="move_stage"),
    path(f"{_ONE}region/", organisations.choose_region, name="choose_region"),
    path(f"{_ONE}personen/neu/", people.new_person, name="new_person"),
    path(f"{_ONE}personen/<int:affiliation>/", people.change_person, name="change_person"),
    path(f"{_ONE}personen/<int:affiliation>/name/", people.correct_person, name="correct_person"),
    path(
        f"{_ONE}personen/<int:affiliation>/bestaetigen/",
        people.confirm_person,
        name="confirm_person",
    ),
    path(f"{_ONE}personen/<int:affiliation>/ende/", people.end_person, name="end_person"),
    path(f"{_NET}personen/", people.people, name="people"),
    path(f"{_NET}personen/<int:person>/einladen/", people.invite_person, name="invite_person"),
    path(f"{_NET}personen/zustellung/", delivery.delivery, name="delivery"),
    path(f"{_NET}personen/zustellung/<int:person>/", delivery.send_again, name="send_again"),
    path(f"{_NET}zielgruppen/", lists.target_groups, name="target_groups"),
    path(f"{_NET}zielgruppen/neu/", lists.new_target_group, name="new_target_group"),
    path(f"{_NET}zielgruppen/<int:pk>/", lists.change_target_group, name="change_target_group"),
    path(
        f"{_NET}zielgruppen/<int:pk>/entfernen/",
        lists.remove_target_group,
        name="remove_target_group",
    ),
    path(f"{_NET}regionen/", lists.regions, name="regions"),
    path(f"{_NET}regionen/neu/", lists.new_region, name="new_region"),
    path(f"{_NET}regionen/<int:pk>/", lists.change_region, name="change_region"),
    path(f"{_NET}regionen/<int:pk>/entfernen/", lists.remove_region, name="remove_region"),
    path(f"{_NET}rollen/", office.roles, name="roles"),
    path(f"{_NET}rollen/neu/", office.new_role, name="new_role"),
    path(f"{_NET}rollen/<int:pk>/ende/", office.end_role, name="end_role"),
    path(f"{_NET}einstellungen/", office.settings, name="settings"),
    path(f"{_NET}verlauf/", office.trail, name="trail"),
]
