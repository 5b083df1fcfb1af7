"""The launcher sets up, stays quick, repairs, and says what is missing; all without a network.

A stand-in for uv makes a real environment with the standard library and "installs" a package
called django, which is what the launcher looks for.
"""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell script"),
    pytest.mark.skipif(not PYTHON.exists(), reason="no interpreter outside the environment"),
]

UV = f"""\
#!{PYTHON}
import os, pathlib, subprocess, sys
words = sys.argv[1:]
with open(os.environ["UV_LOG"], "a") as log:
    log.write(" ".join(words) + chr(10))
if os.environ.get("UV_FAILS") and "--version" not in words:
    sys.exit("error: no connection")
if "venv" in words:
    venv = [sys.executable, "-m", "venv", "--clear", "--without-pip"]
    subprocess.run([*venv, words[-1]], check=True)
if "sync" in words:
    python = pathlib.Path(words[words.index("--python") + 1])
    site = next(python.parent.parent.glob("lib/python*/site-packages"))
    (site / "django").mkdir(exist_ok=True)
    (site / "django" / "__init__.py").touch()
    (site / "django-5.2.dist-info").mkdir(exist_ok=True)
"""

# Answers for pip and leaves everything else to the real interpreter.
PYTHON_WITH_PIP = f"""\
#!{PYTHON}
import os, pathlib, sys
words = sys.argv[1:]
if words[:2] != ["-m", "pip"]:
    os.execv({str(PYTHON)!r}, [{str(PYTHON)!r}, *words])
if "install" in words:
    with open(os.environ["UV_LOG"], "a") as log:
        log.write(" ".join(words) + chr(10))
    uv = pathlib.Path(words[words.index("--target") + 1]) / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.write_text({UV!r})
    uv.chmod(0o755)
"""


class Machine:
    """A clone in a folder with a space, and a PATH that holds what the test puts there."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "mit leer zeichen" / "wirknetz"
        self.bin = folder / "bin"
        self.log = folder / "uv.log"
        self.log.touch()
        self.bin.mkdir()
        (self.clone / "src").mkdir(parents=True)
        for name in ("wirknetz", "pyproject.toml"):
            shutil.copy(ROOT / name, self.clone / name)
        shutil.copytree(ROOT / "requirements", self.clone / "requirements")
        shutil.copytree(ROOT / "src/wirknetz/cli", self.clone / "src/wirknetz/cli")
        for name in ("__init__.py", "__main__.py"):
            shutil.copy(ROOT / "src/wirknetz" / name, self.clone / "src/wirknetz" / name)

    def put(self, name: str, content: str) -> None:
        path = self.bin / name
        path.write_text(content)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def run(
        self, *words: str, call: Sequence[str] = (), cwd: Path | None = None, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603
            [*(call or [str(self.clone / "wirknetz")]), *words],
            cwd=cwd or self.clone.parent,
            env={"PATH": str(self.bin), "UV_LOG": str(self.log), "HOME": "/nowhere"} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def asked_of_uv(self) -> list[str]:
        words = [line for line in self.log.read_text().splitlines() if line != "--version"]
        self.log.write_text("")
        return words

    @property
    def packages(self) -> Path:
        return next((self.clone / ".venv").glob("lib/python*/site-packages"))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.put("uv", UV)
    return made


def test_the_first_start_sets_up_and_the_second_asks_for_nothing(machine: Machine) -> None:
    first = machine.run("--version")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("Wirknetz ")
    assert "Richte Wirknetz ein" in first.stderr
    assert "Fertig eingerichtet" in first.stderr
    made, installed = machine.asked_of_uv()
    assert "--python >=3.11,<3.15" in made
    assert "--require-hashes" in installed
    assert installed.endswith("/requirements/run.txt")

    second = machine.run("--version")
    assert second.returncode == 0
    assert second.stderr == ""
    assert machine.asked_of_uv() == []


def test_it_speaks_english_to_an_english_terminal(machine: Machine) -> None:
    assert "Setting up Wirknetz" in machine.run("--version", LANG="en_GB.UTF-8").stderr


@pytest.mark.parametrize("helper", ["readlink", "python3"])
def test_it_starts_from_anywhere_and_through_a_link(
    machine: Machine, tmp_path: Path, helper: str
) -> None:
    path = shutil.which(helper)
    assert path
    (machine.bin / helper).symlink_to(path if helper == "readlink" else PYTHON)
    machine.run("--version")
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "ein link"
    link.symlink_to(machine.clone / "wirknetz")
    for call, cwd in (
        ([str(link)], tmp_path),
        (["./ein link"], tmp_path / "elsewhere"),
        (["/bin/sh", "wirknetz"], machine.clone),
        (["../wirknetz"], machine.clone / "src"),
    ):
        done = machine.run("--version", call=call, cwd=cwd)
        assert done.returncode == 0, (call, done.stderr)
    assert len(machine.asked_of_uv()) == 2


def test_tests_and_checks_need_the_larger_lock_which_then_serves_all(machine: Machine) -> None:
    machine.run("--version")
    machine.asked_of_uv()
    machine.run("bench")
    [installed] = machine.asked_of_uv()
    assert installed.endswith("/requirements/dev.txt")
    machine.run("--version")
    assert machine.asked_of_uv() == []


def test_a_changed_lock_is_installed(machine: Machine) -> None:
    machine.run("--version")
    machine.asked_of_uv()
    with (machine.clone / "requirements/run.txt").open("a") as lock:
        lock.write("# changed\n")
    assert machine.run("--version").returncode == 0
    [installed] = machine.asked_of_uv()
    assert "pip sync" in installed


def lose_the_interpreter(machine: Machine) -> None:
    for path in (machine.clone / ".venv/bin").glob("python*"):
        path.unlink()
        path.symlink_to("/nowhere/python")


def lose_a_package(machine: Machine) -> None:
    shutil.rmtree(machine.packages / "django")


def lose_the_list_of_a_package(machine: Machine) -> None:
    shutil.rmtree(machine.packages / "django-5.2.dist-info")


def spoil_the_stamp(machine: Machine) -> None:
    (machine.clone / ".venv/wirknetz-stamp.json").write_text('{"lock": []}')


@pytest.mark.parametrize(
    "breaking",
    [lose_the_interpreter, lose_a_package, lose_the_list_of_a_package, spoil_the_stamp],
)
def test_a_broken_environment_is_repaired(machine: Machine, breaking) -> None:  # type: ignore[no-untyped-def]
    machine.run("--version")
    breaking(machine)
    repaired = machine.run("--version")
    assert repaired.returncode == 0, repaired.stderr
    assert repaired.stdout.startswith("Wirknetz ")
    machine.asked_of_uv()
    assert machine.run("--version").stderr == ""
    assert machine.asked_of_uv() == []


def test_without_a_connection_it_says_what_to_do_and_goes_on_later(machine: Machine) -> None:
    failed = machine.run("--version", UV_FAILS="1")
    assert failed.returncode == 1
    assert failed.stdout == ""
    later = machine.run("--version")
    assert later.returncode == 0


def test_a_failed_download_names_the_likely_reasons(machine: Machine) -> None:
    machine.run("--version")
    (machine.clone / "requirements/run.txt").write_text("")
    failed = machine.run("--version", UV_FAILS="1")
    assert failed.returncode == 1
    for word in ("Internet", "HTTPS_PROXY", "UV_DEFAULT_INDEX", "noch einmal"):
        assert word in failed.stderr


def test_without_python_and_uv_it_says_what_is_missing(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    done = machine.run("--version")
    assert done.returncode == 1
    assert "Es fehlt Python (3.11 bis 3.14) mit pip" in done.stderr
    assert "apt install" in done.stderr


def test_without_uv_pip_fetches_it_into_the_clone(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.put("python3", PYTHON_WITH_PIP)
    done = machine.run("--version")
    assert done.returncode == 0, done.stderr
    assert "uv nach .uv" in done.stderr
    fetched, made, installed = machine.asked_of_uv()
    assert f"--target {machine.clone}/.uv" in fetched
    assert "--require-hashes" in fetched
    assert "--python python3" in made
    assert "pip sync" in installed


def test_the_lock_names_hashes_and_no_registry() -> None:
    for name in ("run", "dev", "uv"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "--hash=sha256:" in lock
        assert "://" not in lock
        assert "--index" not in lock


def test_the_larger_lock_holds_the_same_versions() -> None:
    def pinned(name: str) -> set[str]:
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line}

    assert pinned("run") <= pinned("dev")


def test_the_launcher_is_executable_and_plain_posix() -> None:
    launcher = ROOT / "wirknetz"
    assert os.access(launcher, os.X_OK)
    assert launcher.read_text().startswith("#!/bin/sh\n")
