"""The command line with a demo network of one account and one mail: `python -m … demo`.

What the real demo holds has its own tests; these are about starting and stopping it. With
`SMALL_DEMO_FAILS` in the environment the filling breaks off half way.
"""

import datetime as dt
import os
import sys
import types
from collections.abc import Callable

from wirknetz.cli import main

EMAIL = "koordination@example.org"


def fill(*, at: dt.datetime, say: Callable[[str], None]) -> None:
    """One account, one mail in the outbox."""
    from wirknetz.foundation import actions
    from wirknetz.foundation.audit import system

    say("Lege eine Person an …")
    actions.open_account(email=EMAIL, name="Kim Muster", by=system("demo"), at=at)
    if os.environ.get("SMALL_DEMO_FAILS"):
        raise KeyboardInterrupt
    actions.send_mail(key="hello", to=EMAIL, subject="Willkommen", text="Guten Tag", at=at)


if __name__ == "__main__":
    stand_in = types.ModuleType("wirknetz.cli.demo_data")
    vars(stand_in).update(fill=fill, logins=lambda: [("Koordination", EMAIL, "ein-passwort")])
    sys.modules["wirknetz.cli.demo_data"] = stand_in
    sys.exit(main())
