"""Functions and files stay short enough to be read at one sitting."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import PACKAGE, Source, sources

LONGEST_FUNCTION = 40
LONGEST_FILE = 400
LONGEST_SCRIPT = 200
SCRIPTS = sorted((PACKAGE / "web" / "static" / "wirknetz").rglob("*.js"))

every_source = pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)


@every_source
def test_functions_are_short(source: Source) -> None:
    long = [
        f"{source.name}:{function.lineno} {function.name}: {length} lines"
        for function in source.functions()
        if (length := _length(function)) > LONGEST_FUNCTION
    ]
    assert long == []


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    doc = function.body[0]
    promised = 0
    if (
        isinstance(doc, ast.Expr)
        and isinstance(doc.value, ast.Constant)
        and isinstance(doc.value.value, str)
    ):
        promised = (doc.end_lineno or doc.lineno) - doc.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - promised


@every_source
def test_files_are_short(source: Source) -> None:
    assert len(source.text.splitlines()) <= LONGEST_FILE


def test_scripts_of_the_pages_are_short() -> None:
    assert SCRIPTS
    lines = {
        script.name: len(script.read_text(encoding="utf-8").splitlines()) for script in SCRIPTS
    }
    assert {name: count for name, count in lines.items() if count > LONGEST_SCRIPT} == {}
