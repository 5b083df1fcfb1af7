"""`wirknetz network add` founds one more network on this installation."""

import datetime as dt
from typing import Any

from wirknetz.cli import site
from wirknetz.cli.say import Stop, gettext, say


def run(options: Any) -> int:
    """Found the network and invite its first coordinator by mail."""
    site.configure_for(options)
    site.require_tables()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    try:
        with transaction.atomic():
            _found(options)
    except ValidationError as error:
        raise Stop(" ".join(error.messages)) from error
    say(
        gettext("Das Netzwerk „{name}“ ist angelegt. {email} wird per E-Mail eingeladen.").format(
            name=options.name, email=options.coordinator
        )
    )
    return 0


def _found(options: Any) -> None:
    from django.core.validators import validate_email

    from wirknetz.foundation import actions as foundation
    from wirknetz.foundation.audit import system
    from wirknetz.network.actions import found_network

    validate_email(options.coordinator)
    by, at = system("cli.network"), dt.datetime.now(dt.UTC)
    user_id = foundation.open_account(
        email=options.coordinator, name=options.coordinator_name, by=by, at=at
    )
    found_network(name=options.name, slug=options.slug, coordinator=user_id, by=by, at=at)
    foundation.invite(user_id=user_id, where=options.name, by=by, at=at)
