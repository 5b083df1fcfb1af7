"""Write what the browser has from the same source as Python, and the counting page.

`PYTHONPATH=src .venv/bin/python scripts/build_browser_files.py`

The words by which lists of persons are noticed and the sentences of the command line become
modules; all modules of `browser/counting` with those that read files become one HTML file that
needs nothing else. Tests refuse what is stale, styles apart: they are a snapshot of the site's.
"""

import base64
import hashlib
import html
import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READING = ROOT / "src/wirknetz/measurement/static/wirknetz/files"
COUNTING = ROOT / "browser/counting"
VENDOR = ROOT / "browser/vendor/smol-toml"
STYLES = ROOT / "src/wirknetz/web/static"
SHEETS = ("vendor/kern/kern.min.css", "wirknetz/tokens.css", "wirknetz/typography.css",
          "wirknetz/shell.css", "wirknetz/components.css", "wirknetz/forms.css")  # fmt: skip
FONTS = {"400": "Regular", "600": "SemiBold"}
PAGE = ROOT / "src/wirknetz/core/files/counting/zaehlen.html"
HEAD = "// Written by scripts/build_browser_files.py"
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const|let) (\w+))", re.MULTILINE)
LISTED = re.compile(r"^export \{([^}]*)\};$", re.MULTILINE)


def main() -> None:
    """Write all of them."""
    for path, text in modules().items():
        path.write_text(text, "utf-8")
    PAGE.write_text(page(), "utf-8")


# ------------------------------------------------------------------ modules made from Python


def modules() -> dict[Path, str]:
    """Modules whose content stands elsewhere already."""
    return {READING / "persons-words.js": _persons(), COUNTING / "words.js": _sentences()}


def _persons() -> str:
    source = ROOT / "src/wirknetz/core/files/persons.json"
    text = source.read_text("utf-8").strip()
    json.loads(text)
    return f"{HEAD} from persons.json.\n\nexport const WORDS = {text};\n"


def _sentences() -> str:
    os.environ["LC_ALL"] = "de_DE.UTF-8"
    from wirknetz.cli import counting_words, file_words

    tables = {
        "ROW_WORDS": counting_words.row_words(),
        "GAP_WORDS": counting_words.gap_words(),
        "QUESTION_WORDS": counting_words.question_words(),
        "MISTAKE_WORDS": counting_words.mistake_words(),
        "KIND_WORDS": counting_words.kind_words(),
        "UNREADABLE_WORDS": file_words.unreadable_words(),
    }
    written = (
        f"export const {name} = {json.dumps(table, ensure_ascii=False, indent=2)};\n"
        for name, table in tables.items()
    )
    return "\n".join([f"{HEAD} from the sentences of the command line.\n", *written])


# ------------------------------------------------------------------ the page


def page() -> str:
    """The counting page: one file without any connection."""
    from wirknetz import __version__

    script, style = bundled("page"), styles()
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    example = (ROOT / "docs/beispiele/klinik-b.toml").read_text("utf-8")
    filled = {
        "policy": policy,
        "style": style,
        "script": script,
        "version": __version__,
        "example": html.escape(example, quote=False),
        "licence": html.escape((VENDOR / "LICENSE").read_text("utf-8"), quote=False),
    }
    frame = (COUNTING / "page.html").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda match: filled[match[1]], frame)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def bundled(entry: str) -> str:
    """A module and all it imports as one script; each keeps its names to itself."""
    parts: dict[str, str] = {}
    _add(entry, parts, ())
    return '\n"use strict";\n' + "\n".join(parts.values())


def _add(name: str, parts: dict[str, str], on_the_way: tuple[str, ...]) -> None:
    if name in parts:
        return
    if name in on_the_way:
        sys.exit(f"{name}.js imports itself by way of {' and '.join(on_the_way)}")
    source = _source(name)
    for _names, other in IMPORT.findall(source):
        _add(other, parts, (*on_the_way, name))
    given = [
        *EXPORT.findall(source),
        *(n.strip() for m in LISTED.findall(source) for n in m.split(",")),
    ]
    body = IMPORT.sub(lambda m: f"const {{{m[1]}}} = {_variable(m[2])};", source)
    body = LISTED.sub("", EXPORT.sub("", body))
    parts[name] = (
        f"const {_variable(name)} = (() => {{\n{body}\nreturn {{ {', '.join(given)} }};\n}})();"
    )
    if re.search(r"^(import|export)\b|</script", parts[name], re.MULTILINE):
        sys.exit(f"{name}.js holds something this script does not understand")


def _source(name: str) -> str:
    for folder in (COUNTING, READING, VENDOR):
        if (folder / f"{name}.js").is_file():
            return (folder / f"{name}.js").read_text("utf-8")
    sys.exit(f"there is no {name}.js")


def _variable(name: str) -> str:
    return f"module_{name.replace('-', '_')}"


# ------------------------------------------------------------------ styles


def styles() -> str:
    """The rules of the site's styles that can match something on the page, and two fonts."""
    marked = (COUNTING / "page.html").read_text("utf-8") + (COUNTING / "page.js").read_text("utf-8")
    used = set(re.findall(r"(?:kern|wn)-[\w-]+", marked)) | {
        "wn-alert--warning",
        "wn-alert--danger",
    }
    sheets = "".join(_kept((STYLES / sheet).read_text("utf-8"), used) for sheet in SHEETS)
    return "\n" + _fonts() + sheets + (COUNTING / "page.css").read_text("utf-8")


def _fonts() -> str:
    folder = STYLES / "vendor/kern/fonts"
    return "".join(
        f'@font-face{{font-family:"Fira Sans";font-weight:{weight};font-style:normal;'
        f"src:url(data:font/woff2;base64,{_base64(folder / f'FiraSans-{name}.woff2')})}}\n"
        for weight, name in FONTS.items()
    )


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def _kept(sheet: str, used: set[str]) -> str:
    plain = re.sub(r'@charset "[^"]*";|/\*.*?\*/', "", sheet, flags=re.DOTALL)
    return "".join(filter(None, (_rule(head.strip(), body, used) for head, body in _rules(plain))))


def _rules(sheet: str) -> list[tuple[str, str]]:
    """The outermost rules: what stands before the bracket, and what inside."""
    found, depth, start, opened = [], 0, 0, 0
    for at, sign in enumerate(sheet):
        if sign == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                found.append((sheet[start:opened], sheet[opened + 1 : at]))
                start = at + 1
    return found


def _rule(head: str, body: str, used: set[str]) -> str:
    if head.startswith(("@media", "@supports")):
        inside = _kept(body, used)
        return f"{head}{{{inside}}}\n" if inside else ""
    if head.startswith("@"):
        return ""
    if head.startswith(":root"):
        return f"{head}{{{body.strip()}}}\n"
    kept = [one for one in _selectors(head) if _matches(one, used)]
    return f"{','.join(kept)}{{{body.strip()}}}\n" if kept else ""


def _selectors(head: str) -> list[str]:
    """Apart at commas that stand in no bracket."""
    parts, depth = [""], 0
    for sign in head:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _matches(selector: str, used: set[str]) -> bool:
    """Whether all classes it needs are there; of a list of choices one is enough."""
    choices = re.findall(r":(?:is|where)\(([^()]*)\)", selector)
    plain = re.sub(r":(?:is|where|not|has)\([^()]*\)", "", selector)
    plain = re.sub(r":(?:is|where|not|has)\([^()]*\)", "", plain)
    if not set(re.findall(r"\.([\w-]+)", plain)) <= used:
        return False
    return all(
        any(set(re.findall(r"\.([\w-]+)", one)) <= used for one in choice.split(","))
        for choice in choices
    )


if __name__ == "__main__":
    main()
