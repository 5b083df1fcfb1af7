"""Addresses of what is counted; each below ``netz/<slug>/wirkung/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wirknetz.measurement.views import checks, dimensions, indicators, measures

urlpatterns: list[URLPattern | URLResolver] = [
    path("messgroessen/", measures.measures, name="measures"),
    path("messgroessen/neu/", measures.measure_new, name="measure_new"),
    path("messgroessen/beispiel/", measures.measure_explain, name="measure_explain"),
    path("messgroessen/<int:pk>/", measures.measure, name="measure"),
    path("messgroessen/<int:pk>/aendern/", measures.measure_edit, name="measure_edit"),
    path("messgroessen/<int:pk>/ruhen/", measures.measure_retire, name="measure_retire"),
    path("merkmale/", dimensions.dimensions, name="dimensions"),
    path("merkmale/neu/", dimensions.dimension_new, name="dimension_new"),
    path("merkmale/<int:pk>/", dimensions.dimension_edit, name="dimension_edit"),
    path("indikatoren/", indicators.indicators, name="indicators"),
    path("indikatoren/neu/", indicators.indicator_new, name="indicator_new"),
    path("indikatoren/formel/", indicators.formula_check, name="formula_check"),
    path("indikatoren/<int:pk>/", indicators.indicator, name="indicator"),
    path("indikatoren/<int:pk>/aendern/", indicators.indicator_edit, name="indicator_edit"),
    path("indikatoren/<int:pk>/ruhen/", indicators.indicator_retire, name="indicator_retire"),
    path("indikatoren/<int:pk>/ziele/", indicators.targets, name="targets"),
    path("indikatoren/<int:pk>/fassung/", indicators.version_edit, name="version_edit"),
    path(
        "indikatoren/<int:pk>/fassung/verwerfen/",
        indicators.version_discard,
        name="version_discard",
    ),
    path(
        "indikatoren/<int:pk>/fassung/<int:number>/gilt/",
        indicators.version_in_force,
        name="version_in_force",
    ),
    path("pruefregeln/", checks.checks, name="checks"),
    path("pruefregeln/neu/", checks.check_new, name="check_new"),
    path("pruefregeln/probe/", checks.check_try, name="check_try"),
    path("pruefregeln/<int:pk>/", checks.check_edit, name="check_edit"),
]
