"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wirknetz.foundation import acts, views

__all__ = ["acts", "app_name", "urlpatterns"]  # acts: the purposes are known with the addresses

app_name = "foundation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("l/<str:token>/", views.link, name="link"),
    path("l/<str:token>/nicht-ich/", views.link_refuse, name="link_refuse"),
    path("profil/", views.profile, name="profile"),
    path("profil/ueberall-abmelden/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("profil/verlauf/", views.account_events, name="account_events"),
    path("profil/zweiter-faktor/", views.second_factor, name="second_factor"),
    path("benachrichtigungen/", views.news, name="news"),
    path("benachrichtigungen/gelesen/", views.news_read, name="news_read"),
    path("benachrichtigungen/<int:pk>/", views.news_open, name="news_open"),
    path("abbestellen/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
