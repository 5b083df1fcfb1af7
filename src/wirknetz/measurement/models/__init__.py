"""Tables of shared measurement: what is counted, who reports when, what was reported."""

from wirknetz.measurement.models.collection import (
    Approval,
    Entry,
    FindingAnswer,
    Reminder,
    Submission,
    SubmissionNote,
)
from wirknetz.measurement.models.definitions import (
    Category,
    Cell,
    CellCategory,
    Dimension,
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureDimension,
    MeasureWording,
    Target,
    ValidationRule,
)
from wirknetz.measurement.models.files import (
    MappingProfile,
    ProfileVersion,
    TakeOver,
    Upload,
)
from wirknetz.measurement.models.rounds import Expectation, Round, RoundMeasure

__all__ = [
    "Approval",
    "Category",
    "Cell",
    "CellCategory",
    "Dimension",
    "Entry",
    "Expectation",
    "FindingAnswer",
    "Indicator",
    "IndicatorVersion",
    "MappingProfile",
    "Measure",
    "MeasureDimension",
    "MeasureWording",
    "ProfileVersion",
    "Reminder",
    "Round",
    "RoundMeasure",
    "Submission",
    "SubmissionNote",
    "TakeOver",
    "Target",
    "Upload",
    "ValidationRule",
]
