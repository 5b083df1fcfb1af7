"""How wide letters are, in thousandths of the type size.

For each letter the wider of Fira Sans and the metric twins Arial/Liberation Sans (regular, and
semi-bold/bold), rounded up to 25: a text that fits by this table fits in either typeface.
"""

from typing import Final

_REGULAR: Final = {
    225: "'",
    250: "’",
    300: " !,.:;Iijl\xa0·íìîİı",
    325: "[]ł",
    350: "()`f{}",
    375: "t•",
    400: '"r²³',
    425: "-|„“",
    450: "*",
    500: "Jcsvxyzçšžčćş",
    525: "/\\k°",
    550: "^±≥≤",
    575: "#$0123456789?L_aeg§«»äéèêáàâåŁğ–",
    600: "+<=>bdhnopqu~×öüóòôúùûñ−€",
    625: "FTZßøŽ",
    675: "ABEKPSVXYÄÉÈÁÀŠŞ",
    725: "CDHNRUwÜÚČĆ",
    775: "&",
    800: "GOQÖÓĞ",
    850: "M",
    875: "m",
    900: "%æ",
    950: "Wœ",
    1000: "—…",
    1025: "@",
}
_BOLD: Final = {
    250: "'",
    300: " ,.Iijl\xa0·íìîİı’",
    350: "!():;[]`ł",
    375: "f•",
    400: "rt{|}²³",
    425: "-",
    450: "*",
    475: '"',
    500: "zž„“",
    525: "/\\°",
    550: "±≥≤",
    575: "#$123456789J_aceksvxy§äéèêáàâçåščćş–",
    600: "+0<=>^~×−€",
    625: "?FLTZbdghnopqu«»öüßóòôúùûñøŽŁğ",
    675: "EPSVXYÉÈŠŞ",
    725: "ABCDHKNRUÄÜÁÀÚČĆ",
    800: "&GOQwÖÓĞ",
    850: "M",
    900: "%mæ",
    950: "Wœ",
    1000: "—…",
    1025: "@",
}


def _by_letter(table: dict[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in table.items() for letter in letters}


REGULAR: Final = _by_letter(_REGULAR)
BOLD: Final = _by_letter(_BOLD)
