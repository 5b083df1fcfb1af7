"""Mails lead to this site, whatever name it was asked for by."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.world import Role, World
from wirknetz.foundation.models import OutboxMessage

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"https?://\S+")


@pytest.mark.parametrize("name", ["localhost:666", "netz.example.org:8080"])
@pytest.mark.parametrize("page", ["/konto/password/reset/", "/konto/login/code/"])
def test_the_name_in_the_request_does_not_come_into_a_mail(
    world: World, settings: Any, name: str, page: str
) -> None:
    """Whoever asks for somebody else's mail must not choose where its link leads."""
    cache.clear()
    settings.BASE_URL = "https://netz.example.org"
    mail = world.user(Role.PRACTITIONER_OWN).email
    answer = Client(HTTP_HOST=name, HTTP_X_FORWARDED_HOST="evil.example").post(
        page, {"email": mail}
    )
    assert answer.status_code == 302
    found = ADDRESS.findall(OutboxMessage.objects.get(recipient=mail).text)
    assert found
    assert all(address.startswith("https://netz.example.org/") for address in found), found
