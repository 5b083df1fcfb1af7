"""Writing rounds: planning them, opening and closing them, reminding people."""

from wirknetz.measurement.actions.rounds.asking import set_expectations, set_measures
from wirknetz.measurement.actions.rounds.planning import (
    Like,
    change_round,
    create_round,
    discard_round,
)
from wirknetz.measurement.actions.rounds.reminding import send_reminders
from wirknetz.measurement.actions.rounds.running import (
    close_by_itself,
    close_round,
    open_by_itself,
    open_round,
)

__all__ = [
    "Like",
    "change_round",
    "close_by_itself",
    "close_round",
    "create_round",
    "discard_round",
    "open_by_itself",
    "open_round",
    "send_reminders",
    "set_expectations",
    "set_measures",
]
