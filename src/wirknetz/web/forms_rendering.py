"""How a Django form becomes a page: label, hint, control, error, in one shape everywhere.

Templates say ``{% field form.name %}``; forms stay plain Django forms. A ``NumberInput`` is shown
as text with a number keyboard: the browser's own follows the language of the browser and not
that of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as its template needs it. ``template`` names the file under components/form."""

    template: str
    id: str
    label: str
    hint: str
    errors: tuple[str, ...]
    required: bool
    control: SafeString
    options: tuple[Option, ...] = ()
    unit: str = ""
    width: str = ""

    @property
    def hint_id(self) -> str:
        """Where ``aria-describedby`` finds the hint."""
        return f"{self.id}_helptext"

    @property
    def error_id(self) -> str:
        """Where ``aria-describedby`` finds the errors."""
        return f"{self.id}_error"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a group of radio buttons or check boxes."""

    id: str
    label: str
    control: SafeString


@dataclass(frozen=True, slots=True)
class FormError:
    """One error for the summary; ``anchor`` is empty where it belongs to the whole form."""

    anchor: str
    label: str
    message: str


def field_view(
    bound: BoundField,
    *,
    label: str = "",
    hint: str | None = None,
    unit: str = "",
    width: str | int = "",
    **attrs: Any,
) -> FieldView:
    """Everything the template of a field needs; an empty ``hint`` hides the one of the form.

    Further options become attributes: ``hx_post`` is ``hx-post`` on the page.
    """
    template = _template_of(bound.field.widget)
    hint = str(bound.help_text or "") if hint is None else hint
    identifier = bound.auto_id or bound.html_name
    described = _described_by(identifier, hint=bool(hint), errors=bool(bound.errors))
    if template == "group":  # the fieldset is described, not each of its parts
        described = {}
    attributes = {**_attributes(bound, template), **described, **_dashed(attrs)}
    return FieldView(
        template=template,
        id=identifier,
        label=label or str(bound.label),
        hint=hint,
        errors=tuple(str(error) for error in bound.errors),
        required=bound.field.required,
        control=SafeString("") if template == "choices" else bound.as_widget(attrs=attributes),
        options=tuple(_options(bound)) if template == "choices" else (),
        unit=unit,
        width=str(width),
    )


def _template_of(widget: forms.Widget) -> str:
    """The template for a control; several check boxes are radio buttons by descent."""
    if isinstance(widget, forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.MultiWidget):
        return "group"
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.SelectMultiple):
        return "select"
    return "field"


def _attributes(bound: BoundField, template: str) -> dict[str, str]:
    """The classes of KERN for this control, its own kept."""
    base = {"check": "kern-form-check__checkbox", "select": "kern-form-input__select"}
    css = base.get(template, "kern-form-input__input")
    own = bound.field.widget.attrs.get("class", "")
    error = f"{css}--error" if bound.errors else ""
    attributes = {"class": " ".join(part for part in (css, error, own) if part)}
    widget = bound.field.widget
    if isinstance(widget, forms.NumberInput):  # the form has its own copy of the widget
        widget.input_type = "text"
        widget.attrs.pop("step", None)
        attributes |= {"inputmode": "decimal", "autocomplete": "off"}
    return attributes


def _described_by(identifier: str, *, hint: bool, errors: bool) -> dict[str, str]:
    parts = [f"{identifier}_helptext"] * hint + [f"{identifier}_error"] * errors
    return {"aria-describedby": " ".join(parts)} if parts else {}


def _dashed(attrs: Mapping[str, Any]) -> dict[str, Any]:
    """``hx_post`` in a template is ``hx-post`` on the page."""
    return {name.replace("_", "-"): value for name, value in attrs.items()}


def _options(bound: BoundField) -> Iterator[Option]:
    many = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)  # a RadioSelect as well
    css = "kern-form-check__checkbox" if many else "kern-form-check__radio"
    if bound.errors:
        css = f"{css} {css}--error"
    for part in bound.subwidgets:
        attrs = {**part.data["attrs"], "class": css}
        part.data["attrs"] = attrs
        yield Option(
            id=attrs.get("id", ""), label=str(part.choice_label), control=part.tag(wrap_label=False)
        )


def error_summary_of(*forms_: BaseForm | BaseFormSet[Any]) -> list[FormError]:
    """All errors of these forms and sets of forms, in the order of the page."""
    return [error for form in forms_ for error in _errors_of(form)]


def _errors_of(form: BaseForm | BaseFormSet[Any]) -> Iterable[FormError]:
    if isinstance(form, BaseFormSet):
        yield from (FormError("", "", str(text)) for text in form.non_form_errors())
        for part in form.forms:
            yield from _errors_of(part)
        return
    yield from (FormError("", "", str(text)) for text in form.non_field_errors())
    for bound in form:
        for text in bound.errors:
            yield FormError(_anchor(bound), str(bound.label), str(text))


def _anchor(bound: BoundField) -> str:
    """The id of the first control of the field."""
    many = isinstance(bound.field.widget, forms.RadioSelect | forms.MultiWidget)
    return f"{bound.auto_id}_0" if many else bound.auto_id
