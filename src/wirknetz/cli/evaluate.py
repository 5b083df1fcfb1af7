"""`wirknetz evaluate`: a whole round without the site, from a definition and the files.

Exit codes: 0 complete, 1 wrong input, 2 wrong call, 3 questions are open, 4 organisations
without a file. With 3 and 4 the result is written, without what is open.
"""

from pathlib import Path
from typing import Any

from wirknetz import __version__
from wirknetz.cli.counting_words import listed, mistakes
from wirknetz.cli.evaluating_sheets import sheets
from wirknetz.cli.evaluating_words import answer_hint, open_sentence
from wirknetz.cli.say import Stop, complain, gettext, say
from wirknetz.cli.writing import may_write, write
from wirknetz.core.evaluation import (
    Assigned,
    Evaluated,
    Gathered,
    Partner,
    Round,
    assign,
    evaluate_round,
    gather,
    read_definition,
)
from wirknetz.core.evaluation.leaving import as_json
from wirknetz.core.files.leaving import to_xlsx
from wirknetz.core.toml import TomlError

OPEN, INCOMPLETE = 3, 4


def run(options: Any) -> int:
    """Read, add up, write; what is open is said and left out."""
    round_ = _definition(options.definition)
    missing = [str(path) for path in options.files if not path.is_file()]
    if missing:
        raise Stop(gettext("{file} gibt es nicht.").format(file=", ".join(missing)))
    beside = options.output.with_suffix(".json")
    given = (options.definition, *options.files)
    for target in (options.output, beside):
        may_write(target, given, sure=options.yes)
    assigned = assign(options.files, round_)
    _refuse_unclear(assigned)
    evaluated = _evaluated(round_, assigned, options.definition.parent)
    write(options.output, to_xlsx(sheets(evaluated)))
    write(beside, as_json(evaluated, version=__version__))
    _say_result(evaluated)
    say(gettext("Geschrieben: {file} und {other}.").format(file=options.output, other=beside))
    return _code(evaluated)


def _definition(path: Path) -> Round:
    try:
        return read_definition(path.read_bytes())
    except OSError as error:
        raise Stop(gettext("{file} ist nicht zu lesen.").format(file=path)) from error
    except TomlError as error:
        raise Stop(mistakes(error, path.name)) from error


def _refuse_unclear(assigned: Assigned) -> None:
    sentences = []
    for path, fitting in assigned.unclear:
        if fitting:
            said = gettext("{file} passt zu mehreren Organisationen: {names}.")
        else:
            said = gettext("{file} passt zu keiner Organisation.")
        sentences.append(said.format(file=path.name, names=", ".join(fitting)))
    for name, paths in assigned.twice:
        said = gettext("Für {name} gibt es mehrere Dateien: {files}.")
        sentences.append(said.format(name=name, files=", ".join(path.name for path in paths)))
    if sentences:
        hint = gettext('Bitte unter [[organisation]] angeben: datei = "…"')
        raise Stop("\n".join([*sentences, hint]))


def _evaluated(round_: Round, assigned: Assigned, beside: Path) -> Evaluated:
    gathered = []
    for number, partner in enumerate(round_.partners, 1):
        say(_progress(partner, assigned, number, len(round_.partners)))
        found = gather(partner, assigned.files.get(partner.name), round_, beside=beside)
        _say_found(found)
        gathered.append(found)
    return evaluate_round(round_, gathered)


def _progress(partner: Partner, assigned: Assigned, number: int, all_: int) -> str:
    path = assigned.files.get(partner.name)
    file = path.name if path else gettext("keine Datei")
    return gettext("[{n}/{all}] {name}: {file}").format(
        n=number, all=all_, name=partner.name, file=file
    )


def _say_found(found: Gathered) -> None:
    if found.file:
        say(gettext("      {n} Werte").format(n=len(found.values)))
    for one in found.open:
        if one.asks:
            hint = answer_hint(one)
            listed(complain, [open_sentence(one) + (f"\n    {hint}" if hint else "")])


def _say_result(evaluated: Evaluated) -> None:
    say()
    for one in evaluated.totals:
        amount = gettext("keine Zahl") if one.amount is None else f"{one.amount.normalize():f}"
        say(
            gettext("  {measure}: {amount} ({n} von {all} Organisationen)").format(
                measure=one.measure, amount=amount, n=one.organisations, all=one.expected
            )
        )
    say()


def _code(evaluated: Evaluated) -> int:
    if not evaluated.settled:
        complain(gettext("Fragen sind offen. Was sie betrifft, ist nicht mitgezählt."))
        return OPEN
    if not evaluated.everybody:
        complain(gettext("Es fehlen Dateien von Organisationen."))
        return INCOMPLETE
    return 0
