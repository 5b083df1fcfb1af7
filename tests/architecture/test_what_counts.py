"""Figures are remembered until the next approval: nothing else may change what counts (ADR 10).

Whoever adds an act that does must add it to `measurement.queries.results.remembered.stamp`, and
then to the list here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, sources

COUNTED = {"counted_from", "counted_until"}
WRITERS = {"measurement/actions/collection/deciding.py:_let_count"}
WRITING_CALLS = {"update", "create", "get_or_create", "update_or_create", "Entry"}
SQL = re.compile(r"\b(update|insert)\b.*\bcounted_(from|until)\b", re.IGNORECASE | re.DOTALL)
STAMP = "Approval.objects.create"


def changes(tree: ast.AST) -> Iterator[ast.AST]:
    """Whatever makes entries begin or end to count, or takes them away."""
    return (node for node in ast.walk(tree) if _changes(node))


def _changes(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="delete")):
            return bool({"Entry", "entries"} & set(_chain(node.func)))
        case ast.Call(func=ast.Attribute(attr="bulk_update")):
            return any(name in ast.unparse(node) for name in COUNTED)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            given = {keyword.arg for keyword in node.keywords}
            return name in WRITING_CALLS and bool(given & COUNTED)
        case ast.Attribute(attr=name, ctx=ast.Store()):
            return name in COUNTED
        case ast.Constant(value=str(text)):
            return bool(SQL.search(text))
    return False


def _chain(node: ast.AST) -> Iterator[str]:
    """The names of a chain of attributes and calls, without what they are called with."""
    match node:
        case ast.Call(func=inside):
            yield from _chain(inside)
        case ast.Attribute(value=inside, attr=name):
            yield from _chain(inside)
            yield name
        case ast.Name(id=name):
            yield name


def _writers() -> dict[str, Source]:
    return {
        f"{source.name}:{function.name}": source
        for source in sources()
        for function in source.functions()
        if any(changes(function))
    }


def test_only_known_acts_change_what_counts() -> None:
    assert set(_writers()) == WRITERS


@pytest.mark.parametrize("writer", sorted(WRITERS))
def test_whoever_changes_what_counts_extends_the_stamp(writer: str) -> None:
    functions = {function.name: function for function in _writers()[writer].functions()}
    name = writer.partition(":")[2]
    users = [f for f in functions.values() if name in _called(f)]
    assert users
    for user in users:
        steps = [user, *(functions[called] for called in _called(user) if called in functions)]
        assert any(STAMP in ast.unparse(step) for step in steps), user.name


def _called(function: ast.AST) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def test_no_module_but_its_own_reaches_a_writer() -> None:
    names = {writer.partition(":")[2] for writer in WRITERS}
    homes = {writer.partition(":")[0] for writer in WRITERS}
    strangers = [
        source.name
        for source in sources()
        if source.name not in homes
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Name) and node.id in names)
        or (isinstance(node, ast.Attribute) and node.attr in names)
    ]
    assert strangers == []


CHANGES = (
    "rows.update(counted_until=at)",
    "rows.filter(measure=1).update(counted_from=None)",
    "entry.counted_until = at",
    "Entry(measure=1, counted_from=at)",
    "Entry.objects.create(counted_from=at)",
    "Entry.objects.bulk_update(rows, ['counted_until'])",
    "Entry.objects.filter(submission=one).delete()",
    "submission.entries.all().delete()",
    "cursor.execute('UPDATE measurement_entry SET counted_until = %s')",
)
READS = (
    "Entry.objects.filter(counted_from__isnull=False)",
    "rows.filter(counted_until=at)",
    "rows.update(superseded_at=at)",
    "seen = entry.counted_from",
    "Row(counted_from=row.counted_from)",
    "'e.counted_from <= %s'",
    "draft.delete()",
    "untouched.exclude(pk__in=Entry.objects.values('submission')).delete()",
)


@pytest.mark.parametrize("line", CHANGES)
def test_a_change_is_seen(line: str) -> None:
    assert list(changes(ast.parse(line)))


@pytest.mark.parametrize("line", READS)
def test_a_read_is_not_a_change(line: str) -> None:
    assert not list(changes(ast.parse(line)))
