"""The background worker finishes what it has in hand, and goes on after trouble."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest

from wirknetz.cli import background
from wirknetz.cli.background import Background, BackgroundThread

PATIENCE = 60.0  # seconds; reached only when something hangs

Tick = Callable[[dt.datetime], tuple[str, ...]]


@pytest.fixture
def periodic(monkeypatch: pytest.MonkeyPatch) -> Callable[[Tick], None]:
    """Put something in the place of the periodic jobs; the queue of jobs is empty."""
    monkeypatch.setattr(background, "PAUSE", 0.001)
    monkeypatch.setattr(background, "AFTER_TROUBLE", 0.001)
    monkeypatch.setattr(
        "django_tasks_db.management.commands.db_worker.Worker.run", lambda _worker: None
    )
    return lambda tick: monkeypatch.setattr("wirknetz.foundation.jobs.tick", tick)


def test_stopping_waits_for_the_job_in_hand(periodic: Callable[[Tick], None]) -> None:
    begun, may_end, done = threading.Event(), threading.Event(), threading.Event()

    def job(_at: dt.datetime) -> tuple[str, ...]:
        begun.set()
        may_end.wait(PATIENCE)
        done.set()
        return ()

    periodic(job)
    thread = BackgroundThread()
    thread.start()
    assert begun.wait(PATIENCE)
    assert thread.stop(patience=0.05) is False
    assert not done.is_set()
    may_end.set()
    assert thread.stop(PATIENCE) is True
    assert done.is_set()


def test_trouble_is_logged_and_tried_again(
    periodic: Callable[[Tick], None], caplog: pytest.LogCaptureFixture
) -> None:
    rounds = 0
    worker = Background()

    def job(_at: dt.datetime) -> tuple[str, ...]:
        nonlocal rounds
        rounds += 1
        if rounds < 3:
            raise OSError("the database is away")
        worker.stop()
        return ()

    periodic(job)
    worker.run()
    assert rounds == 3
    assert [record.message for record in caplog.records].count(
        "a round of the background worker failed and will be tried again"
    ) == 2


def test_jobs_get_the_moment_with_its_time_zone(periodic: Callable[[Tick], None]) -> None:
    moments = []
    periodic(lambda at: (moments.append(at), ())[1])
    before = dt.datetime.now(dt.UTC)
    Background().run_once()
    assert before <= moments[0] <= dt.datetime.now(dt.UTC)
