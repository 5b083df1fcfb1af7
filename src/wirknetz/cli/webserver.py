"""The site in processes of its own: gunicorn with threads. Started by `wirknetz serve`.

python -m wirknetz.cli.webserver fd://7 <number of the parent process>
"""

import os
import sys
from typing import Any

from gunicorn.app.base import BaseApplication

from wirknetz.cli.children import end_with_parent
from wirknetz.cli.site import SETTINGS
from wirknetz.cli.warm import application

PROCESSES = 2
THREADS = 8  # in each process


def options(bind: str) -> dict[str, Any]:
    """How gunicorn serves Wirknetz."""
    return {
        "bind": bind,
        "workers": int(os.environ.get("WIRKNETZ_WORKERS") or PROCESSES),
        "threads": int(os.environ.get("WIRKNETZ_THREADS") or THREADS),
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 30,
        "control_socket_disable": True,
        "proc_name": "wirknetz",
        "loglevel": "warning",
    }


class Site(BaseApplication):  # type: ignore[misc]
    """Wirknetz as gunicorn asks for it."""

    def __init__(self, bind: str) -> None:
        self._bind = bind
        super().__init__()

    def load_config(self) -> None:
        """Set our options over gunicorn's defaults."""
        for name, value in options(self._bind).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, loaded in each process by itself."""
        return application()


if __name__ == "__main__":
    end_with_parent(int(sys.argv[2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    Site(sys.argv[1]).run()
