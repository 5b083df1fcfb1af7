"""What every test may ask for: a browser, a PostgreSQL server. Missing ones are left out aloud.

`@pytest.mark.browser`   needs Chromium; fixtures `browser` and `new_page`
`@pytest.mark.postgres`  needs PostgreSQL; fixture `postgres_url`. One that also uses Django's
                         database runs only where that is PostgreSQL (`wirknetz test --postgres`).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.support import append_only, discovery

NO_CHROMIUM = "kein Chromium gefunden"
NO_POSTGRES = "kein PostgreSQL gefunden"
NO_GETTEXT = "kein gettext gefunden"
DJANGO_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_configure() -> None:
    """Let tests that commit empty the protected tables afterwards."""
    append_only.let_tests_flush()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run."""
    if not discovery.find_chromium():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    elsewhere = [item for item in items if not _belongs_here(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def _belongs_here(item: pytest.Item) -> bool:
    """On PostgreSQL only what uses Django's database; elsewhere all but what wants it there."""
    if _django_is_on_postgres():
        return _uses_django_database(item)
    return not (item.get_closest_marker("postgres") and _uses_django_database(item))


def _uses_django_database(item: pytest.Item) -> bool:
    used = set(getattr(item, "fixturenames", ()))
    return bool(used & DJANGO_DATABASE or item.get_closest_marker("django_db"))


def _django_is_on_postgres() -> bool:
    return os.environ.get("WIRKNETZ_TEST_DATABASE_URL", "").startswith("postgres")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in one line what was left out and why."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ())]
    parts = [
        f"{count} ({missing})"
        for missing in (NO_CHROMIUM, NO_POSTGRES, NO_GETTEXT)
        if (count := sum(missing in reason for reason in reasons))
    ]
    if parts:
        terminalreporter.write_line(f"Ausgelassene Tests: {', '.join(parts)}")


@pytest.fixture(autouse=True)
def nothing_remembered(request: pytest.FixtureRequest) -> None:
    """Results a process keeps between approvals belong to one database; tests have many."""
    if "transactional_db" in request.fixturenames or "live_server" in request.fixturenames:
        from wirknetz.measurement.queries.results.remembered import forget

        forget()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium for the whole run (playwright, synchronous)."""
    path = discovery.find_chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    # playwright's synchronous door keeps an event loop running; Django would refuse its queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=list(discovery.CHROMIUM_FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """`new_page(width=1280)`: a page of a new person, in German; more options as in playwright."""
    with ExitStack() as opened:

        def open_page(*, width: int = 1280, height: int = 900, **options: Any) -> Any:
            wishes = {"locale": "de-DE", "timezone_id": "Europe/Berlin"} | options
            context = browser.new_context(viewport={"width": width, "height": height}, **wishes)
            opened.callback(context.close)
            return context.new_page()

        yield open_page


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a PostgreSQL server where databases may be created."""
    with discovery.some_postgres() as url:
        if url is None:
            pytest.skip(NO_POSTGRES)
        yield url


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Address of an empty database of this run's own, dropped at the end."""
    with discovery.temporary_database(postgres_server) as url:
        yield url
