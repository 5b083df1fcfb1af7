"""Backup and restore through the command line, on SQLite and on PostgreSQL."""

import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support import discovery
from tests.support.processes import REAL_USE, wirknetz

Call = Callable[..., "subprocess.CompletedProcess[str]"]
SETTINGS = REAL_USE | {"WIRKNETZ_URL": "https://netz.example.org"}


class Site:
    """An installation with its data folder and, if given, its PostgreSQL database."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.database = database

    def call(self, *words: str) -> "subprocess.CompletedProcess[str]":
        more = {"DATABASE_URL": self.database} if self.database else {}
        return wirknetz(*words, **SETTINGS, WIRKNETZ_DATA_DIR=str(self.folder), **more)

    @property
    def file(self) -> Path:
        return self.folder / "wirknetz.sqlite3"

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        if self.database:
            import psycopg

            with psycopg.connect(self.database) as connection:
                done = connection.execute(statement)  # type: ignore[call-overload]
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self.file)) as connection:
            rows = connection.execute(statement).fetchall()
            connection.commit()
            return rows

    def names(self) -> list[str]:
        rows = self.execute("select name from foundation_periodicrun order by name")
        return [str(name) for (name,) in rows]

    def add(self, name: str) -> None:
        self.execute(f"insert into foundation_periodicrun (name, last_error) values ('{name}', '')")  # noqa: S608


def migrated(site: Site) -> Site:
    site.folder.mkdir(parents=True, exist_ok=True)
    done = site.call("manage", "migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    site.execute("delete from foundation_periodicrun")
    site.add("before")
    return site


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, made once."""
    site = migrated(Site(tmp_path_factory.mktemp("template")))
    site.execute("pragma journal_mode=delete")
    return site.file


@pytest.fixture(scope="module")
def made(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of that database, made once."""
    target = tmp_path_factory.mktemp("made") / "sicherung.zip"
    done = Site(template.parent).call("backup", str(target))
    assert done.returncode == 0, done.stderr
    assert "Gesichert:" in done.stdout
    return target


@pytest.fixture
def target(made: Path, tmp_path: Path) -> Path:
    """A copy of that backup, to be spoilt."""
    return Path(shutil.copy(made, tmp_path / "sicherung.zip"))


@pytest.fixture
def site(tmp_path: Path, template: Path) -> Site:
    folder = tmp_path / "data"
    folder.mkdir()
    made = Site(folder)
    made.file.write_bytes(template.read_bytes())
    return made


def test_what_was_backed_up_comes_back_and_the_former_stays(site: Site, target: Path) -> None:
    site.add("after")
    done = site.call("restore", str(target), "--yes")
    assert done.returncode == 0, done.stderr
    assert site.names() == ["before"]
    [former] = site.folder.glob("*.before-*")
    assert str(former) in done.stdout
    with closing(sqlite3.connect(former)) as kept:
        rows = kept.execute("select name from foundation_periodicrun order by name").fetchall()
    assert rows == [("after",), ("before",)]
    assert [p.name for p in site.folder.glob(".restore-*")] == []


def test_without_a_terminal_and_without_yes_nothing_is_replaced(site: Site, target: Path) -> None:
    first = target.read_bytes()
    again = site.call("backup", str(target))
    assert again.returncode == 1
    assert "--yes" in again.stderr
    assert target.read_bytes() == first
    site.add("after")
    done = site.call("restore", str(target))
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert site.names() == ["after", "before"]


def test_a_new_installation_takes_a_backup_without_asking(tmp_path: Path, target: Path) -> None:
    new = Site(tmp_path / "new")
    done = new.call("restore", str(target))
    assert done.returncode == 0, done.stderr
    assert new.names() == ["before"]


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def make_foreign(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("liste.csv", "a;b")


def make_newer(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        manifest, database = archive.read("manifest.json"), archive.read("database")
    changed = manifest.replace(b'"foundation.0001_initial"', b'"foundation.9999_from_the_future"')
    assert changed != manifest
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", changed)
        archive.writestr("database", database)


def take_away(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (damage, "beschädigt"),
        (cut, "beschädigt"),
        (make_foreign, "keine Sicherung"),
        (make_newer, "neueren Ausgabe"),
        (take_away, "gibt es nicht"),
    ],
)
def test_a_spoilt_backup_changes_nothing(
    site: Site, target: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(target)
    before = site.file.read_bytes()
    done = site.call("restore", str(target), "--yes")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert site.file.read_bytes() == before
    assert [p.name for p in site.folder.iterdir()] == [site.file.name]


def test_while_the_site_runs_it_can_be_backed_up_but_not_restored(
    site: Site, tmp_path: Path
) -> None:
    target = tmp_path / "sicherung.zip"
    with closing(sqlite3.connect(site.file)) as running:
        running.execute("pragma journal_mode=wal")
        running.execute("insert into foundation_periodicrun (name, last_error) values ('now', '')")
        running.commit()
        running.execute("begin immediate")  # in the middle of a write
        assert site.call("backup", str(target)).returncode == 0
        running.rollback()
        done = site.call("restore", str(target), "--yes")
        assert done.returncode == 1
        assert "läuft noch" in done.stderr
    restored = Site(tmp_path / "new")
    restored.call("restore", str(target))
    assert restored.names() == ["before", "now"]


def test_a_damaged_database_is_not_passed_off_as_a_backup(site: Site, tmp_path: Path) -> None:
    [(page, size)] = site.execute(
        "select rootpage, (select page_size from pragma_page_size) from sqlite_master"
        " where name = 'foundation_periodicrun'"
    )
    with site.file.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    target = tmp_path / "sicherung.zip"
    done = site.call("backup", str(target))
    assert done.returncode == 1
    assert "beschädigt" in done.stderr
    assert not target.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    ("target", "said"), [("none/sicherung.zip", "Ordner"), ("data", "ist ein Ordner")]
)
def test_a_place_that_cannot_be_written_is_named(
    site: Site, tmp_path: Path, target: str, said: str
) -> None:
    done = site.call("backup", str(tmp_path / target))
    assert done.returncode == 1
    assert said in done.stderr


@pytest.fixture(scope="module")
def postgres_template(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A migrated PostgreSQL database, made once."""
    with discovery.temporary_database(postgres_server) as url:
        yield migrated(Site(tmp_path_factory.mktemp("template"), url))


@pytest.fixture
def on_postgres(postgres_server: str, postgres_template: Site, tmp_path: Path) -> Iterator[Site]:
    with discovery.temporary_database(postgres_server, like=postgres_template.database) as url:
        yield Site(tmp_path / "postgres", url)
        _drop_what_was_kept(postgres_server, url)


def _drop_what_was_kept(server: str, url: str) -> None:
    import psycopg

    name = discovery.name_in(url)
    with psycopg.connect(server, autocommit=True) as connection:
        for (kept,) in connection.execute(
            "select datname from pg_database where datname like %s", [f"{name}_%"]
        ).fetchall():
            connection.execute(f'drop database "{kept}" with (force)')


@pytest.mark.postgres
def test_postgres_comes_back_and_the_former_stays(on_postgres: Site, tmp_path: Path) -> None:
    target = tmp_path / "sicherung.zip"
    done = on_postgres.call("backup", str(target))
    assert done.returncode == 0, done.stderr
    on_postgres.add("after")
    done = on_postgres.call("restore", str(target), "--yes")
    assert done.returncode == 0, done.stderr
    assert on_postgres.names() == ["before"]
    former = done.stdout.strip().rpartition(" ")[2]
    name = discovery.name_in(on_postgres.database)
    kept = Site(on_postgres.folder, on_postgres.database.replace(name, former))
    assert sorted(kept.names()) == ["after", "before"]


@pytest.mark.postgres
def test_postgres_in_use_is_backed_up_but_not_replaced(on_postgres: Site, tmp_path: Path) -> None:
    import psycopg

    target = tmp_path / "sicherung.zip"
    with psycopg.connect(on_postgres.database):
        assert on_postgres.call("backup", str(target)).returncode == 0
        done = on_postgres.call("restore", str(target), "--yes")
    assert done.returncode == 1
    assert "läuft noch" in done.stderr
    assert on_postgres.names() == ["before"]


@pytest.mark.postgres
def test_a_backup_of_the_other_engine_is_refused(on_postgres: Site, target: Path) -> None:
    done = on_postgres.call("restore", str(target), "--yes")
    assert done.returncode == 1
    assert "aus SQLite" in done.stderr
    assert on_postgres.names() == ["before"]


@pytest.mark.postgres
def test_a_damaged_postgres_backup_changes_nothing(on_postgres: Site, tmp_path: Path) -> None:
    target = tmp_path / "sicherung.zip"
    on_postgres.call("backup", str(target))
    damage(target)
    done = on_postgres.call("restore", str(target), "--yes")
    assert done.returncode == 1
    assert "beschädigt" in done.stderr
    assert on_postgres.names() == ["before"]
