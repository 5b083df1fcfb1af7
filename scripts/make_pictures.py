"""Take every picture of README and handbook from the real product, by one command.

    .venv/bin/python scripts/make_pictures.py

Fills the demo in a temporary folder at a fixed moment, serves it on a free port of this machine
with the clock standing still, signs in as each role and writes docs/pictures/*.png. The same
code gives the same pictures. Words behind the command name the pictures to take; all are played
through, because the story goes on from one to the next. What is taken stands in
`picture_scenes.py`. Needs Chromium and the tools of development (`./wirknetz check` brings them).
"""

from __future__ import annotations

import datetime as dt
import logging
import multiprocessing
import os
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "scripts")]

from picture_scenes import SCENES, Scene  # noqa: E402 - the paths come first
from small_png import small_png  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
MOMENT = dt.datetime(2026, 11, 16, 8, 0, tzinfo=dt.UTC)
PASSWORD = "gemeinsam-wirken"  # noqa: S105 - that of the demo, printed at every start
MAILED = (
    "select text from foundation_outboxmessage where recipient = ? and subject like ? "
    "order by id desc limit 1"
)


def main(wanted: set[str]) -> None:
    """Take all pictures, or those named."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, site(data) as address, chromium() as browser:
        people = People(browser, address, Path(data))
        for scene in SCENES:
            picture = people.play(scene)
            if not wanted or scene.name in wanted:
                (FOLDER / f"{scene.name}.png").write_bytes(small_png(people.sheet, picture))
                sys.stdout.write(f"docs/pictures/{scene.name}.png\n")


# ------------------------------------------------------------------ the site


@contextmanager
def site(data: str) -> Iterator[str]:
    """Address of the filled demo, served by a process of its own that ends with the block."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(data, theirs))
    process.start()
    try:
        theirs.close()  # the child's death shall be the end of the pipe
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def serve(data: str, told: Connection) -> None:
    """Fill and serve, with a clock that stands still. Runs in the child."""
    import time_machine

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        _configure(data, address)
        with time_machine.travel(MOMENT, tick=False):
            _fill()
            told.send(address)
            _listen(taken)


def _configure(data: str, address: str) -> None:
    os.environ |= {
        "WIRKNETZ_MODE": "demo",
        "WIRKNETZ_DEMO_DIR": data,
        "WIRKNETZ_URL": address,
        "WIRKNETZ_HOSTS": "127.0.0.1",
    }
    from wirknetz.cli import site as prepared

    prepared.configure("demo")
    prepared.prepare_database()
    prepared.prepare_static_files()


def _fill() -> None:
    from wirknetz.cli.demo_data import fill

    fill(at=MOMENT, say=lambda text: sys.stdout.write(f"{text}\n") and None)


def _listen(taken: socket.socket) -> None:
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    create_server(get_wsgi_application(), sockets=[taken], threads=4, ident=None).run()


# ------------------------------------------------------------------ the browser


@contextmanager
def chromium() -> Iterator[Any]:
    """A Chromium for the length of the block."""
    from playwright.sync_api import sync_playwright

    from tests.support import discovery

    path = discovery.find_chromium()
    if path is None:
        sys.exit("No Chromium was found.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*discovery.CHROMIUM_FLAGS, "--font-render-hinting=none"]
        )
        yield browser
        browser.close()


class People:
    """Everybody in the pictures, each signed in through the real page, each in an own window."""

    def __init__(self, browser: Any, address: str, data: Path) -> None:
        self._browser, self._address, self._data = browser, address, data
        self._pages: dict[tuple[str, int], Any] = {}
        self.sheet = browser.new_page()
        """An empty page to draw on."""

    def play(self, scene: Scene) -> bytes:
        """Go where the scene is, do what happens there, take the picture."""
        page = self._page(scene.who, scene.width)
        page.set_viewport_size({"width": scene.width, "height": scene.height})
        self._go(page, scene)
        with ExitStack() as afterwards:
            if scene.act:
                scene.act(page, afterwards.callback)
            page.wait_for_load_state("networkidle")
            return self._take(page, scene)

    def _go(self, page: Any, scene: Scene) -> None:
        page.goto(self._address + (scene.path or self._mailed(scene)))
        for name in scene.follow:
            page.locator("main").get_by_role("link", name=name).first.click()
            page.wait_for_load_state()

    def _mailed(self, scene: Scene) -> str:
        """Path of the personal link in the newest mail to this person."""
        with sqlite3.connect(self._data / "wirknetz.sqlite3") as database:
            row = database.execute(MAILED, (scene.mailed_to, f"{scene.subject}%")).fetchone()
        line = next(line for line in row[0].splitlines() if "/l/" in line)
        return str(line[line.index("/l/") :])

    def _page(self, who: str, width: int) -> Any:
        if (who, width) not in self._pages:
            self._pages[who, width] = self._arrive(who, width)
        return self._pages[who, width]

    def _arrive(self, who: str, width: int) -> Any:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            locale="de-DE",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
            color_scheme="light",
        )
        page = context.new_page()
        page.clock.set_fixed_time(MOMENT)
        if who:
            self._sign_in(page, who)
        return page

    def _sign_in(self, page: Any, who: str) -> None:
        page.goto(f"{self._address}/konto/login/")
        page.fill("input[name=login]", f"{who}@example.org")
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/login" not in url)

    def _take(self, page: Any, scene: Scene) -> bytes:
        options: dict[str, Any] = {"animations": "disabled"}
        if scene.part:
            return bytes(page.locator(scene.part).first.screenshot(**options))
        if scene.until:
            box = page.locator(scene.until).first.bounding_box()
            height = box["y"] + box["height"] + 24
            clip = {"x": 0, "y": 0, "width": scene.width, "height": height}
            return bytes(page.screenshot(**options, clip=clip, full_page=True))
        return bytes(page.screenshot(**options))


if __name__ == "__main__":
    main(set(sys.argv[1:]))
