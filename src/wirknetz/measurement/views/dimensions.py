"""Pages about dimensions and their categories."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from wirknetz.measurement.actions import dimensions as actions
from wirknetz.measurement.forms.measures import (
    CategoryFormSet,
    DimensionForm,
    category_rows,
    dimension_draft,
)
from wirknetz.measurement.models import Dimension
from wirknetz.measurement.queries import measures as queries
from wirknetz.measurement.rules.definitions import may_define, may_see_definitions
from wirknetz.measurement.views.parts import done, found, posted, went
from wirknetz.network.doors import NetworkRequest, door


@door(may_see_definitions)
@require_safe
def dimensions(request: NetworkRequest) -> HttpResponse:
    """The network's dimensions and categories."""
    context = {
        "dimensions": queries.dimensions(request.network.pk),
        "may_define": may_define(request.actor),
    }
    return render(request, "measurement/dimensions/list.html", context)


@door(may_define)
@require_http_methods(["GET", "POST"])
def dimension_new(request: NetworkRequest) -> HttpResponse:
    """Add a dimension."""
    return _edit(request, None)


@door(may_define)
@require_http_methods(["GET", "POST"])
def dimension_edit(request: NetworkRequest, pk: int) -> HttpResponse:
    """Change a dimension and its categories."""
    return _edit(request, found(queries.dimension(request.network.pk, pk)))


def _edit(request: NetworkRequest, one: Dimension | None) -> HttpResponse:
    data = posted(request)
    form = DimensionForm(data, initial=_initial(one) if one else {})
    have = queries.categories_with_use(one) if one else []
    rows = CategoryFormSet(data, initial=category_rows(have), prefix="a")
    if (
        request.method == "POST"
        and form.is_valid()
        and rows.is_valid()
        and went(
            form,
            lambda: actions.save_dimension(
                by=request.actor,
                dimension_id=one.pk if one else None,
                draft=dimension_draft(form, rows),
                at=timezone.now(),
            ),
        )
    ):
        return done(request, gettext("Das Merkmal ist gespeichert."), "dimensions")
    used = {str(c.pk) for c, is_used in have if is_used}
    context = {"form": form, "rows": rows, "dimension": one, "used": used}
    return render(request, "measurement/dimensions/form.html", context)


def _initial(one: Dimension) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("name", "code", "position", "retired")}
