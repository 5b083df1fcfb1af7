"""`wirknetz account reset-second-factor` for somebody who has lost her device and her codes."""

import datetime as dt
from typing import Any

from wirknetz.cli import site
from wirknetz.cli.say import Stop, gettext, say


def run(options: Any) -> int:
    """Take the second factor off an account; the person sets up a new one at the next sign-in."""
    site.configure_for(options)
    site.require_tables()
    from wirknetz.foundation.actions import remove_second_factor
    from wirknetz.foundation.audit import system

    removed = remove_second_factor(
        email=options.email, by=system("cli.account"), at=dt.datetime.now(dt.UTC)
    )
    if removed is None:
        raise Stop(
            gettext("Es gibt keinen Zugang mit der Adresse {email}.").format(email=options.email)
        )
    say(
        gettext(
            "Der zweite Schritt von {email} ist entfernt ({n} Geräte oder Codes). "
            "Die Person ist überall abgemeldet und wurde per E-Mail benachrichtigt."
        ).format(email=options.email, n=removed)
    )
    return 0
