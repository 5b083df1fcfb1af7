"""State tables as pictures for the documentation."""

from __future__ import annotations

from collections.abc import Mapping


def mermaid(table: Mapping[str, frozenset[str]], *, start: str, words: Mapping[str, str]) -> str:
    """The table as a Mermaid state diagram; ``words`` names each state for readers."""
    lines = ["stateDiagram-v2", f"    [*] --> {start}"]
    lines += [f"    {state}: {words[state]}" for state in table]
    for state, following in table.items():
        lines += [f"    {state} --> {after}" for after in sorted(following)]
        if not following:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines)
