"""The command line understands what people type and says what it does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from wirknetz import __version__
from wirknetz.cli import main
from wirknetz.cli.commands import COMMANDS, parser

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")


def test_without_a_word_it_shows_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n    {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", [n for n, c in COMMANDS.items() if not c.passes_on])
def test_every_command_explains_itself_in_german(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Aufruf: wirknetz {name}")
    assert "usage:" not in shown
    assert "show this help" not in shown


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.strip() == f"Wirknetz {__version__}"


def test_an_unknown_command_is_named_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["dmo"]) == 1
    said = capsys.readouterr().err
    assert "„dmo“" in said
    assert "demo" in said


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "80.5", "²"])
def test_a_wrong_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", f"--port={port}"])
    assert ended.value.code == 2
    assert "von 1 bis 65535" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_outermost_ports_are_accepted(port: str) -> None:
    assert parser().parse_args(["demo", f"--port={port}"]).port == int(port)


def test_help_needs_neither_django_nor_the_commands_themselves() -> None:
    code = (
        "import sys; from wirknetz.cli import main; main([]);"
        "print([m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg', 'gunicorn')])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["backup"], "Es fehlt: DATEI"),
        (["network", "add", "Netz"], "Es fehlt: --slug, --coordinator, --coordinator-name"),
        (["account"], "Es fehlt: reset-second-factor, E-MAIL"),
        (["serve", "--foo"], "Das kennt dieser Befehl nicht: --foo"),
        (["audit", "nix"], "verify: „nix“ gibt es nicht. Möglich: verify"),
        (["serve", "--port"], "--port: Dahinter fehlt eine Angabe."),
        (["serve", "--port=x"], "--port: Bitte eine Zahl von 1 bis 65535 angeben."),
        (["serve", "--no-worker=1"], "--no-worker: Dahinter gehört keine Angabe."),
        (["worker", "--parent=x"], "--parent: „x“ passt hier nicht."),
    ],
)
def test_a_wrong_call_is_explained_in_german(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert not [word for word in ("argument", "required", "usage", "invalid") if word in shown]


def test_in_english_it_is_argparses_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(SystemExit):
        main(["backup"])
    assert "the following arguments are required" in capsys.readouterr().err
