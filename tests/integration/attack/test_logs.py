"""What is written about requests holds no secret that would let a reader act."""

from __future__ import annotations

import logging

import pytest
from django.utils import timezone

from tests.world import Role, World
from wirknetz.foundation import actions
from wirknetz.web.logs import WithoutSecrets

pytestmark = pytest.mark.django_db


def test_a_link_that_is_still_open_does_not_come_into_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """A form with a mistake is answered with 400, which Django logs with its path."""
    user = world.user(Role.STRANGER)
    type(user).objects.filter(pk=user.pk).update(joined_at=None)
    address = actions.create_link(
        purpose="account.join", email=user.email, user_id=user.pk, at=timezone.now()
    )
    path = address.removeprefix("http://127.0.0.1:8000")
    answer = world.client().post(path, {"name": "Ada", "password": "kurz"})
    assert answer.status_code == 400
    found = [record.getMessage() for record in caplog.records]  # as the handler has written them
    assert not any(path.split("/")[2] in line for line in found)
    assert "Bad Request: /l/…/" in found


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /l/geheim/nicht-ich/", "Not Found: /l/…/nicht-ich/"),
        ("Gone: /abbestellen/NTI:1xV:abc/", "Gone: /abbestellen/…/"),
        ("/konto/password/reset/key/4-dig1um-acc2/", "/konto/password/reset/key/…/"),
        ("/konto/confirm-email/MzQ:1xV5Wc:u7j/", "/konto/confirm-email/…/"),
        ("Not Found: /netz/l/", "Not Found: /netz/l/"),
        ("100 % von %s", "100 % von %s"),
    ],
)
def test_only_the_secret_part_is_cut_out(line: str, kept: str) -> None:
    record = logging.LogRecord("x", logging.WARNING, "", 0, line, (), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == kept
