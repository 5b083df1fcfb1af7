"""Work inside the site's own process: `python -m benchmarks.site_work <what> …`.

What was found goes to stdout as one line of JSON. Which database: by the environment.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, Final


def fill(plan: str) -> dict[str, int]:
    """Tables, static files, rows."""
    from django.core.management import call_command

    from benchmarks.site_plan import PLANS
    from benchmarks.site_world import fill as fill_rows
    from wirknetz.cli import site
    from wirknetz.measurement.models import Entry

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    site.data_folder()
    fill_rows(PLANS[plan])
    return {"entries": Entry.objects.count()}


def sessions(_: str = "") -> list[dict[str, Any]]:
    """Every practitioner signed in: her organisation and the key of her session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from wirknetz.network.models import Affiliation

    found = []
    rows = Affiliation.objects.filter(level="operative").select_related("person__user")
    for row in rows.order_by("organisation_id"):
        user, session = row.person.user, SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        found.append({"organisation": row.organisation_id, "session": session.session_key})
    return found


def totals(size: str) -> Any:
    from benchmarks.site_totals import measure

    return measure(size)


def pages(size: str) -> Any:
    from benchmarks.site_pages import measure

    return measure(size)


WORK: Final[dict[str, Callable[[str], Any]]] = {
    "fill": fill,
    "sessions": sessions,
    "totals": totals,
    "pages": pages,
}


def main(words: list[str]) -> int:
    from wirknetz.cli.warm import application

    application()  # as each serving process begins
    print(json.dumps(WORK[words[0]](*words[1:])))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
