"""Static files as they are served: named by content, modules that import each other as well."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.management import call_command

IMPORT = re.compile(r'^import .* from "\./([^"]+)";$', re.MULTILINE)


def test_a_module_imports_others_by_the_name_of_their_content(
    settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "wirknetz.web.storage.StaticFiles"}
    }
    call_command("collectstatic", "--noinput", verbosity=0)
    folder = tmp_path / "wirknetz" / "collection"
    (entry,) = folder.glob("main.*.js")
    imported = IMPORT.findall(entry.read_text(encoding="utf-8"))
    assert len(imported) >= 5
    assert [name for name in imported if not re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)] == []
    assert [name for name in imported if not (folder / name).exists()] == []
