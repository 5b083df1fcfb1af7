"""Formulas, adding up over partners and periods, targets, plausibility, completeness.

The pure heart of the product: no Django, no clock, no users. On the site the compiled SQL of
:func:`compile_query` runs on Django's own cursor and :func:`rows_to_table` reads the rows; in
a notebook :func:`evaluate` does the same over Arrow, polars or pandas tables.
"""

from wirknetz.core.measures.assemble import rows_to_table, rows_to_tables
from wirknetz.core.measures.completeness import (
    Completeness,
    CompletenessQuery,
    compile_completeness,
    completeness,
    overall,
    rows_to_completeness,
)
from wirknetz.core.measures.definition import (
    AMOUNT_DECIMALS,
    PRECISION,
    Accumulate,
    Definition,
    Direction,
    MeasureSpec,
    UnknownMeasureError,
    rounded,
)
from wirknetz.core.measures.formula import DivisionByZeroError, Formula, RuleExpression
from wirknetz.core.measures.notebook import FactsError, evaluate, evaluate_all, with_base
from wirknetz.core.measures.outliers import Outlier, outliers
from wirknetz.core.measures.parser import FormulaError, parse_formula, parse_rule
from wirknetz.core.measures.plausibility import (
    Finding,
    FindingCode,
    History,
    Rule,
    Severity,
    Values,
    check,
)
from wirknetz.core.measures.query import Dialect, Query, compile_query
from wirknetz.core.measures.series import Point, Segment, Series, Versioned, series
from wirknetz.core.measures.targets import TargetState, judge, progress

__all__ = [
    "AMOUNT_DECIMALS",
    "PRECISION",
    "Accumulate",
    "Completeness",
    "CompletenessQuery",
    "Definition",
    "Dialect",
    "Direction",
    "DivisionByZeroError",
    "FactsError",
    "Finding",
    "FindingCode",
    "Formula",
    "FormulaError",
    "History",
    "MeasureSpec",
    "Outlier",
    "Point",
    "Query",
    "Rule",
    "RuleExpression",
    "Segment",
    "Series",
    "Severity",
    "TargetState",
    "UnknownMeasureError",
    "Values",
    "Versioned",
    "check",
    "compile_completeness",
    "compile_query",
    "completeness",
    "evaluate",
    "evaluate_all",
    "judge",
    "outliers",
    "overall",
    "parse_formula",
    "parse_rule",
    "progress",
    "rounded",
    "rows_to_completeness",
    "rows_to_table",
    "rows_to_tables",
    "series",
    "with_base",
]
