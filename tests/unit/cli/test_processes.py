"""Addresses, children and signals."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from wirknetz.cli import children, server
from wirknetz.cli.children import Child
from wirknetz.cli.say import Stop


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")


def test_a_taken_address_is_refused_with_another_port() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stop) as stopped:
            server.listen(None, port, command="serve")
    assert f"127.0.0.1:{port} ist schon belegt" in str(stopped.value)
    other_port = port + 1 if port < 65535 else 8000
    assert str(stopped.value).endswith(f"wirknetz serve --port {other_port}")


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Stop, match=r"192\.0\.2\.1:8000 geht hier nicht"):
        server.listen("192.0.2.1", None, command="serve")


def test_a_free_address_is_taken_at_once() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with server.listen("127.0.0.1", port, command="demo") as taken:
        assert server.address(taken) == f"http://127.0.0.1:{port}"
        with pytest.raises(OSError, match="in use"), socket.socket() as second:
            second.bind(("127.0.0.1", port))


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_block_quietly_and_leaves_the_handlers_as_they_were(
    which: signal.Signals,
) -> None:
    before = signal.getsignal(which)
    with server.stopping_cleanly():
        signal.raise_signal(which)
        pytest.fail("went on after the signal")
    assert signal.getsignal(which) is before


def child(folder: Path, code: str, *, needed: bool = False) -> Child:
    script = folder / "some_child.py"
    script.write_text(code)
    return Child("some", ["some_child"], needed=needed)


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("code", "result"), [("raise SystemExit(3)", 3), ("", 1)])
def test_the_end_of_a_needed_child_ends_the_watch(in_folder: Path, code: str, result: int) -> None:
    needed = child(in_folder, code, needed=True)
    needed.start()
    assert children.watch([needed]) == result


def test_a_killed_needed_child_is_no_success(in_folder: Path) -> None:
    needed = child(in_folder, "import os, signal; os.kill(os.getpid(), 9)", needed=True)
    needed.start()
    assert children.watch([needed]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_stopping_lets_a_child_finish_its_work(in_folder: Path) -> None:
    working = child(
        in_folder,
        "import pathlib, signal, sys, time\n"
        "def end(*_):\n"
        "    pathlib.Path('finished').touch(); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "pathlib.Path('ready').touch()\n"
        "time.sleep(100)\n",
    )
    working.start()
    wait_for(in_folder / "ready")
    children.stop_all([working])
    assert working.ended
    assert (in_folder / "finished").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_child_that_does_not_end_is_ended(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "GRACE", 0.2)
    stubborn = child(
        in_folder,
        "import pathlib, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "pathlib.Path('ready').touch()\n"
        "time.sleep(100)\n",
    )
    stubborn.start()
    wait_for(in_folder / "ready")
    children.stop_all([stubborn])
    assert stubborn.process is not None
    assert stubborn.process.returncode == -signal.SIGKILL


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="a call of Linux")
def test_a_child_whose_parent_is_gone_already_ends() -> None:
    with pytest.raises(SystemExit):
        children.end_with_parent(os.getpid())  # our parent is somebody else
