"""Tables of the documentation say what the program does."""

import re

import pytest

from tests.integration.docs.pages import Page
from tests.support.processes import ROOT
from wirknetz.cli import environment
from wirknetz.foundation.audit import described

OPERATION = Page(ROOT / "docs/operation.md")
RECORDED = re.compile(
    r"(?:action=|_tell\(\w+, |_record\(\w+, )f?\"([a-z_]+\.[a-z_]+)\"", re.MULTILINE
)


def _settings_documented() -> dict[str, list[str]]:
    rows = re.findall(r"^\| `([A-Z_]+)` \|(.+)\|$", OPERATION.text, re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split(" | ")] for name, cells in rows}


def test_every_setting_is_documented_with_meaning_example_and_default() -> None:
    documented = _settings_documented()
    assert set(documented) == {setting.name for setting in environment.SETTINGS}
    for name, cells in documented.items():
        assert len(cells) == 3, name
        assert all(cells), name


def test_what_cannot_be_missing_is_said_to_stop_the_start() -> None:
    documented = _settings_documented()
    for setting in environment.SETTINGS:
        stops = documented[setting.name][2].startswith("no start")
        assert stops == bool(setting.required) or setting.name == "WIRKNETZ_MAIL_FROM"


def test_examples_of_the_settings_are_accepted() -> None:
    documented = _settings_documented()
    wrong = {
        setting.name: said
        for setting in environment.SETTINGS
        if (example := documented[setting.name][1].strip("`").strip('"')) != "see below"
        and setting.name != "WIRKNETZ_DATA_DIR"  # a folder of that machine
        and (said := setting.wrong(example))
    }
    assert wrong == {}


def test_the_table_of_personal_data_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import personal_fields

    page = personal_fields.PAGE.read_text(encoding="utf-8")
    assert personal_fields.table().count("\n") > 10
    assert page == personal_fields.renewed(page), "run scripts/personal_fields.py"


def test_every_act_in_the_audit_trail_has_words() -> None:
    found = {
        action
        for path in (ROOT / "src/wirknetz").glob("*/actions/**/*.py")
        for action in RECORDED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 15
    assert found - set(described()) == set()
