"""German words of partner files: what labels mean and how numbers are written."""

from wirknetz.core.files.words.categories import Band, band_in
from wirknetz.core.files.words.keys import label_key, page_key
from wirknetz.core.files.words.lexicon import Lexicon
from wirknetz.core.files.words.likeness import ASKED
from wirknetz.core.files.words.model import Meaning, NumberRead, Role, Understood, Why
from wirknetz.core.files.words.numbers import Style, read_number, style_of
from wirknetz.core.files.words.periods import Found, periods_in

__all__ = [
    "ASKED",
    "Band",
    "Found",
    "Lexicon",
    "Meaning",
    "NumberRead",
    "Role",
    "Style",
    "Understood",
    "Why",
    "band_in",
    "label_key",
    "page_key",
    "periods_in",
    "read_number",
    "style_of",
]
