"""Writes around partners' own files: looking at one, taking values over, mappings."""

from wirknetz.measurement.actions.files.profiles import (
    NameTaken,
    rename_profile,
    restore_profile,
    retire_profile,
    use_again,
)
from wirknetz.measurement.actions.files.receiving import ListOfPersons, receive
from wirknetz.measurement.actions.files.staging import (
    discard,
    remove_expired,
    remove_stray_files,
    say,
    stage,
    take_back,
)
from wirknetz.measurement.actions.files.taking import ChangedMeanwhile, take_over
from wirknetz.measurement.actions.files.undoing import Undone, undo

__all__ = [
    "ChangedMeanwhile",
    "ListOfPersons",
    "NameTaken",
    "Undone",
    "discard",
    "receive",
    "remove_expired",
    "remove_stray_files",
    "rename_profile",
    "restore_profile",
    "retire_profile",
    "say",
    "stage",
    "take_back",
    "take_over",
    "undo",
    "use_again",
]
