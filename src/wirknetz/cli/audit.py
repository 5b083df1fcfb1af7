"""`wirknetz audit verify` says whether the audit trail is as it was written."""

from typing import TYPE_CHECKING, Any

from wirknetz.cli import site
from wirknetz.cli.say import complain, gettext, language, say

if TYPE_CHECKING:
    from wirknetz.foundation.queries import ChainReport

MOST = 20  # problems printed


def run(options: Any) -> int:
    """Compute the chain again; 0 when it holds, 1 when it does not."""
    site.configure_for(options)
    site.require_tables()
    from django.utils import translation

    from wirknetz.foundation.queries import verify_chain

    with translation.override(language()):
        report = verify_chain()
    return _good(report) if report.holds else _bad(report)


def _good(report: "ChainReport") -> int:
    say(
        gettext(
            "Das Protokoll ist unverändert: {sealed} Ereignisse in {seals} Siegeln, "
            "{unsealed} warten auf das nächste."
        ).format(sealed=report.sealed, seals=report.seals, unsealed=report.unsealed)
    )
    if report.seals:
        say(gettext("Siegel {n}: {digest}").format(n=report.seals, digest=report.last_digest))
        say(gettext("Außerhalb aufbewahrt, beweist dieses Siegel später alles bis hierher."))
    return 0


def _bad(report: "ChainReport") -> int:
    complain(gettext("Das Protokoll wurde verändert:"))
    for problem in report.problems[:MOST]:
        complain(f"  {problem.text}")
    if len(report.problems) > MOST:
        complain(gettext("  und {n} weitere Stellen").format(n=len(report.problems) - MOST))
    return 1
