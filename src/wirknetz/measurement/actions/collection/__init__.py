"""Writes of a collection round: recording, submitting, approving, returning, correcting."""

from wirknetz.measurement.actions.collection.deciding import (
    NotReady,
    Unexplained,
    answer,
    approve,
    correct,
    reply,
    return_,
    submit,
    tell_minutes,
)
from wirknetz.measurement.actions.collection.recording import (
    UNSEEN,
    Choice,
    NotRecorded,
    Recorded,
    Row,
    record,
)
from wirknetz.measurement.actions.collection.reminding import remind

__all__ = [
    "UNSEEN",
    "Choice",
    "NotReady",
    "NotRecorded",
    "Recorded",
    "Row",
    "Unexplained",
    "answer",
    "approve",
    "correct",
    "record",
    "remind",
    "reply",
    "return_",
    "submit",
    "tell_minutes",
]
