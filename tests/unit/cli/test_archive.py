"""A backup is complete or not there; a damaged or foreign one changes nothing."""

import json
import sqlite3
import threading
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from wirknetz.cli.archive import container, sqlite
from wirknetz.cli.archive.container import Manifest
from wirknetz.cli.say import Stop


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "wirknetz.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("pragma journal_mode=wal")
        made.execute("create table entry (id integer primary key, amount integer)")
        made.execute('create table "odd ""name""" (id integer)')
        made.execute("create table django_migrations (app text, name text)")
        made.execute("insert into django_migrations values ('network', '0001_initial')")
        made.executemany("insert into entry (amount) values (?)", [(n,) for n in range(5000)])
        made.commit()
    return path


def packed(tmp_path: Path, database: Path) -> tuple[Path, Manifest]:
    manifest = Manifest(
        version="1",
        engine="sqlite",
        created_at="2026-11-22T08:00:00+00:00",
        tables=dict(sqlite.tables(database)),
        migrations=sqlite.migrations(database),
        sha256=container.fingerprint(database),
        size=database.stat().st_size,
    )
    target = tmp_path / "backup.zip"
    container.write(target, manifest, database)
    return target, manifest


def test_what_is_read_back_is_what_was_written(tmp_path: Path, database: Path) -> None:
    target, manifest = packed(tmp_path, database)
    assert container.read_manifest(target) == manifest
    assert manifest.migrations == ("network.0001_initial",)
    assert manifest.tables["entry"] == 5000
    back = tmp_path / "back"
    container.unpack(target, manifest, back)
    assert back.read_bytes() == database.read_bytes()


def test_only_its_owner_may_read_it(tmp_path: Path, database: Path) -> None:
    target, _ = packed(tmp_path, database)
    assert target.stat().st_mode & 0o077 == 0


def test_a_failed_writing_leaves_the_former_backup(tmp_path: Path, database: Path) -> None:
    target, manifest = packed(tmp_path, database)
    before = target.read_bytes()
    with pytest.raises(Stop, match="nicht richtig geschrieben"):
        container.write(target, replace(manifest, sha256="0" * 64), database)
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backup.zip", "wirknetz.sqlite3"]


@pytest.mark.parametrize("at", [0.3, 0.5, 0.9])
def test_a_flipped_byte_is_noticed(tmp_path: Path, database: Path, at: float) -> None:
    target, manifest = packed(tmp_path, database)
    content = bytearray(target.read_bytes())
    content[int(len(content) * at)] ^= 0xFF
    target.write_bytes(content)
    back = tmp_path / "back"
    with pytest.raises(Stop, match="beschädigt"):
        container.unpack(target, manifest, back)
    assert not back.exists()


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_cut_file_is_refused(tmp_path: Path, database: Path, share: float) -> None:
    target, _ = packed(tmp_path, database)
    content = target.read_bytes()
    target.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Stop, match="beschädigt oder keine Sicherung"):
        container.read_manifest(target)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"fehlt\.zip gibt es nicht"):
        container.read_manifest(tmp_path / "fehlt.zip")


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({}, "keine Sicherung"),
        ({"liste.csv": "a;b"}, "keine Sicherung"),
        ({"manifest.json": "{}", "database": ""}, "keine Sicherung"),
        ({"manifest.json": "[]", "database": ""}, "keine Sicherung"),
        ({"manifest.json": "kein json", "database": ""}, "keine Sicherung"),
        ({"manifest.json": "{}", "database": "", "../outside": ""}, "keine Sicherung"),
    ],
)
def test_a_foreign_file_is_refused(tmp_path: Path, members: dict[str, str], said: str) -> None:
    path = tmp_path / "foreign.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(Stop, match=said):
        container.read_manifest(path)


def rewritten(target: Path, database: bytes, **changed: object) -> Path:
    with zipfile.ZipFile(target) as archive:
        head = json.loads(archive.read("manifest.json"))
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("manifest.json", json.dumps(head | changed))
        archive.writestr("database", database)
    return target


def test_a_newer_format_is_refused(tmp_path: Path, database: Path) -> None:
    target, _ = packed(tmp_path, database)
    rewritten(target, b"", format_version=2)
    with pytest.raises(Stop, match="neueren Ausgabe"):
        container.read_manifest(target)


def test_a_file_that_unpacks_to_more_than_it_says_is_stopped(
    tmp_path: Path, database: Path
) -> None:
    target, _ = packed(tmp_path, database)
    rewritten(target, b"\0" * 50_000_000, size=1000)
    back = tmp_path / "back"
    with pytest.raises(Stop, match="beschädigt"):
        container.unpack(target, container.read_manifest(target), back)
    assert not back.exists()


def test_the_copy_is_of_one_moment_while_others_write(tmp_path: Path, database: Path) -> None:
    """A writer moves amounts between two rows; in every copy their sum is the same."""
    stop = threading.Event()

    def move() -> None:
        with closing(sqlite3.connect(database, timeout=20)) as writer:
            while not stop.is_set():
                writer.execute("update entry set amount = amount + 7 where id = 1")
                writer.execute("update entry set amount = amount - 7 where id = 5000")
                writer.commit()

    writing = threading.Thread(target=move)
    writing.start()
    sums = set()
    try:
        for number in range(10):
            target = tmp_path / f"copy{number}"
            sqlite.copy(database, target)
            sqlite.check(target)
            with closing(sqlite3.connect(target)) as copied:
                sums.add(copied.execute("select sum(amount) from entry").fetchone()[0])
    finally:
        stop.set()
        writing.join()
    assert sums == {sum(range(5000))}


def test_a_copy_of_nothing_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        sqlite.copy(tmp_path / "fehlt", tmp_path / "copy")
    assert not (tmp_path / "fehlt").exists()


def test_a_damaged_database_is_noticed(tmp_path: Path, database: Path) -> None:
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(Stop, match="beschädigt"):
        sqlite.check(database)


def test_a_text_file_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("kein SQLite" * 1000)
    with pytest.raises(Stop, match="beschädigt"):
        sqlite.check(path)


def test_every_table_is_counted(database: Path) -> None:
    assert sqlite.tables(database) == {"django_migrations": 1, "entry": 5000, 'odd "name"': 0}


def test_replacing_keeps_the_former_database(tmp_path: Path, database: Path) -> None:
    new = tmp_path / "new"
    sqlite.copy(database, new)
    with closing(sqlite3.connect(new)) as changed:
        changed.execute("delete from entry where id > 10")
        changed.commit()
    former = sqlite.replace(database, new)
    again = tmp_path / "again"
    sqlite.copy(database, again)
    second = sqlite.replace(database, again)
    assert former is not None
    assert second is not None
    assert sqlite.tables(database)["entry"] == 10
    assert sqlite.tables(former)["entry"] == 5000
    assert sqlite.tables(second)["entry"] == 10


def test_replacing_where_nothing_was(tmp_path: Path, database: Path) -> None:
    target = tmp_path / "empty.sqlite3"
    assert sqlite.replace(target, database) is None
    assert sqlite.tables(target)["entry"] == 5000


def test_a_database_in_use_is_not_replaced(tmp_path: Path, database: Path) -> None:
    new = tmp_path / "new"
    sqlite.copy(database, new)
    with closing(sqlite3.connect(database)) as site:
        site.execute("select count(*) from entry").fetchone()  # open, and idle since
        assert sqlite.in_use(database)
        with pytest.raises(Stop, match="läuft noch"):
            sqlite.replace(database, new)
    assert not sqlite.in_use(database)
    assert sqlite.tables(database)["entry"] == 5000
    assert new.exists()


def test_what_is_still_in_the_write_ahead_log_is_kept(tmp_path: Path, database: Path) -> None:
    """A killed site leaves its last writes in the log beside the file."""
    killed = tmp_path / "killed.sqlite3"
    with closing(sqlite3.connect(database)) as site:
        site.execute("pragma wal_autocheckpoint=0")
        site.execute("insert into entry (amount) values (1)")
        site.commit()
        for end in ("", "-wal"):
            killed.with_name(killed.name + end).write_bytes(
                database.with_name(database.name + end).read_bytes()
            )
    new = tmp_path / "new"
    sqlite.copy(database, new)
    former = sqlite.replace(killed, new)
    assert former is not None
    assert sqlite.tables(former)["entry"] == 5001
