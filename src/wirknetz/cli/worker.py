"""`wirknetz worker`: the background worker alone."""

import signal
from typing import Any

from wirknetz.cli import site
from wirknetz.cli.say import gettext, say


def run(options: Any) -> int:
    """Work until a signal, or once through what waits (`--once`)."""
    site.configure_for(options)
    site.require_tables()
    from wirknetz.cli.background import Background
    from wirknetz.cli.children import end_with_parent

    worker = Background()
    if options.once:
        worker.run_once()
        return 0
    if options.parent:
        end_with_parent(options.parent)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: worker.stop())
    if not options.parent:
        say(gettext("Die Hintergrund-Aufgaben laufen. Beenden mit Strg+C."))
    worker.run()
    return 0
