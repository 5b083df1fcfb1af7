"""Reminding people of what they still have to report."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext

from wirknetz.foundation.actions import notify
from wirknetz.foundation.language import format_day
from wirknetz.measurement.actions.rounds.parts import where_to_report
from wirknetz.measurement.models import Reminder, Round
from wirknetz.measurement.queries.rounds import owing, reminded, running
from wirknetz.measurement.rules.collection import report_mark
from wirknetz.measurement.rules.rounds import Owing, reminders
from wirknetz.network.models import Organisation

Due = tuple[tuple[Owing, str], ...]
"""What one person owes, each with the kind of reminder."""


def send_reminders(*, at: dt.datetime) -> int:
    """Remind everybody who still has to report, before and after the due date, once each.

    One mail per person, however many organisations and rounds it is about. Returns how many
    people were reminded. Each person's reminder stands by itself: what was sent before a crash
    is not sent again.
    """
    day = timezone.localdate(at)
    rounds = running(timezone.get_current_timezone())
    pks = [r.round_id for r in rounds]
    found = reminders(rounds=rounds, owing=owing(pks), sent=reminded(pks), day=day)
    titles = {r.pk: r for r in Round.objects.filter(pk__in=pks).select_related("network")}
    names = dict(
        Organisation.objects.filter(
            pk__in={one.organisation_id for due in found.values() for one, _ in due}
        ).values_list("pk", "name")
    )
    return sum(_remind(user_id, due, titles, names, at) for user_id, due in found.items())


@transaction.atomic
def _remind(
    user_id: int, due: Due, rounds: dict[int, Round], names: dict[int, str], at: dt.datetime
) -> bool:
    """Write down that she was reminded, then remind her of what was not written down yet."""
    fresh = {
        (round_id, kind)
        for round_id, kind in sorted({(one.round_id, kind) for one, kind in due})
        if Reminder.objects.get_or_create(
            round_id=round_id, user_id=user_id, kind=kind, defaults={"at": at}
        )[1]
    }
    mine = [(one, kind) for one, kind in due if (one.round_id, kind) in fresh]
    if not mine:
        return False
    about = {one.round_id: rounds[one.round_id] for one, _ in mine}
    networks = {one.network_id for one in about.values()}
    notify(
        user_ids=[user_id],
        kind="round.reminder",
        key="round.reminder:" + ",".join(f"{pk}{kind}" for pk, kind in sorted(fresh)),
        subject=_lazy_subject(list(about.values()), at),
        text=_lazy_text(mine, rounds, names, at),
        url=_url(list(about.values()), {one.organisation_id for one, _ in mine}),
        scope_id=networks.pop() if len(networks) == 1 else None,
        immediate=True,
        about=[report_mark(one.round_id, one.organisation_id) for one, _ in mine],
        at=at,
    )
    return True


def _url(rounds: list[Round], organisation_ids: set[int]) -> str:
    return "/" if len(rounds) > 1 else where_to_report(rounds[0], organisation_ids)


def _subject(rounds: list[Round], at: dt.datetime) -> str:
    if len(rounds) > 1:
        return gettext("Erinnerung: %(count)s Meldungen stehen noch aus") % {"count": len(rounds)}
    day = {"title": rounds[0].title, "due": format_day(rounds[0].due_on)}
    if rounds[0].due_on < timezone.localdate(at):
        return gettext("Erinnerung: „%(title)s“ war am %(due)s fällig") % day
    return gettext("Erinnerung: „%(title)s“ ist am %(due)s fällig") % day


def _text(
    mine: list[tuple[Owing, str]], rounds: dict[int, Round], names: dict[int, str], at: dt.datetime
) -> str:
    lines = [
        gettext("– %(organisation)s, „%(title)s“: Frist %(due)s")
        % {
            "organisation": names[one.organisation_id],
            "title": rounds[one.round_id].title,
            "due": format_day(rounds[one.round_id].due_on),
        }
        for one, _ in mine
    ]
    head = ngettext("Ihre Meldung fehlt noch:", "Ihre Meldungen fehlen noch:", len(lines))
    end = gettext(
        "Wenn Sie zu einer Messgröße nichts haben, können Sie auch das angeben. "
        "Haben Sie Fragen? Ihre Koordinierungsstelle hilft gern."
    )
    return "\n".join([head, "", *lines, "", end])


_lazy_subject = lazy(_subject, str)
_lazy_text = lazy(_text, str)
