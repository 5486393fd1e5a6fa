"""What the Import pages show: what came in, what became of every item, and how a table is understood before it is."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ampersand.channels.chats.names import Answered
from ampersand.channels.contacts.birthdays import Birthday
from ampersand.channels.models import Fate, Import, ImportKind
from ampersand.channels.report import Report, reasons, report
from ampersand.channels.tables import load as loading
from ampersand.channels.tables import meant, stored
from ampersand.channels.tables import rows as table_rows
from ampersand.channels.tables.mapping import Column, Mapping
from ampersand.channels.tables.meanings import Kind, Meaning
from ampersand.core import files
from ampersand.desk.import_doubles import is_looked_for
from ampersand.desk.import_doubles import says as likely_says
from ampersand.desk.import_lists import kept_after_undo, report_lists
from ampersand.desk.pages.forms import Choice, Filter
from ampersand.desk.pages.imports import ColumnGuess, ImportPage, ImportReport, ImportRow, LeftOut, MappingPage
from ampersand.desk.templatetags.desk import spoken_money
from ampersand.members.models import House, MailBodies, Member
from ampersand.members.queries import the_house, zone_of
from ampersand.timeline.models import Moment

PAST_MAX = 50
ROWS_SHOWN = 10
LEAP_YEAR = 2024
# What amounts are most often in; the house's own currency stands first.
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY")
TABLES = frozenset(
    {
        ImportKind.PEOPLE,
        ImportKind.ORGANISATIONS,
        ImportKind.MOMENTS,
        ImportKind.TRANSACTIONS,
        ImportKind.OFFERS,
        ImportKind.NOTES,
    },
)
State = Literal["waiting", "running", "done", "stopped", "undoing", "undone"]


def import_page(member: Member, *, error: str = "", before: str = "") -> ImportPage:
    """The page to bring things in, with what this member brought in before: fifty a page, `before` the key of the last one."""
    past = Import.objects.visible_to(member).select_related("source", "member").order_by("-began_at", "-id")
    if last := _find_key(before):
        past = past.filter(began_at__lte=last[0]).exclude(began_at=last[0], pk__gte=last[1])
    found = list(past[: PAST_MAX + 1])
    shown = found[:PAST_MAX]
    more = f"{shown[-1].began_at.isoformat()}/{shown[-1].pk}" if len(found) > PAST_MAX else ""
    return ImportPage(
        today=timezone.localdate(),
        past=tuple(_row(import_) for import_ in shown),
        older_url=f"{reverse('desk:import')}?{urlencode({'before': more})}" if more else "",
        start_url=reverse("desk:start_import"),
        of_mail=_of_mail(),
        error=error,
    )


def _find_key(before: str) -> tuple[datetime, UUID] | None:
    """The key of the last import of a page; None for anything else that stands in the address."""
    told, _slash, import_id = before.partition("/")
    try:
        at = datetime.fromisoformat(told)
        return (at, UUID(import_id)) if at.tzinfo else None
    except ValueError:
        return None


def _of_mail() -> str:
    house = the_house()
    if house is None:
        return ""
    return {
        MailBodies.NONE: _("Of a mail or a chat no words are kept and no files, as the house chose."),
        MailBodies.EXCERPT: _("Of a mail or a chat the first new words are kept and no files, as the house chose."),
        MailBodies.FULL: _("Of a mail or a chat the whole text is kept, with its files, as the house chose."),
    }[MailBodies(house.mail_bodies)]


def state_of(import_: Import) -> State:
    """Where an import stands. One that waits is a table whose columns nobody has looked at yet."""
    if import_.undone_at:
        return "undone"
    if import_.undo_asked_at:
        return "undoing"
    if import_.ended_at:
        return "done"
    if import_.last_error:
        return "stopped"
    if waits_for_names(import_):
        return "waiting"
    return "waiting" if import_.kind in TABLES and stored.is_waiting(import_.mapping) else "running"


def waits_for_names(import_: Import) -> bool:
    """Whether an import holds chats of which somebody has to say who is in them."""
    has_begun = import_.undone_at or import_.ended_at or import_.last_error
    return not has_begun and Answered.of(import_.mapping).waits


def import_report(import_: Import) -> ImportReport:
    """One import: how far it is, or what became of every item. The five counts sum to what was seen."""
    counted, state = report(import_), state_of(import_)
    why = reasons(import_)
    ended = state in ("done", "stopped")
    more: dict[str, Any] = {**(report_lists(import_) if ended else {}), **(_likely(import_) if state == "done" else {})}
    return ImportReport(
        name=str(import_.source),
        kind=_kind_of(import_),
        at=import_.began_at,
        by=import_.member.name,
        state=state,
        says=_says(import_, counted, state),
        seen=counted.seen,
        new=counted.new,
        joined=counted.joined,
        unchanged=counted.unchanged,
        left_out=counted.left_out,
        rejected=counted.rejected,
        left_out_rows=_reasons(why, Fate.LEFT_OUT),
        rejected_rows=_reasons(why, Fate.REJECTED),
        total=import_.item_count,
        refresh_url=reverse("desk:import_report", args=[import_.pk]) if state in ("running", "undoing") else "",
        rejected_file_url=reverse("desk:rejected_file", args=[import_.pk]) if import_.rejected_file_id else "",
        undo_url=reverse("desk:undo_import", args=[import_.pk]) if ended else "",
        resume_url=reverse("desk:resume_import", args=[import_.pk]) if state == "stopped" else "",
        complete_until=_complete_until(import_) if state == "done" else None,
        kept_after_undo=kept_after_undo(import_) if state == "undone" else None,
        **more,
    )


def _likely(import_: Import) -> dict[str, Any]:
    at = timezone.now()
    says = _("Those who came in are being looked for in the book.") if is_looked_for(import_, at=at) else ""
    says = says or likely_says(import_, at=at)
    return {"likely_says": says, "likely_url": reverse("desk:import_doubles", args=[import_.pk]) if says else ""}


def _kind_of(import_: Import) -> str:
    """What was brought in, in words; of an export that was recognised whose it is."""
    whose = (import_.mapping or {}).get("known_as", "")
    if whose:
        program, _colon, table = whose.partition(": ")
        return _("%(table)s, understood as %(program)s exports them") % {"table": table, "program": program}
    return str(import_.get_kind_display() or _("files of several kinds"))


def _complete_until(import_: Import) -> datetime | None:
    """When the latest happened of what a mailbox or a calendar told: what came after it is not known from there."""
    if import_.kind not in (ImportKind.MAIL, ImportKind.CALENDAR):
        return None
    told = Moment.objects.filter(tellings__source=import_.source_id, happened_at__lte=import_.began_at)
    latest: datetime | None = told.aggregate(latest=Max("happened_at"))["latest"]
    return latest


def guess(import_: Import, *, kind: Kind | None = None) -> Mapping:
    """How the table that waits is understood before anybody puts it right: as somebody did the last time, else as guessed."""
    name = str(import_.paths[0]) if import_.paths else ""
    sheet = stored.waits_for(import_.mapping)
    guessed = loading.guess(
        _path(import_), House.objects.get(), name=name, kind=kind, sheet=sheet, as_of=import_.began_at
    )
    return replace(guessed, zone=str(zone_of(import_.member)))


def understood(import_: Import, told: AnyMapping[str, Any]) -> Mapping:
    """The mapping as the form says it. Where it says that the rows are of another kind, what nobody changed is guessed anew."""
    guessed = guess(import_)
    kind = told.get("kind", "")
    if kind not in {one.value for one in Kind} or kind == guessed.kind:
        return put_right(guessed, told)
    unchanged = {
        f"column-{index}"
        for index, column in enumerate(guessed.columns)
        if told.get(f"column-{index}") == column.meaning
    }
    return put_right(guess(import_, kind=Kind(kind)), {name: told[name] for name in told if name not in unchanged})


def mapping_page(import_: Import, mapping: Mapping) -> MappingPage:
    """The step between a table and its import: each column as guessed, and the first ten rows as understood."""
    found = table_rows.first(_path(import_), mapping, count=ROWS_SHOWN, today=timezone.localdate())
    shown = [index for index, column in enumerate(mapping.columns) if column.meaning is not Meaning.IGNORE]
    is_remembered = meant.was_remembered(mapping.layout, as_of=import_.began_at)
    sheet = mapping.layout.sheet
    return MappingPage(
        name=f"{import_.source} › {sheet}" if sheet else str(import_.source),
        start_url=reverse("desk:start_mapped", args=[import_.pk]),
        again_url=reverse("desk:import_mapping", args=[import_.pk]),
        throw_away_url=reverse("desk:throw_away_import", args=[import_.pk]),
        is_table=bool(mapping.columns),
        columns=tuple(_column(index, column) for index, column in enumerate(mapping.columns)),
        readings=_readings(mapping),
        headings=tuple(mapping.columns[index].header for index in shown),
        rows=tuple(_cells(row, mapping) for row in found),
        says=_("Understood as last time. Change what is meant otherwise, or bring it in.")
        if is_remembered
        else _("Look whether these are what you meant. A column can be changed, or left out."),
    )


def put_right(mapping: Mapping, told: AnyMapping[str, Any]) -> Mapping:
    """The mapping as the form says it: what the rows are, what each column means, the order of dates, the decimal mark."""
    kind, order, mark = told.get("kind", ""), told.get("date_order", ""), told.get("decimal_mark", "")
    if kind in {one.value for one in Kind}:
        mapping = replace(mapping, kind=Kind(kind))
    for index, column in enumerate(mapping.columns):
        meaning = told.get(f"column-{index}", "")
        if meaning in {one.value for one in Meaning} and meaning != column.meaning:
            mapping = mapping.put_right(index, meaning=Meaning(meaning))
    changed = [_with_marks(column, order, mark) for column in mapping.columns]
    currency = told.get("currency", "")
    is_one = currency in {mapping.currency, *CURRENCIES}
    return replace(mapping, columns=tuple(changed), currency=currency if is_one else mapping.currency)


def _with_marks(column: Column, order: str, mark: str) -> Column:
    if order in ("DMY", "MDY", "YMD") and column.date_order and order != column.date_order:
        column = replace(column, date_order=order, is_sure=True)
    if mark in (".", ",") and column.decimal_mark and mark != column.decimal_mark:
        column = replace(column, decimal_mark=mark, is_sure=True)
    return column


def _row(import_: Import) -> ImportRow:
    counted, state = report(import_), state_of(import_)
    page = "import_mapping" if state == "waiting" else "import_report"
    page = "import_people" if waits_for_names(import_) else page
    return ImportRow(
        name=str(import_.source),
        url=reverse(f"desk:{page}", args=[import_.pk]),
        at=import_.began_at,
        by=import_.member.name,
        says=_("Waits for you to say who is in it.") if waits_for_names(import_) else _says(import_, counted, state),
        state=state,
    )


def _says(import_: Import, counted: Report, state: State) -> str:
    if state == "waiting":
        return _("Waits for you to look at its columns.")
    if state == "undone":
        return (
            _("Undone. Before that: %(counts)s") % {"counts": _counted_says(counted)} if counted.seen else _("Undone.")
        )
    if state == "undoing":
        return _("It is being undone. What others tell of too stays.")
    if state == "done" and import_.last_error:
        return _("Undoing it stopped before its end, and nothing was taken away. Try it again.")
    if state == "stopped":
        return _("It stopped half-way. Nothing is lost: go on, and it takes up where it stood.")
    if state == "running":
        return ngettext("Being read: %(number)d so far.", "Being read: %(number)d so far.", counted.seen) % {
            "number": counted.seen
        }
    return _counted_says(counted)


def _counted_says(counted: Report) -> str:
    """What became of the items, without those of which there were none."""
    fates = (
        (counted.new, _("%(number)s new")),
        (counted.joined, _("%(number)s joined")),
        (counted.unchanged, _("%(number)s unchanged")),
        (counted.left_out, _("%(number)s left out")),
        (counted.rejected, _("%(number)s rejected")),
    )
    became = ", ".join(says % {"number": intcomma(number)} for number, says in fates if number)
    if not became:
        return _("Nothing was in it.")
    return _("%(number)s seen: %(became)s.") % {"number": intcomma(counted.seen), "became": became}


def _reasons(why: list[Any], fate: Fate) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(line.reason, line.count, line.example) for line in why if line.fate == fate)


def _path(import_: Import) -> Any:
    if import_.file is None:
        raise ValueError("a table that came through the page is kept as a file")
    return files.path_of(import_.file)


def _column(index: int, column: Column) -> ColumnGuess:
    return ColumnGuess(
        name=column.header,
        field_name=f"column-{index}",
        is_unsure=not column.is_sure,
        choices=tuple(
            Choice(meaning.value, meaning_words(meaning), is_taken=meaning is column.meaning) for meaning in Meaning
        ),
    )


def _readings(mapping: Mapping) -> tuple[Filter, ...]:
    orders = {column.date_order for column in mapping.columns if column.date_order}
    marks = {column.decimal_mark for column in mapping.columns if column.decimal_mark}
    kinds = {
        Kind.PEOPLE: _("people"),
        Kind.ORGANISATIONS: _("organisations"),
        Kind.MOMENTS: _("what happened"),
        Kind.TRANSACTIONS: _("orders and invoices"),
        Kind.OFFERS: _("offers"),
        Kind.NOTES: _("notes about somebody"),
    }
    filters = [
        Filter("kind", _("The rows are"), tuple(Choice(k, s, is_taken=k is mapping.kind) for k, s in kinds.items()))
    ]
    if orders:
        told = {"DMY": _("day, month, year"), "MDY": _("month, day, year"), "YMD": _("year, month, day")}
        filters.append(
            Filter("date_order", _("Dates are"), tuple(Choice(o, s, is_taken=o in orders) for o, s in told.items()))
        )
    if marks:
        told = {".": _("1,234.50"), ",": _("1.234,50")}
        filters.append(
            Filter("decimal_mark", _("Numbers are"), tuple(Choice(m, s, is_taken=m in marks) for m, s in told.items()))
        )
    if mapping.kind is Kind.TRANSACTIONS and any(column.meaning is Meaning.AMOUNT for column in mapping.columns):
        currencies = dict.fromkeys(filter(None, (mapping.currency, House.objects.get().currency, *CURRENCIES)))
        told_in = tuple(Choice(code, code, is_taken=code == mapping.currency) for code in currencies)
        filters.append(Filter("currency", _("Amounts that say no currency are in"), told_in))
    return tuple(filters)


def _cells(row: Any, mapping: Mapping) -> tuple[str, ...]:
    """A row as understood, a cell for each column; of a row that is left out or rejected, the reason."""
    if not isinstance(row, table_rows.Row):
        return (str(row.reason.translated()), *[""] * (len(mapping.columns) - 1))
    return tuple(spoken_value(told[1]) if told else "" for told in table_rows.by_column(row, mapping))


def spoken_value(value: Any) -> str:
    """What was read in a cell, as a person says it: days in words, so that one sees how they were understood."""
    if isinstance(value, list):
        return ", ".join(str(one[1]) if isinstance(one, tuple) else str(one) for one in value)
    if isinstance(value, tuple):
        amount, currency = value
        return spoken_money(amount, currency) if currency else str(amount)
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    return _spoken_time(value) or str(value)


def _spoken_time(value: Any) -> str:
    day = pgettext("date format: day, month and year", "j F Y")
    if isinstance(value, Birthday):
        return format_date(value.on or date(LEAP_YEAR, value.month, value.day), day if value.on else _birthday_format())
    if isinstance(value, datetime):
        return format_date(timezone.localtime(value), pgettext("date format: day, month, year and time", "j F Y, H:i"))
    if isinstance(value, date):
        return format_date(value, day)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return _("%(number)d min") % {"number": value.total_seconds() // 60}
    return ""


def _birthday_format() -> str:
    return pgettext("date format: day and month", "j F")


def meaning_words(meaning: Meaning) -> str:
    """What a column means, in the reader's language."""
    words = {
        Meaning.NAME: _("name"), Meaning.GIVEN_NAME: _("given name"), Meaning.MIDDLE_NAME: _("middle name"),
        Meaning.FAMILY_NAME: _("family name"), Meaning.PREFIX: _("title before the name"),
        Meaning.SUFFIX: _("suffix of the name"), Meaning.NICKNAME: _("nickname"), Meaning.SORT_NAME: _("sort name"),
        Meaning.ORGANISATION: _("organisation"), Meaning.DEPARTMENT: _("department"), Meaning.ROLE: _("role"),
        Meaning.EMAIL: _("e-mail"), Meaning.PHONE: _("telephone"), Meaning.FAX: _("fax"), Meaning.URL: _("web page"),
        Meaning.STREET: _("street"), Meaning.POSTCODE: _("postcode"), Meaning.CITY: _("town"),
        Meaning.REGION: _("region"), Meaning.COUNTRY: _("country"), Meaning.ADDRESS: _("address"),
        Meaning.BIRTHDAY: _("birthday"), Meaning.CATEGORY: _("category"),
        Meaning.BIRTH_YEAR: _("year of birth"), Meaning.BIRTH_MONTH: _("month of birth"),
        Meaning.BIRTH_DAY: _("day of birth"), Meaning.STAGE: _("state of the offer"), Meaning.IS_WON: _("was it won"),
        Meaning.IS_CLOSED: _("is it decided"),
        Meaning.IS_ORGANISATION: _("is it an organisation"), Meaning.IS_DELETED: _("was it deleted there"),
        Meaning.EXTERNAL_ID: _("number elsewhere"), Meaning.ORGANISATION_ID: _("number of the organisation elsewhere"),
        Meaning.PERSON_ID: _("number of the person elsewhere"), Meaning.DATE: _("date"), Meaning.TIME: _("time"),
        Meaning.ENDS: _("end"), Meaning.DURATION: _("length"), Meaning.MODE: _("how they were in touch"),
        Meaning.DIRECTION: _("who reached out"), Meaning.SENDER: _("from"), Meaning.RECEIVER: _("to"),
        Meaning.OWNER: _("who of us"),
        Meaning.SUBJECT: _("subject"), Meaning.WORDS: _("words"), Meaning.AMOUNT: _("amount"),
        Meaning.CURRENCY: _("currency"), Meaning.NUMBER: _("number"), Meaning.QUANTITY: _("quantity"),
        Meaning.PRODUCT: _("product"), Meaning.TRANSACTION_KIND: _("kind"), Meaning.STATUS: _("state there"),
        Meaning.REPORTS_TO: _("to whom they report"), Meaning.ASSISTANT: _("who assists them"),
        Meaning.SPOUSE: _("husband or wife"), Meaning.PART_OF: _("organisation it is part of"),
        Meaning.DUE_ON: _("due date"), Meaning.DETAIL: _("keep as it is"), Meaning.IGNORE: _("leave out"),
    }  # fmt: skip
    return words.get(meaning, meaning.value)
