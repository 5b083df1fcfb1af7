"""Components as templates ask for them: what is said, what is escaped, what is left out."""

import re
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation


def render(source: str, **values: Any) -> str:
    html = Template("{% load wn %}" + source).render(Context(values))
    return re.sub(r"\s+", " ", html)


def test_alert_takes_the_word_of_django_messages() -> None:
    html = render('{% alert kind="error" title=t %}<p>Text</p>{% endalert %}', t="A & B")
    assert "wn-alert--danger" in html
    assert "Fehler:" in html
    assert "A &amp; B" in html
    assert "<p>Text</p>" in html


def test_alert_without_a_kind_is_a_hint() -> None:
    assert "wn-alert--info" in render('{% alert kind="" %}x{% endalert %}')


def test_badge_says_its_state_in_words_and_shape() -> None:
    html = render("{% badge text 'warning' %}", text="<b>Spät</b>")
    assert "&lt;b&gt;Spät" in html
    assert "wn-shape--warning" in html


def test_every_kind_of_badge_has_its_own_shape() -> None:
    kinds = ["neutral", "progress", "waiting", "info", "success", "warning", "danger", "none"]
    drawn = {re.sub(r"wn-(badge|shape)--\w+", "", render("{% badge 'x' k %}", k=k)) for k in kinds}
    assert len(drawn) == len(kinds)


def test_card_is_one_link_with_its_title() -> None:
    html = render("{% card title='Runde' url='/r/' level=2 %}Text{% endcard %}")
    assert '<h2 class="wn-card__title"><a href="/r/">Runde</a></h2>' in html
    assert "wn-card--link" in html
    assert "<a" not in render("{% card title='Runde' %}Text{% endcard %}")


def test_page_header_has_one_heading_and_no_empty_row_of_actions() -> None:
    html = render("{% page_header title='Ziele' lead='Wohin?' %} {% endpage_header %}")
    assert html.count("<h1>") == 1
    assert "wn-pagehead__actions" not in html


def test_breadcrumb_ends_with_this_page() -> None:
    html = render("{% breadcrumb 'Wirkung' '/w/' 'Runden' '/r/' 'Q3' %}")
    assert '<a href="/r/">Runden</a>' in html
    assert '<span aria-current="page">Q3</span>' in html


def test_progress_groups_what_is_read_and_not_what_is_computed() -> None:
    html = render("{% progress 1100 1400 'Werte' %}")
    assert "1.100 von 1.400" in html
    assert 'value="1100" max="1400"' in html


def test_progress_of_nothing_stays_valid() -> None:
    assert 'value="0" max="1"' in render("{% progress 0 0 %}")


def test_scrolling_table_is_a_region_with_a_name() -> None:
    html = render("{% table caption='Werte' %}<tbody></tbody>{% endtable %}")
    assert 'role="region" tabindex="0" aria-label="Werte"' in html
    assert "<caption" in html
    assert "tabindex" not in render("{% table caption='W' mode='stack' %}{% endtable %}")


def test_figure_offers_the_table_beside_the_chart() -> None:
    html = render("{% figure title='Quote' chart=svg %}<table></table>{% endfigure %}", svg="<svg>")
    assert "Als Tabelle ansehen" in html
    assert "<table></table>" in html
    assert "&lt;svg&gt;" in html  # only markup marked as safe is drawn


def test_stepper_says_where_one_is() -> None:
    steps = [{"label": "A", "state": "done"}, {"label": "B", "state": "current"}, {"label": "C"}]
    html = render("{% stepper steps %}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert ("(erledigt)" in html, "(jetzt)" in html, "(noch offen)" in html) == (True, True, True)


def test_tabs_show_a_count_of_zero() -> None:
    html = render(
        "{% tabs items 'Ansichten' %}", items=[{"label": "Fragen", "url": "#", "count": 0}]
    )
    assert '<span class="wn-tabs__count">0</span>' in html


def test_pagination_keeps_the_rest_of_the_question() -> None:
    request = RequestFactory().get("/liste/", {"suche": "a b", "page": "2"})
    page = Paginator(range(30), 10).page(2)
    html = render("{% pagination page %}", page=page, request=request)
    assert 'href="?suche=a+b&amp;page=1" rel="prev"' in html
    assert 'href="?suche=a+b&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_pagination() -> None:
    assert render("{% pagination page %}", page=Paginator([1], 10).page(1)).strip() == ""


def test_empty_state_says_what_to_do_next() -> None:
    html = render(
        "{% empty title='Nichts' text='Legen Sie an.' %}{% link_button 'Los' '/' %}{% endempty %}"
    )
    assert "Legen Sie an." in html
    assert 'href="/"' in html


@pytest.mark.parametrize(
    ("state", "words"), [("saved", "Gespeichert"), ("error", "Nicht gespeichert")]
)
def test_saving_says_how_it_went(state: str, words: str) -> None:
    html = render("{% saved state %}", state=state)
    assert words in html
    assert 'role="status"' in html


def test_navigation_appears_only_when_given() -> None:
    entries = [{"label": "Heute", "url": "/h/", "current": True}]
    source = "{% include 'components/navigation.html' with navigation=navigation only %}"
    assert "<nav" not in render(source, navigation=[])
    assert '<a class="wn-nav__link" href="/h/" aria-current="page">Heute</a>' in render(
        source, navigation=entries
    )


def test_words_of_the_frame_are_ready_for_translation() -> None:
    source = "{% include 'components/messages.html' %}{% progress 1 2 %}"
    with translation.override("de"):
        assert "1 von 2" in render(source)
