"""Counting a list of persons on the partner's own machine.

A :class:`~wirknetz.core.files.counting.profile.Profile` (a TOML file) says how a list is
counted; :func:`~wirknetz.core.files.counting.counting.count` does it. What comes out are counts
and a receipt; no value of a row leaves this folder. The counting page in the browser does the
same from the same profile, and both are held to the same cases.
"""

from wirknetz.core.files.counting.counting import count, prepare
from wirknetz.core.files.counting.leaving import receipt, report
from wirknetz.core.files.counting.model import (
    Counted,
    CountedMeasure,
    Gap,
    GapCode,
    Question,
    QuestionCode,
)
from wirknetz.core.files.counting.profile import Profile
from wirknetz.core.files.counting.profile_reading import ProfileError, read_profile

__all__ = [
    "Counted",
    "CountedMeasure",
    "Gap",
    "GapCode",
    "Profile",
    "ProfileError",
    "Question",
    "QuestionCode",
    "count",
    "prepare",
    "read_profile",
    "receipt",
    "report",
]
