"""The terminal's language decides; only a typed yes is a yes."""

import io
from pathlib import Path

import pytest

from wirknetz.cli import places, say


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "de"),
        ({"LANG": "C.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "de"),
    ],
)
def test_language(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert say.language() == language


def test_nothing_said_is_nothing_shown() -> None:
    """The empty message id stands for the head of a catalogue."""
    assert say.gettext("") == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ja\n", True), ("J\n", True), (" yes \n", True), ("n\n", False), ("\n", False), ("", False)],
)
def test_only_a_typed_yes_counts(typed: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert say.confirmed("Ersetzen?") is meant


def test_without_a_terminal_nobody_said_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("ja\n"))
    assert say.confirmed("Ersetzen?") is False
    monkeypatch.setattr("sys.stdin", None)
    assert say.confirmed("Ersetzen?") is False


def test_the_demo_lives_in_the_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIRKNETZ_DEMO_DIR", raising=False)
    root = places.clone()
    assert root is not None
    assert (root / "wirknetz").is_file()
    assert places.demo_data() == root / "var" / "demo"


def test_an_installed_package_keeps_it_with_the_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WIRKNETZ_DEMO_DIR", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(places, "clone", lambda: None)
    assert places.demo_data() == tmp_path / "wirknetz" / "demo"
    with pytest.raises(say.Stop, match="Klon"):
        places.required_clone()
