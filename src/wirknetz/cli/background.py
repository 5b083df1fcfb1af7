"""The background worker: jobs from the database, and what is due again and again.

One loop serves the demo (as a thread beside the site) and real use (as a process of its own).
Stopping lets the job in hand finish.
"""

import datetime as dt
import logging
import socket
import threading
from os import getpid

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks at an empty queue
AFTER_TROUBLE = 5.0  # seconds before trying again when the database did not answer


class Background:
    """Works until told to stop."""

    def __init__(self) -> None:
        from django_tasks_db.management.commands.db_worker import Worker

        self._stop = threading.Event()
        self._worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,  # returns when the queue is empty; the pause between is ours to interrupt
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:40]}-{getpid()}",
        )

    def stop(self) -> None:
        """Finish the job in hand, then end."""
        self._worker.running = False
        self._stop.set()

    def run(self) -> None:
        """Look, work, pause, until stopped. Trouble is logged and tried again."""
        from django.db import connections

        try:
            while not self._stop.is_set():
                self._stop.wait(PAUSE if self._round_went_well() else AFTER_TROUBLE)
        finally:
            connections.close_all()

    def run_once(self) -> None:
        """Do what is due and waiting now."""
        from wirknetz.foundation.jobs import tick

        tick(dt.datetime.now(dt.UTC))
        self._worker.run()

    def _round_went_well(self) -> bool:
        try:
            self.run_once()
        except Exception:
            logger.exception("a round of the background worker failed and will be tried again")
            return False
        return True


class BackgroundThread(threading.Thread):
    """The worker beside the site in one process."""

    def __init__(self) -> None:
        super().__init__(name="wirknetz-background", daemon=True)
        self._background = Background()

    def run(self) -> None:
        """Work until stopped."""
        self._background.run()

    def stop(self, patience: float = 30.0) -> bool:
        """Let the job in hand finish; False when it took longer than `patience` seconds."""
        self._background.stop()
        self.join(patience)
        return not self.is_alive()
