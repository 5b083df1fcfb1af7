"""What is stored is stored by actions: the only place that checks, is atomic and leaves a trace."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps

from tests.architecture.sources import PACKAGE, Source, sources

ALWAYS = {
    "abulk_create", "acreate", "adelete", "asave", "bulk_create", "bulk_update", "create",
    "get_or_create", "update_or_create", "aupdate", "aget_or_create", "aupdate_or_create",
}  # fmt: skip
"""Methods nothing but managers and querysets have."""
OF_RELATIONS = {"add", "clear", "remove", "set"}
"""Write on related managers, harmless on sets and lists."""
SQL = ("insert", "update", "delete", "replace", "truncate", "drop", "alter")
HOMES = ("foundation/models/",)
"""Besides actions: the manager that makes users."""


def _is_home(source: Source) -> bool:
    parts = source.name.split("/")
    return "actions" in parts or parts[-1] == "actions.py" or source.name.startswith(HOMES)


def _relations() -> set[str]:
    """Names under which models reach their related rows."""
    return {
        name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if (field.one_to_many or field.many_to_many)
        and (name := getattr(field, "get_accessor_name", lambda f=field: f.name)())
    }


def writes(tree: ast.AST, relations: set[str]) -> Iterator[ast.AST]:
    """Every call in the tree that stores, changes or removes rows."""
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and _is_write(node, called, relations):
            yield node


def _is_write(call: Any, method: ast.Attribute, relations: set[str]) -> bool:
    name = method.attr
    if name in ALWAYS:
        return True
    if name in {"save", "delete"}:  # a file or a cache names what it saves or deletes
        return not call.args
    if name == "update":  # a dict or a hash takes what it is updated with as it is
        return not call.args and bool(call.keywords)
    if name in OF_RELATIONS:
        return isinstance(method.value, ast.Attribute) and method.value.attr in relations
    if name in {"execute", "executemany"} and call.args:
        return _is_sql_write(call.args[0])
    return False


def _is_sql_write(argument: ast.expr) -> bool:
    if isinstance(argument, ast.JoinedStr) and argument.values:
        argument = argument.values[0]
    if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
        return False
    return argument.value.lstrip().lower().startswith(SQL)


@pytest.mark.parametrize(
    "source", [s for s in sources() if not _is_home(s)], ids=lambda source: source.name
)
def test_writes_stand_in_actions(source: Source) -> None:
    found = [
        f"{source.name}:{getattr(call, 'lineno', 0)}: {ast.unparse(call)[:80]}"
        for call in writes(source.tree, _relations())
    ]
    assert found == []


WRITES = (
    "Network.objects.create(name='x')",
    "network.save()",
    "network.save(update_fields=['name'])",
    "Network.objects.filter(pk=1).update(name='x')",
    "Network.objects.filter(pk=1).delete()",
    "network.regions.get_or_create(name='x')",
    "network.memberships.set([])",
    "measure.dimensions.add(dimension)",
    "cursor.execute('UPDATE x SET y = 1')",
    "cursor.execute(f'delete from {table}')",
)
READS = (
    "seen.add(1)",
    "words.update({'a': 1})",
    "digest.update(b'x')",
    "workbook.save(path)",
    "cache.delete('key')",
    "cursor.execute('SELECT 1')",
    "self.parts.remove(part)",
    "names.clear()",
)


@pytest.mark.parametrize("line", WRITES)
def test_a_write_is_seen(line: str) -> None:
    assert list(writes(ast.parse(line), _relations()))


@pytest.mark.parametrize("line", READS)
def test_a_read_is_not_a_write(line: str) -> None:
    assert not list(writes(ast.parse(line), _relations()))


def test_the_package_is_where_it_is_looked_for() -> None:
    assert (PACKAGE / "network" / "actions").is_dir()
    assert len(sources()) > 50
