"""What the House page says of backups and exports. Everybody may know; what is done about it is for stewards."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ampersand.core import jobs, tasks
from ampersand.core.safe import bundle, keeping, place, record
from ampersand.desk.pages.house import SafePart
from ampersand.members.models import Member

STALE = timedelta(days=3)


def safe_part(member: Member, *, at: datetime) -> SafePart:
    is_saving = jobs.is_under_way(tasks.BACK_UP) or place.is_under_way()
    is_writing = jobs.is_under_way(tasks.EXPORT)
    runs = member.may_run_the_house()
    made = bundle.find(at=at) if runs and not is_writing else None
    return SafePart(
        says=(*_saved(), *_next()),
        warns="" if is_saving else _warning(at),
        step=_step(is_saving=is_saving, is_writing=is_writing),
        back_up_url=reverse("desk:back_up_house") if runs and not is_saving else "",
        export_url=reverse("desk:export_house") if runs and not is_writing and made is None else "",
        take_url=reverse("desk:take_export") if made else "",
        take_says=_("Made on %(time)s, %(size)s. It is here for a day. What not every member may see is sealed in it.")
        % {"time": _time(bundle.made_at(made)), "size": filesizeformat(made.stat().st_size)}
        if made
        else "",
        refresh_url=reverse("desk:house_safe") if is_saving or is_writing else "",
    )


def _saved() -> tuple[str, ...]:
    good = record.last_good()
    if good is None:
        return (_("This house was not saved yet."),)
    words = (
        _("Saved on %(time)s under a key, %(size)s, and restored on trial.")
        if good.is_sealed
        else _("Saved on %(time)s, %(size)s, and restored on trial.")
    )
    says = [words % {"time": _time(good.at), "size": filesizeformat(good.bytes)}]
    if good.missing:
        says.append(
            ngettext(
                "%(count)d document was missing or damaged before, and is not in it.",
                "%(count)d documents were missing or damaged before, and are not in it.",
                good.missing,
            )
            % {"count": good.missing}
        )
    return tuple(says)


def _next() -> tuple[str, ...]:
    try:
        said = keeping.said()
    except keeping.NotSaid as error:
        return (str(error),)
    return (
        _("The worker saves it each night. The latest %(keep)d are kept, none longer than %(days)d days.")
        % {"keep": said.keep, "days": said.days},
    )


def _warning(at: datetime) -> str:
    """What the steward should see to, if anything."""
    good, failed = record.last_good(), record.last_failed()
    if failed and (good is None or failed.at > good.at):
        return _("The last backup failed on %(time)s. %(why)s") % {"time": _time(failed.at), "why": failed.words}
    if good and at - good.at > STALE:
        return _("That is too long ago. See that a worker runs.")
    try:
        is_beside = keeping.said().is_beside_the_data
    except keeping.NotSaid:
        return ""
    if is_beside:
        return _("Backups lie on the disk of the data. Whoever runs the machine can name another place.")
    return ""


def _step(*, is_saving: bool, is_writing: bool) -> str:
    if is_saving:
        return _("A backup is being made. %(step)s") % {
            "step": _(record.step_under_way()) if record.step_under_way() else ""
        }
    return _("The file with the whole house is being made.") if is_writing else ""


def _time(at: datetime) -> str:
    return format_date(timezone.localtime(at), pgettext("date format: day, month, hour", "j F, H:i"))
