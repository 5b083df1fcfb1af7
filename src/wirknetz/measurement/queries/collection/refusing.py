"""Say no with a sentence."""

from __future__ import annotations

from wirknetz.foundation.doors import Refused
from wirknetz.measurement.rules.collection import SENTENCES, Act, Standing, refusal
from wirknetz.network.rules import Actor


def require(act: Act, actor: Actor, standing: Standing) -> None:
    """Raise Refused with the sentence for the person where the rules forbid this act."""
    reason = refusal(act, actor, standing)
    if reason is not None:
        raise Refused(str(SENTENCES[reason]))
