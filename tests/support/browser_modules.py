"""Our browser modules in a page of their own, without a server: a made-up address answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tests.support.processes import ROOT
from wirknetz.core.files.grid import Content

FOLDERS = (
    ROOT / "src/wirknetz/measurement/static/wirknetz/files",
    ROOT / "browser/counting",
    ROOT / "browser/vendor/smol-toml",
)
ADDRESS = "https://modules.example/"


def open_modules(page: Any, names: Iterable[str]) -> Any:
    """The page with everything these modules export as `window.<name>`."""
    page.route(f"{ADDRESS}**", _answer)
    page.goto(ADDRESS)
    for name in names:
        variable = name.replace("-", "_")
        page.evaluate(f"async () => {{ window.{variable} = await import('{ADDRESS}{name}.js'); }}")
    return page


def _answer(route: Any) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    if path.endswith(".js"):
        body = next(f / path for f in FOLDERS if (f / path).is_file()).read_text("utf-8")
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")
    else:
        route.fulfill(body="<!doctype html><title>Module</title>", content_type="text/html")


def plain(content: Content | None) -> Any:
    """A content as the page takes it: text, number, yes or no; a day as `{day: …}`."""
    match content:
        case dt.date():
            return {"day": content.isoformat()[:10]}
        case Decimal():
            return float(content)
        case dt.time() | dt.timedelta():
            return str(content)
        case _:
            return content


INTO_CELLS = """
const intoCells = (values) => {
  const line = [];
  values.forEach((value, at) => {
    if (value === null || value === undefined || value === "") { return; }
    line[at] = typeof value === "object" ? new cells.Day(value.day) : value;
  });
  return line;
};
"""
"""JavaScript: values from :func:`plain` as a row of cells; needs the module `cells`."""
