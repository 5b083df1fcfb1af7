"""A serving process has loaded before the first visitor comes what she would wait for."""

import subprocess
import sys

from tests.support.processes import ROOT, environment

LOOK = """
import gc, sys
from wirknetz.cli.warm import application
application()
print([name for name in ("ibis", "wirknetz.measurement.views.results.pages") if name not in
       sys.modules], gc.get_freeze_count() > 10_000)
"""


def test_pages_and_the_compiler_of_figures_are_loaded_and_left_alone() -> None:
    done = subprocess.run(  # noqa: S603 – our own interpreter and text
        [sys.executable, "-c", LOOK],
        env=environment(WIRKNETZ_MODE="test", DJANGO_SETTINGS_MODULE="wirknetz.web.settings_test"),
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[] True"
