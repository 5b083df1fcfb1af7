"""Every flaw and note is a whole German sentence, and each has its English one."""

from __future__ import annotations

import gettext
import re
from pathlib import Path
from string import Formatter

import pytest

import wirknetz
from wirknetz.core.files import sentences
from wirknetz.core.files.grid import FlawCode, Note, NoteCode, NotReadable

PARAMS = {
    "size": str(30 * 1024 * 1024), "limit": str(25 * 1024 * 1024), "columns": "16384",
    "looks_like": "picture", "encoding": "cp850", "page": "2025", "place": "B7", "count": "1204",
    "text": "#REF!", "rows": "200000", "kept_rows": "25000", "kept_columns": "10",
}  # fmt: skip
LOCALE = Path(wirknetz.__file__).parent / "locale"


def needed(sentence: str) -> dict[str, str]:
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    return {name: PARAMS[name] for name in names}


@pytest.mark.parametrize("code", FlawCode)
def test_every_flaw_is_said_with_what_to_do(code: FlawCode) -> None:
    said = sentences.flaw_sentence(NotReadable(code, **needed(sentences.FLAWS[code])))
    assert "{" not in said
    assert re.search(r"\bSie\b", said)
    assert said.endswith(".")


@pytest.mark.parametrize("code", NoteCode)
def test_every_note_is_said(code: NoteCode) -> None:
    said = sentences.note_sentence(Note(code, needed(sentences.NOTES[code])))
    assert "{" not in said
    assert said.endswith(".")


def test_numbers_are_written_as_read_and_names_as_they_are() -> None:
    cut = sentences.note_sentence(Note(NoteCode.CUT, needed(sentences.NOTES[NoteCode.CUT])))
    assert "„2025“ hat 200.000 Zeilen" in cut
    big = sentences.flaw_sentence(
        NotReadable(FlawCode.TOO_BIG, size=str(25 * 1024 * 1024 + 1), limit=str(25 * 1024 * 1024))
    )
    assert "26 MB" in big
    assert "25 MB" in big
    english = sentences.flaw_sentence(
        NotReadable(FlawCode.TOO_MANY_CELLS, limit="250000"), number=lambda n: f"{n:,}"
    )
    assert "250,000" in english


def test_what_a_file_looks_like_is_said_in_words() -> None:
    for looks_like in sentences.LOOKS:
        said = sentences.flaw_sentence(NotReadable(FlawCode.NOT_A_TABLE, looks_like=looks_like))
        assert looks_like not in said.split()
    unknown = sentences.flaw_sentence(NotReadable(FlawCode.NOT_A_TABLE, looks_like="neu"))
    assert "eine andere Art von Datei" in unknown


def test_all_of_it_is_translated() -> None:
    english = gettext.translation("django", str(LOCALE), languages=["en"]).gettext
    german = [*sentences.FLAWS.values(), *sentences.NOTES.values(), *sentences.LOOKS.values()]
    assert [said for said in german if english(said) == said] == []
