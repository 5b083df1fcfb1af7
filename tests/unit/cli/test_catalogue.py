"""Untranslated sentences, doubtful ones and a stale catalogue are found."""

import shutil
import subprocess
from pathlib import Path

import pytest

from wirknetz.cli import catalogue, checks

pytestmark = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="kein gettext gefunden")

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
DONE = 'msgid "Guten Tag"\nmsgstr "Hello"\n\n'


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    package = tmp_path / "src" / "wirknetz"
    (package / "web" / "templates").mkdir(parents=True)
    for name in ("__init__.py", "web/__init__.py"):
        (package / name).touch()
    (package / "web" / "settings_test.py").write_text("SECRET_KEY = 'x'\nUSE_I18N = True\n")
    (package / "web" / "page.py").write_text('gettext("Guten Tag")\n')
    (package / catalogue.FOLDER).mkdir(parents=True)
    return tmp_path


def write(clone: Path, content: str, *, compiled: bool = True) -> None:
    po = clone / "src" / "wirknetz" / catalogue.FOLDER / "django.po"
    po.write_text(HEAD + content)
    if compiled:
        command = ["msgfmt", "-o", str(po.with_suffix(".mo")), str(po)]
        subprocess.run(command, check=True)  # noqa: S603


def test_a_complete_catalogue_has_nothing_missing(clone: Path) -> None:
    write(clone, DONE)
    assert catalogue.missing(clone) == []


def test_a_new_sentence_in_a_template_is_missing(clone: Path) -> None:
    write(clone, DONE)
    page = clone / "src/wirknetz/web/templates/page.html"
    page.write_text('{% load i18n %}{% translate "Auf Wiedersehen" %}')
    assert catalogue.missing(clone) == ["Auf Wiedersehen"]


def test_without_a_catalogue_everything_is_missing(clone: Path) -> None:
    assert catalogue.missing(clone) == ["Guten Tag"]


def test_a_doubtful_translation_is_missing(clone: Path) -> None:
    write(clone, "#, fuzzy\n" + DONE)
    assert catalogue.missing(clone) == ["Guten Tag"]


def test_a_catalogue_that_was_not_compiled_is_stale(clone: Path) -> None:
    write(clone, 'msgid "Guten Tag"\nmsgstr "Good day"\n')
    write(clone, DONE, compiled=False)
    assert catalogue.missing(clone) == [catalogue.STALE]


def test_looking_changes_nothing(clone: Path) -> None:
    write(clone, "")
    before = {path: path.read_bytes() for path in clone.rglob("*") if path.is_file()}
    assert catalogue.missing(clone) == ["Guten Tag"]
    assert {path: path.read_bytes() for path in clone.rglob("*") if path.is_file()} == before


def test_every_check_has_a_name_of_its_own_and_looks_at_what_exists(clone: Path) -> None:
    listed = checks.checks(clone)
    names = [check.name for check in listed]
    assert len(set(names)) == len(names)
    style = next(check for check in listed if check.name == "style")
    assert style.command[2:] == ["src"]
