"""TOML files that people write: typed reading, every mistake with its key and line."""

from wirknetz.core.toml.checks import (
    Mistake,
    MistakeCode,
    Mistakes,
    Table,
    TomlError,
    listed,
    opened,
)

__all__ = ["Mistake", "MistakeCode", "Mistakes", "Table", "TomlError", "listed", "opened"]
