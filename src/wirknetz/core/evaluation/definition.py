"""What a round asks, of whom, and what it is evaluated for."""

from __future__ import annotations

from dataclasses import dataclass

from wirknetz.core.files.asked import Questionnaire, Wanted, WantedDimension
from wirknetz.core.files.recognition.model import Step
from wirknetz.core.measures import Definition, MeasureSpec
from wirknetz.core.values import Period


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the round."""

    code: str
    name: str
    formula: str
    definition: Definition


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation: how its file is called, and what is known about reading it.

    ``files`` are patterns of file names (``klinik-a*.xlsx``); without one the organisation's
    names are looked for in the name of the file. ``guide`` is the counting profile of a list
    of persons, as a path beside the definition. ``steps`` are what was taught about its words.
    """

    name: str
    names: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    guide: str = ""
    steps: tuple[Step, ...] = ()
    leaves_out: bool = False
    """Whether rows of its list that cannot be counted are left out, as the definition says."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round. ``sha256`` is the hash of the definition's bytes."""

    name: str
    period: Period
    measures: tuple[Wanted, ...]
    dimensions: tuple[WantedDimension, ...]
    indicators: tuple[Indicator, ...]
    partners: tuple[Partner, ...]
    sha256: str = ""

    @property
    def specs(self) -> dict[str, MeasureSpec]:
        """How every measure adds up, by code."""
        return {m.code: MeasureSpec(m.code, m.adds, m.counts) for m in self.measures}

    def questionnaire(self, partner: Partner) -> Questionnaire:
        """What is asked of this partner."""
        others = (one for one in self.partners if one is not partner)
        return Questionnaire(
            self.period,
            self.measures,
            self.dimensions,
            own_names=(partner.name, *partner.names),
            other_names=tuple(name for one in others for name in (one.name, *one.names)),
        )
