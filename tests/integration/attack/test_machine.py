"""On the machine itself: files of others, addresses of others."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from wirknetz.cli import demo, site
from wirknetz.cli.archive import container
from wirknetz.cli.say import Stop


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def database(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    there = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": path})
    monkeypatch.setattr("django.db.connection", there)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
class TestFiles:
    def test_a_new_database_is_its_owners_in_an_open_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tmp_path.chmod(0o755)
        database(monkeypatch, str(tmp_path / "wirknetz.sqlite3"))
        site.keep_to_owner()
        assert rights(tmp_path / "wirknetz.sqlite3") == 0o600

    def test_an_existing_database_stays_as_it_is(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "wirknetz.sqlite3"
        file.write_bytes(b"x")
        file.chmod(0o640)
        database(monkeypatch, str(file))
        site.keep_to_owner()
        assert (rights(file), file.read_bytes()) == (0o640, b"x")

    def test_a_folder_that_is_missing_is_said_elsewhere(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database(monkeypatch, str(tmp_path / "nowhere" / "wirknetz.sqlite3"))
        site.keep_to_owner()
        assert not (tmp_path / "nowhere").exists()

    @pytest.mark.parametrize("kind", ["open file", "link"])
    def test_a_backup_is_not_written_into_what_somebody_put_there(
        self, tmp_path: Path, kind: str
    ) -> None:
        (source := tmp_path / "database").write_bytes(b"everything")
        target, theirs = tmp_path / "backup.zip", tmp_path / "theirs"
        theirs.write_bytes(b"theirs")
        partial = tmp_path / ".backup.zip.partial"
        if kind == "link":
            partial.symlink_to(theirs)
        else:
            partial.write_bytes(b"")
            partial.chmod(0o666)
        container.write(target, _manifest(source), source)
        assert rights(target) == 0o600
        assert not target.is_symlink()
        assert theirs.read_bytes() == b"theirs"


def _manifest(source: Path) -> container.Manifest:
    return container.Manifest(
        version="1",
        engine="sqlite",
        created_at=container.now(),
        tables={},
        migrations=(),
        sha256=container.fingerprint(source),
        size=source.stat().st_size,
    )


EVERYWHERE = "0.0.0.0"  # noqa: S104 - it is refused


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.1.2", "example.org", "127.0.0.1.nip"])
def test_the_demo_does_not_listen_to_others(host: str) -> None:
    """Everybody knows its passwords."""
    options: Any = SimpleNamespace(host=host, port=None, fresh=False)
    with pytest.raises(Stop, match="nur auf diesem Rechner"):
        demo.run(options)


@pytest.mark.parametrize("host", [None, "127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_the_demo_listens_here(host: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: Any, **__: Any) -> Any:
        raise Stop("so far")

    monkeypatch.setattr("wirknetz.cli.server.listen", taken)
    options: Any = SimpleNamespace(host=host, port=None, fresh=False)
    with pytest.raises(Stop, match="so far"):
        demo.run(options)
