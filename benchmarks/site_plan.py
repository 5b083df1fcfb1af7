"""How much is in the databases the site is measured with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from benchmarks.generate import SIZES, Size

SLUG: Final = "messnetz"
ASKED: Final = 30  # measures in an open round: times ten cells makes 300 values


@dataclass(frozen=True, slots=True)
class Plan:
    """How much there is: closed quarters of `size`, open rounds after them.

    Of the first open round, a quarter of the organisations is approved, a quarter submitted, a
    quarter in work, where `begun` is set.
    """

    size: Size
    open_rounds: int = 1
    begun: bool = False


PLANS: Final = {
    "XS": Plan(SIZES["XS"], begun=True),
    "S": Plan(SIZES["S"], begun=True),
    "M": Plan(SIZES["M"], begun=True),
    "practitioners": Plan(Size("practitioners", sites=100, measures=ASKED, quarters=0)),
    "crash": Plan(Size("crash", sites=60, measures=ASKED, quarters=0), open_rounds=30),
    "crash-small": Plan(Size("crash-small", sites=6, measures=ASKED, quarters=0), open_rounds=8),
}
