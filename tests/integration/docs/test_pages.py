"""What the pages refer to exists, twins are alike, nothing of a single machine is in them."""

import re
from urllib.parse import unquote, urlsplit

import pytest

from tests.integration.docs.pages import Page, pages
from tests.support.processes import ROOT

PAGES = pages()
TWINS = [(Page(ROOT / "README.md"), Page(ROOT / "README.de.md"))]
KNOWN_HOSTS = {"docs.astral.sh", "127.0.0.1", "example.org", "netz.example.org"}
OF_ONE_MACHINE = re.compile(r"(?<![\w.])(/root/|/home/\w|/work/|/tmp/|[A-Z]:\\)|file://")
LARGEST = 3_000_000  # bytes of all pictures


def named(page: Page) -> str:
    return page.name


def _leads_nowhere(page: Page, target: str) -> bool:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return False
    there = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
    if not there.exists() or not there.is_relative_to(ROOT):
        return True
    return bool(parts.fragment) and parts.fragment not in Page(there).anchors


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_and_picture_leads_somewhere(page: Page) -> None:
    assert [target for _picture, target in page.links if _leads_nowhere(page, target)] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pictures_say_what_they_show(page: Page) -> None:
    assert re.findall(r"!\[\s*\]", page.prose) == []


def test_every_picture_is_shown_somewhere_and_they_stay_small() -> None:
    shown = {
        (page.path.parent / target).resolve()
        for page in PAGES
        for picture, target in page.links
        if picture
    }
    taken = set((ROOT / "docs/pictures").iterdir())
    assert taken == {path for path in shown if path.parent == ROOT / "docs/pictures"}
    assert sum(path.stat().st_size for path in taken) < LARGEST


def test_pictures_are_those_the_script_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from picture_scenes import SCENES

    names = [scene.name for scene in SCENES]
    assert len(names) == len(set(names))
    assert {path.stem for path in (ROOT / "docs/pictures").glob("*.png")} == set(names)


@pytest.mark.parametrize(("english", "german"), TWINS, ids=["README"])
def test_twins_have_the_same_parts(english: Page, german: Page) -> None:
    assert [level for level, _ in english.headings] == [level for level, _ in german.headings]
    assert english.blocks("sh") == german.blocks("sh")
    assert english.links[1:] == german.links[1:]  # the first leads to the twin
    assert english.links[0] == (False, german.path.name)
    assert german.links[0] == (False, english.path.name)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_nothing_of_one_machine_and_no_unknown_host(page: Page) -> None:
    hosts = {
        host
        for url in re.findall(r"https?://[^\s)`>\"'$]+", page.text)
        if (host := urlsplit(url).hostname)
    }
    assert hosts <= KNOWN_HOSTS
    assert OF_ONE_MACHINE.findall(page.text) == []


def test_the_handbook_speaks_to_people() -> None:
    """No words of developers, and everybody is addressed politely."""
    strange = re.compile(r"\b(URL|Token|Hash|Backend|Frontend|Server|API|Submission|Button)\b")
    du = re.compile(r"\b([Dd]u|[Dd]ein\w*|[Dd]ir)\b")
    for page in PAGES:
        if page.name.startswith("docs/handbuch/"):
            assert strange.findall(page.prose) == [], page.name
            assert du.findall(page.prose) == [], page.name
