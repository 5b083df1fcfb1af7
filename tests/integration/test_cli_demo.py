"""`wirknetz demo`: starts, works in the background, is reused, ends cleanly."""

import shutil
import signal
import socket
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support.processes import Running, free_port, running, wirknetz

DEMO = "tests.support.small_demo"
READY = "Beenden mit Strg+C"


@contextmanager
def demo(folder: Path, *words: str, port: int | None = None) -> Iterator[tuple[Running, str]]:
    port = port or free_port()
    with running(
        "demo", "--port", str(port), *words, module=DEMO, WIRKNETZ_DEMO_DIR=str(folder)
    ) as site:
        yield site, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that ran once and was ended."""
    folder = tmp_path_factory.mktemp("demo") / "mit leer zeichen"
    with demo(folder) as (site, address):
        site.wait_for(READY)
        with urllib.request.urlopen(address) as answer:  # noqa: S310
            assert answer.status == 200
        mail = folder / "mail"
        site._until(lambda: any(mail.iterdir()), "a mail")
        assert site.end() == 0
    for line in ("Fülle das Probe-Netzwerk", "Lege eine Person an", address, "Beendet."):
        assert line in site.said
    assert "koordination@example.org" in site.said
    assert "ein-passwort" in site.said
    assert "Traceback" not in site.said
    return folder


def accounts(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "wirknetz.sqlite3")) as database:
        return int(database.execute("select count(*) from foundation_user").fetchone()[0])


def test_the_background_worker_delivered_the_mail_in_the_same_process(filled: Path) -> None:
    [letter] = (filled / "mail").iterdir()
    assert "Subject: Willkommen" in letter.read_text()


def test_a_second_start_takes_what_is_there(filled: Path) -> None:
    with demo(filled) as (site, _):
        site.wait_for(READY)
        assert site.end(signal.SIGINT) == 0
    assert "vorhandenen Probe-Daten" in site.said
    assert "Fülle" not in site.said
    assert "Traceback" not in site.said
    assert accounts(filled) == 1


def test_while_it_runs_nobody_starts_over_under_it(filled: Path) -> None:
    with demo(filled) as (site, _):
        site.wait_for(READY)
        with demo(filled, "--fresh") as (second, _):
            assert second.process.wait(60) == 1
            second.wait_for("läuft noch")
        assert site.end() == 0
    assert accounts(filled) == 1


def test_starting_over_forgets(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "wirknetz.sqlite3")) as database:
        database.execute("update foundation_user set name = 'changed'")
        database.commit()
    with demo(filled, "--fresh") as (site, _):
        site.wait_for(READY)
        assert site.end() == 0
    assert "gelöscht" in site.said
    with closing(sqlite3.connect(filled / "wirknetz.sqlite3")) as database:
        assert database.execute("select name from foundation_user").fetchall() == [("Kim Muster",)]


def test_a_taken_port_is_said_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = wirknetz("demo", "--port", str(port), WIRKNETZ_DEMO_DIR=str(tmp_path / "demo"))
    assert done.returncode == 1
    assert f"127.0.0.1:{port} ist schon belegt" in done.stderr
    assert "wirknetz demo --port" in done.stderr
    assert not (tmp_path / "demo").exists()


def test_a_filling_that_broke_off_is_begun_again(tmp_path: Path) -> None:
    broken = wirknetz(
        "demo",
        "--port",
        str(free_port()),
        module=DEMO,
        WIRKNETZ_DEMO_DIR=str(tmp_path),
        SMALL_DEMO_FAILS="1",
    )
    assert broken.returncode == 130
    assert "Abgebrochen" in broken.stderr
    assert "Traceback" not in broken.stderr
    with demo(tmp_path) as (site, _):
        site.wait_for(READY)
        assert site.end() == 0
    assert accounts(tmp_path) == 1


def test_the_demo_never_touches_the_data_of_real_use(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "wirknetz.sqlite3").write_text("precious")
    port = free_port()
    with running(
        "demo",
        "--fresh",
        "--port",
        str(port),
        module=DEMO,
        WIRKNETZ_DEMO_DIR=str(tmp_path / "demo"),
        WIRKNETZ_DATA_DIR=str(real),
        DATABASE_URL=f"sqlite:///{real}/wirknetz.sqlite3",
    ) as site:
        site.wait_for(READY)
        assert site.end() == 0
    assert (real / "wirknetz.sqlite3").read_text() == "precious"
    assert accounts(tmp_path / "demo") == 1


def verify(folder: Path) -> "subprocess.CompletedProcess[str]":
    return wirknetz("audit", "verify", "--demo", WIRKNETZ_DEMO_DIR=str(folder))


def test_the_audit_trail_is_sealed_and_a_change_is_found(filled: Path, tmp_path: Path) -> None:
    shutil.copy(filled / "wirknetz.sqlite3", tmp_path)
    done = verify(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "unverändert" in done.stdout
    assert "Siegel 1: " in done.stdout

    with closing(sqlite3.connect(tmp_path / "wirknetz.sqlite3")) as database:
        triggers = database.execute("select name from sqlite_master where type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f'drop trigger "{name}"')
        database.execute("update foundation_auditevent set object_label = 'somebody else'")
        database.commit()
    done = verify(tmp_path)
    assert done.returncode == 1
    assert "wurde verändert" in done.stderr
    assert "Traceback" not in done.stderr


def test_data_of_another_release_are_refused_with_the_way_out(filled: Path, tmp_path: Path) -> None:
    for name in ("wirknetz.sqlite3", "filled"):
        shutil.copy(filled / name, tmp_path)
    with closing(sqlite3.connect(tmp_path / "wirknetz.sqlite3")) as database:
        database.execute("delete from django_migrations where app = 'foundation'")
        database.commit()
    port = str(free_port())
    done = wirknetz("demo", "--port", port, module=DEMO, WIRKNETZ_DEMO_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "wirknetz demo --fresh" in done.stderr
    assert "Traceback" not in done.stderr
