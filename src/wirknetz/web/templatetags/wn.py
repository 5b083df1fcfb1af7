"""The components and formats of Wirknetz for templates: ``{% load wn %}``.

How to use each stands in ``docs/components.md``. A component is an include under
``templates/components/``; the tags here only spare the reader the ``with … only``, and give
those that hold a body an end tag.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template import Context, Library
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wirknetz.web import formatting, frame
from wirknetz.web.forms_rendering import error_summary_of, field_view

register = Library()

register.filter("number", formatting.format_number)
register.filter("percent", formatting.format_percent)
register.filter("day", formatting.format_day)
register.filter("clock", formatting.format_clock)
register.filter("moment", formatting.format_moment)
register.filter("period", formatting.format_period)
register.filter("filesize_de", formatting.format_bytes)
register.filter("due", formatting.format_due)

#: Words Django's messages and people use for the four kinds of notice.
_KINDS = {"error": "danger", "debug": "info"}


def _component(name: str, /, **values: Any) -> SafeString:
    return SafeString(get_template(f"components/{name}.html").render(values))


# ------------------------------------------------------------------ components with a body


@register.simple_block_tag
def page_header(content: str, *, title: str, lead: str = "", preline: str = "") -> SafeString:
    """The head of a page: its one h1, a sentence that says what it is for, actions as body."""
    return _component("page_header", content=content, title=title, lead=lead, preline=preline)


@register.simple_block_tag
def alert(content: str, *, kind: str = "info", title: str = "", live: str = "") -> SafeString:
    """A notice; ``kind`` info, success, warning or danger; ``live`` status or alert."""
    kind = _KINDS.get(kind, kind) or "info"
    return _component("alert", content=content, kind=kind, title=title, live=live)


@register.simple_block_tag
def card(
    content: str,
    *,
    title: str = "",
    url: str = "",
    level: int = 3,
    preline: str = "",
    kind: str = "",
    element: str = "div",
) -> SafeString:
    """A box with a heading; with ``url`` the whole box is one link."""
    return _component(
        "card",
        content=content, title=title, url=url, level=level, preline=preline, kind=kind,
        element=element,
    )  # fmt: skip


@register.simple_block_tag
def accordion(content: str, *, title: str, open: bool = False, name: str = "") -> SafeString:  # noqa: A002 - the name of the attribute
    """A part that opens; those of the same ``name`` close each other."""
    return _component("accordion", content=content, title=title, open=open, name=name)


@register.simple_block_tag
def empty(content: str, *, title: str, text: str = "", level: int = 2) -> SafeString:
    """Nothing here yet: says so, says what to do next; actions as body."""
    return _component("empty", content=content, title=title, text=text, level=level)


@register.simple_block_tag
def table(
    content: str,
    *,
    caption: str,
    mode: str = "scroll",
    show_caption: bool = False,
    dense: bool = False,
) -> SafeString:
    """A table that never widens the page; body: thead, tbody, tfoot.

    ``mode`` scroll: moves sideways in its own region. ``mode`` stack: on phones every row
    becomes a block, each ``td`` names its column in ``data-label``.
    """
    return _component(
        "table", content=content, caption=caption, mode=mode, show_caption=show_caption, dense=dense
    )


@register.simple_block_tag
def figure(content: str, *, title: str, chart: str, note: str = "") -> SafeString:
    """A chart (SVG markup already safe) and, as body, the table that says the same."""
    return _component("figure", content=content, title=title, chart=chart, note=note)


@register.simple_block_tag
def fieldset(
    content: str, *, legend: str, hint: str = "", error: str = "", name: str = ""
) -> SafeString:
    """Fields that belong together, under one legend."""
    return _component(
        "form/fieldset", content=content, legend=legend, hint=hint, error=error, name=name
    )


# ------------------------------------------------------------------------ small components


@register.simple_tag
def badge(text: str, kind: str = "neutral", shape: str = "") -> SafeString:
    """A state in words, colour and shape."""
    return _component("badge", text=text, kind=kind, shape=shape)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative picture of the KERN set; never the only carrier of a meaning."""
    return format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>', name)


@register.simple_tag
def progress(value: int, total: int, label: str = "") -> SafeString:
    """``11 von 14 Organisationen`` with a bar."""
    return _component("progress", value=value, total=total, label=label)


@register.simple_tag
def stat(label: str, value: str, unit: str = "", note: str = "") -> SafeString:
    """One large figure with what it is and what stands behind it."""
    return _component("stat", label=label, value=value, unit=unit, note=note)


@register.simple_tag
def download(url: str, label: str, format: str = "", size: str = "") -> SafeString:  # noqa: A002 - reads best in a template
    """A link to a file, with its kind and size."""
    return _component("download", url=url, label=label, format=format, size=size)


@register.simple_tag
def breadcrumb(*labels_and_urls: str) -> SafeString:
    """Label, address, label, address … and last the label of this page without address."""
    labels, urls = labels_and_urls[::2], [*labels_and_urls[1::2], ""]
    items = [{"label": label, "url": url} for label, url in zip(labels, urls, strict=False)]
    return _component("breadcrumb", items=items)


@register.simple_tag
def tabs(items: list[dict[str, Any]], label: str) -> SafeString:
    """Links to sister pages: dicts of label, url, current, count (optional)."""
    return _component("tabs", items=items, label=label)


@register.simple_tag
def stepper(items: list[dict[str, Any]], label: str = "") -> SafeString:
    """Steps in their order: dicts of label, state (done, current, todo), url, note."""
    return _component("stepper", items=items, label=label)


@register.simple_tag
def description_list(items: list[dict[str, Any]]) -> SafeString:
    """Pairs of label and value."""
    return _component("description_list", items=items)


@register.simple_tag
def saved(
    state: str = "idle",
    at: dt.datetime | None = None,
    id: str = "gespeichert",  # noqa: A002 - the name of the attribute
) -> SafeString:
    """Where a page that saves while one types says so; ``state`` idle, saved or error."""
    return _component("saved", state=state, at=at, id=id)


@register.simple_tag
def submit(
    label: str,
    kind: str = "primary",
    *,
    name: str = "",
    value: str = "",
    icon: str = "",
    danger: bool = False,
    small: bool = False,
    **attributes: Any,
) -> SafeString:
    """A button that sends its form; further: form, id, type, needs_script (shown by a script)."""
    return _component(
        "button",
        label=label, kind=kind, name=name, value=value, icon=icon, danger=danger, small=small,
        **attributes,
    )  # fmt: skip


@register.simple_tag
def link_button(
    label: str,
    url: str,
    kind: str = "secondary",
    *,
    icon: str = "",
    danger: bool = False,
    small: bool = False,
) -> SafeString:
    """A link that looks like a button: leads somewhere, changes nothing."""
    return _component(
        "link_button", label=label, url=url, kind=kind, icon=icon, danger=danger, small=small
    )


@register.simple_tag
def due_date(day: dt.date | None, today: dt.date | None = None) -> SafeString | str:
    """``in 3 Tagen`` with the date beside it, machine-readable; far off the date alone."""
    if not day:
        return formatting.MISSING
    if formatting.is_far_off(day, today):
        return format_html(
            '<time datetime="{}">{}</time>',
            formatting.local_day(day).isoformat(),
            formatting.format_due(day, today),
        )
    return format_html(
        '<time datetime="{}">{} <span class="wn-muted">({})</span></time>',
        formatting.local_day(day).isoformat(),
        formatting.format_due(day, today),
        formatting.format_day(day),
    )


# ----------------------------------------------------------------------------------- forms


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """One field of a form; options: label, hint, width (2, 4, 8, 16), unit, attributes."""
    view = field_view(bound, **options)
    return _component(f"form/{view.template}", field=view)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """All fields of a form, the hidden ones first."""
    return _component("form/fields", hidden=form.hidden_fields(), visible=form.visible_fields())


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """All errors of these forms on top of the page, each linked to its field."""
    return _component("form/error_summary", errors=error_summary_of(*forms))


# ------------------------------------------------------------------------- frame of a page


@register.inclusion_tag("components/acting.html", takes_context=True)
def acting_bar(context: Context) -> dict[str, Any]:
    """For whom one acts, with a way to change it."""
    values = context.flatten()
    return {
        "acting": frame.acting(values),
        "csrf_token": values.get("csrf_token"),
        "request": values.get("request"),
    }


@register.inclusion_tag("components/subnavigation.html", takes_context=True)
def subnavigation(context: Context) -> dict[str, Any]:
    """The pages of the section one is in."""
    section: dict[str, Any] = frame.section(context.flatten())
    return section


@register.simple_tag
def user_links() -> list[dict[str, Any]]:
    """One's own pages, for the menu of the person."""
    return frame.user_links()


# ------------------------------------------------------------------------------ pagination


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], label: str = "", key: str = "page") -> SafeString:
    """Links to the other pages of a list; keeps the rest of the query."""
    request = context.get("request")
    query = request.GET if request else QueryDict()
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    entries = [
        {"number": n, "url": _page_url(query, key, n), "current": n == page.number}
        if isinstance(n, int)
        else {"number": None}
        for n in numbers
    ]
    return _component(
        "pagination",
        page=page,
        entries=entries,
        label=label,
        previous_url=_page_url(query, key, page.number - 1),
        next_url=_page_url(query, key, page.number + 1),
    )


def _page_url(query: QueryDict, key: str, number: int) -> str:
    changed = query.copy()
    changed[key] = str(number)
    return f"?{changed.urlencode()}"
