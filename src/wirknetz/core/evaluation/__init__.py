"""A whole round without the site: a definition, the partners' files, and what they add up to.

:func:`~wirknetz.core.evaluation.definition_reading.read_definition` reads the definition,
:func:`~wirknetz.core.evaluation.gathering.gather` the files of one partner,
:func:`~wirknetz.core.evaluation.evaluating.evaluate_round` adds up. What is ambiguous is left
open and not counted.
"""

from wirknetz.core.evaluation.assigning import Assigned, assign
from wirknetz.core.evaluation.definition import Indicator, Partner, Round
from wirknetz.core.evaluation.definition_reading import read_definition
from wirknetz.core.evaluation.evaluating import Evaluated, IndicatorResult, Total, evaluate_round
from wirknetz.core.evaluation.gathering import gather
from wirknetz.core.evaluation.model import Gathered, Open, OpenKind, Reported

__all__ = [
    "Assigned",
    "Evaluated",
    "Gathered",
    "Indicator",
    "IndicatorResult",
    "Open",
    "OpenKind",
    "Partner",
    "Reported",
    "Round",
    "Total",
    "assign",
    "evaluate_round",
    "gather",
    "read_definition",
]
