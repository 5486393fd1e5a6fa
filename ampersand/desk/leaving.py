"""What an export writes for other programs, of the rows that every member may see: CSV, address cards, calendar, mailbox."""

from __future__ import annotations

import csv
import mailbox
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event

from ampersand.core.among import among
from ampersand.exchange.models import Transaction
from ampersand.members.models import Member
from ampersand.parties.models import Detail, Identifier, IdentifierKind, Party, PartyKind, Tie, TieKind
from ampersand.timeline.models import Mode, Moment, ParticipantRole, with_participants

_BATCH = 1_000
# What a spreadsheet would take for a formula is kept from being one by an apostrophe before it.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_MEETINGS = (Mode.VISIT, Mode.CALL, Mode.VIDEO, Mode.GATHERING)


def write(folder: Path, member: Member) -> None:
    """Write the files below `folder`, as this member may see the house."""
    _write_parties(folder, member)
    _write_transactions(folder / "transactions.csv", member)
    _write_calendar(folder / "meetings.ics", member)
    _write_mail(folder / "mail.mbox", member)


def _write_parties(folder: Path, member: Member) -> None:
    heads = ("id", "name", "emails", "telephones", "web", "works_at", "details")
    with (
        (folder / "people.csv").open("x", newline="", encoding="utf-8") as people,
        (folder / "organisations.csv").open("x", newline="", encoding="utf-8") as organisations,
        (folder / "people.vcf").open("x", newline="", encoding="utf-8") as cards,
    ):
        tables = {kind: csv.writer(people if kind == PartyKind.PERSON else organisations) for kind in PartyKind.values}
        for table in (tables[PartyKind.PERSON], tables[PartyKind.ORGANISATION]):
            table.writerow(heads)
        for party, told in _parties(member):
            tables[party.kind].writerow(_safe((str(party.pk), party.name, *(" | ".join(words) for words in told))))
            if party.kind == PartyKind.PERSON:
                cards.write(_card(party, *told))


def _parties(member: Member) -> Iterator[tuple[Party, tuple[list[str], ...]]]:
    """Those outside who stand for themselves, with their addresses, where they work, and their details."""
    standing = Party.objects.visible_to(member).outside().filter(now=None, erased_at=None)
    for batch in _batches(standing):
        ids = [party.pk for party in batch]
        known: defaultdict[Any, list[Identifier]] = defaultdict(list)
        for one in Identifier.objects.visible_to(member).standing().filter(among("party_id", ids)).order_by("id"):
            known[one.party_id].append(one)
        at, details = defaultdict(list), defaultdict(list)
        ties = Tie.objects.visible_to(member).standing().filter(among("from_party_id", ids), kind=TieKind.WORKS_AT)
        for tie in ties.select_related("to_party__now").order_by("id"):
            at[tie.from_party_id].append(str(tie.to_party))
        for detail in Detail.objects.visible_to(member).standing().filter(among("party_id", ids)).order_by("id"):
            details[detail.party_id].append(f"{detail.label}: {detail.value}")
        for party in batch:
            kinds = (IdentifierKind.EMAIL, IdentifierKind.PHONE, IdentifierKind.URL)
            told = ([one.as_told for one in known[party.pk] if one.kind == kind] for kind in kinds)
            yield party, (*told, at[party.pk], details[party.pk])


def _card(
    party: Party, emails: list[str], phones: list[str], urls: list[str], at: list[str], details: list[str]
) -> str:
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{party.pk}", f"FN:{_escaped(party.name)}"]
    lines += [f"EMAIL:{_escaped(email)}" for email in emails]
    lines += [f"TEL:{_escaped(phone)}" for phone in phones]
    lines += [f"URL:{_escaped(url)}" for url in urls]
    lines += [f"ORG:{_escaped(name)}" for name in at[:1]]
    lines += [f"NOTE:{_escaped(detail)}" for detail in details]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCARD"] for folded in _folded(line))


def _escaped(words: str) -> str:
    for letter, instead in (("\\", "\\\\"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"), (",", "\\,"), (";", "\\;")):
        words = words.replace(letter, instead)
    return words


def _folded(line: str) -> Iterator[str]:
    """A line of a card is at most 75 bytes long; what follows begins with a blank (RFC 6350, 3.2)."""
    held, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 75:
            yield held
            held, size = " ", 1
        held, size = held + letter, size + width
    yield held


def _write_transactions(path: Path, member: Member) -> None:
    heads = ("id", "party_id", "party", "kind", "day", "amount", "currency", "number", "words", "withdrawn_at")
    with path.open("x", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(heads)
        for batch in _batches(Transaction.objects.visible_to(member).select_related("party__now")):
            for told in batch:
                table.writerow(
                    _safe((
                        str(told.pk), str(told.party_id), str(told.party), told.kind, told.happened_on.isoformat(),
                        "" if told.amount is None else f"{told.amount:f}", told.currency, told.number, told.words,
                        told.withdrawn_at.isoformat() if told.withdrawn_at else "",
                    ))
                )  # fmt: skip


def _write_calendar(path: Path, member: Member) -> None:
    """One calendar, an event a meeting; written event by event, since a house has more than fit into memory."""
    empty = Calendar()
    empty.add("prodid", "-//Ampersand//export//EN")
    empty.add("version", "2.0")
    head, tail = empty.to_ical().split(b"END:VCALENDAR")
    with path.open("xb") as file:
        file.write(head)
        for batch in _batches(_standing_moments(member).filter(mode__in=_MEETINGS)):
            for moment in with_participants(batch):
                file.write(_event(moment).to_ical())
        file.write(b"END:VCALENDAR" + tail)


def _event(moment: Moment) -> Event:
    event = Event()
    event.add("uid", f"{moment.pk}@ampersand")
    event.add("dtstamp", moment.told_at.astimezone(UTC))
    event.add("dtstart", moment.on_day if moment.is_all_day else moment.happened_at.astimezone(UTC))
    if moment.is_all_day:
        event.add("dtend", moment.on_day + timedelta(days=1))
    elif moment.ended_at:
        event.add("dtend", moment.ended_at.astimezone(UTC))
    who = ", ".join(str(one.party) for one in moment.participants.all() if not one.is_ours)
    event.add("summary", moment.subject or who)
    event.add("description", "\n".join(words for words in (who, moment.words) if words))
    if moment.where:
        event.add("location", moment.where)
    return event


def _write_mail(path: Path, member: Member) -> None:
    """Mails of which the house keeps the text. What is here is what the house keeps, not the mail as it came."""
    box = mailbox.mbox(path)
    try:
        for batch in _batches(_standing_moments(member).filter(mode=Mode.MAIL).exclude(body="")):
            moments = with_participants(batch)
            addresses = _addresses(member, moments)
            for moment in moments:
                box.add(mailbox.mboxMessage(_mail(moment, addresses)))
            box.flush()
    finally:
        box.close()


def _mail(moment: Moment, addresses: dict[Any, str]) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = f"<{moment.pk}@ampersand>"
    mail["Date"] = format_datetime(moment.happened_at)
    mail["Subject"] = " ".join(moment.subject.split())
    present = list(moment.participants.all())
    for head, role in (("From", ParticipantRole.FROM), ("To", ParticipantRole.TO), ("Cc", ParticipantRole.COPY)):
        said = [_named(str(one.party), addresses.get(one.party_id, "")) for one in present if one.role == role]
        if said:
            mail[head] = ", ".join(said)
    mail.set_content(moment.body)
    return mail


def _named(name: str, address: str) -> str:
    plain = "".join(letter for letter in name if letter.isalnum() or letter in " .-'")
    where = address if address.isascii() and address.count("@") == 1 and not set(address) & set(' ,;<>"\r\n') else ""
    return f'"{plain}" <{where or "no-address@ampersand.invalid"}>'


def _addresses(member: Member, moments: Sequence[Moment]) -> dict[Any, str]:
    ids = {one.party_id for moment in moments for one in moment.participants.all()}
    known = Identifier.objects.visible_to(member).standing().filter(among("party_id", list(ids)), kind="email")
    return {one.party_id: one.value for one in known.order_by("-id")}


def _standing_moments(member: Member) -> Any:
    return Moment.objects.visible_to(member).standing()


def _batches(queryset: Any) -> Iterator[list[Any]]:
    """All rows by their keys, so many at a time."""
    last = None
    while batch := list((queryset.filter(pk__gt=last) if last else queryset).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def _safe(cells: Iterable[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) and not _is_number(cell) else cell for cell in cells]


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit() and cell.isascii()
