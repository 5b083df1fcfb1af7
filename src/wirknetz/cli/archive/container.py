"""The backup file: a ZIP of two members, a manifest and the database.

    manifest.json   what is inside: format, version, engine, tables with their rows, fingerprint
    database        the SQLite file, or the output of pg_dump (custom format)

Standard library only; knows no database.
"""

import datetime as dt
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wirknetz.cli.say import Stop
from wirknetz.cli.say import gettext as _

FORMAT = "wirknetz-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
DATABASE = "database"
LARGEST_MANIFEST = 5_000_000  # bytes
BLOCK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself.

    `tables` counts the rows of each table; `migrations` are all applied steps, `app.name`.
    """

    version: str
    engine: str
    created_at: str
    tables: Mapping[str, int]
    migrations: tuple[str, ...]
    sha256: str
    size: int


def now() -> str:
    """The moment of a backup, in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def fingerprint(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Path, manifest: Manifest, database: Path) -> None:
    """Write the backup beside `target`, read it back, then put it in place in one step.

    Raises Stop when what can be read back is not what was written; `target` is then untouched.
    """
    partial = target.with_name(f".{target.name}.partial")
    try:
        _pack(partial, manifest, database)
        check(partial, manifest)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _pack(path: Path, manifest: Manifest, database: Path) -> None:
    head = {"format": FORMAT, "format_version": FORMAT_VERSION} | asdict(manifest)
    # Readable by its owner alone: it holds everything. What somebody else put there is not used.
    path.unlink(missing_ok=True)
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)  # Windows
    handle = os.open(path, flags, 0o600)
    with os.fdopen(handle, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            archive.writestr(MANIFEST, json.dumps(head, indent=1))
            archive.write(database, DATABASE)
        file.flush()
        os.fsync(file.fileno())


def check(path: Path, expected: Manifest) -> None:
    """Compare what stands in the file with what should. Raises Stop."""
    with _opened(path) as archive, archive.open(DATABASE) as member:
        found = hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]
    if read_manifest(path) != expected or found != expected.sha256:
        raise Stop(_("Die Sicherung konnte nicht richtig geschrieben werden. Ist die Platte voll?"))


def read_manifest(path: Path) -> Manifest:
    """What the file says about itself. Raises Stop for anything that is no backup of ours."""
    with _opened(path) as archive:
        if sorted(archive.namelist()) != [DATABASE, MANIFEST]:
            raise Stop(_("Die Datei ist keine Sicherung von Wirknetz."))
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise Stop(_("Die Datei ist keine Sicherung von Wirknetz."))
        return _parsed(archive)


def _parsed(archive: zipfile.ZipFile) -> Manifest:
    try:
        head = json.loads(archive.read(MANIFEST))
        ours, written_as = head["format"] == FORMAT, int(head["format_version"])
        manifest = _manifest(head)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stop(_("Die Datei ist keine Sicherung von Wirknetz.")) from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise Stop(_damaged()) from error
    if not ours:
        raise Stop(_("Die Datei ist keine Sicherung von Wirknetz."))
    if written_as > FORMAT_VERSION:
        raise Stop(_("Die Sicherung stammt aus einer neueren Ausgabe von Wirknetz."))
    return manifest


def _manifest(head: Mapping[str, Any]) -> Manifest:
    return Manifest(
        version=str(head["version"]),
        engine=str(head["engine"]),
        created_at=str(head["created_at"]),
        tables={str(name): int(rows) for name, rows in head["tables"].items()},
        migrations=tuple(map(str, head["migrations"])),
        sha256=str(head["sha256"]),
        size=int(head["size"]),
    )


def unpack(path: Path, manifest: Manifest, target: Path) -> None:
    """Write the database to `target`. Raises Stop, and leaves nothing, when it is damaged."""
    try:
        with _opened(path) as archive, archive.open(DATABASE) as member:
            copied = _copy(member, target, manifest.size)
    except (zipfile.BadZipFile, OSError, zlib.error) as error:
        target.unlink(missing_ok=True)
        raise Stop(_damaged()) from error
    if copied != manifest.size or fingerprint(target) != manifest.sha256:
        target.unlink()
        raise Stop(_damaged())


def _copy(member: Any, target: Path, most: int) -> int:
    """Copy at most `most` bytes and one; a file that unpacks to more than it says is refused."""
    written = 0
    with target.open("xb") as file:
        while written <= most and (block := member.read(BLOCK)):
            written += file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return written


def _damaged() -> str:
    return _("Die Sicherung ist beschädigt. Es wurde nichts verändert.")


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise Stop(_("Die Datei {path} gibt es nicht.").format(path=path)) from error
    except (OSError, zipfile.BadZipFile) as error:
        raise Stop(
            _("Die Datei {path} ist beschädigt oder keine Sicherung von Wirknetz.").format(
                path=path
            )
        ) from error
