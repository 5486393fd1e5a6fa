"""What an export writes for other programs, of the rows that every member may see: CSV, address cards, calendar, mailbox."""

from __future__ import annotations

import csv
import mailbox
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from ampersand.core.among import among
from ampersand.exchange.models import Transaction
from ampersand.members.models import Member
from ampersand.parties.closed import hidden_parties_remembered
from ampersand.parties.models import Detail, Identifier, IdentifierKind, Party, PartyKind, Tie, TieKind
from ampersand.timeline.models import Mode, Moment, Participant, ParticipantRole, with_participants

_BATCH = 1_000
_MOST_BYTES_A_LETTER = 4
# What a spreadsheet would take for a formula is kept from being one by an apostrophe before it.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_OF_A_NAME = ("name", "erased_at", "now__name", "now__erased_at", "now__now")
_OF_A_MEETING = ("subject", "words", "where", "told_at", "happened_at", "ended_at", "on_day", "is_all_day")
_MEETINGS = (Mode.VISIT, Mode.CALL, Mode.VIDEO, Mode.GATHERING)


def write(folder: Path, member: Member) -> None:
    """Write the files below `folder`, as this member may see the house."""
    with hidden_parties_remembered():
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
    """A line of a card or calendar is at most 75 bytes long; what follows begins with a blank (RFC 6350, 3.2)."""
    if len(line) * _MOST_BYTES_A_LETTER <= 75 or len(line.encode()) <= 75:
        yield line
        return
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
    with path.open("x", newline="", encoding="utf-8") as file:
        file.write("BEGIN:VCALENDAR\r\nPRODID:-//Ampersand//export//EN\r\nVERSION:2.0\r\n")
        for batch in _batches(_standing_moments(member).filter(mode__in=_MEETINGS).only(*_OF_A_MEETING)):
            names = _names_of_others(batch)
            file.writelines(_event(moment, names.get(moment.pk, "")) for moment in batch)
        file.write("END:VCALENDAR\r\n")


def _event(moment: Moment, who: str) -> str:
    lines = ["BEGIN:VEVENT", f"UID:{moment.pk}@ampersand", f"DTSTAMP:{_instant(moment.told_at)}"]
    if moment.is_all_day:
        lines.append(f"DTSTART;VALUE=DATE:{moment.on_day:%Y%m%d}")
        lines.append(f"DTEND;VALUE=DATE:{moment.on_day + timedelta(days=1):%Y%m%d}")
    else:
        lines.append(f"DTSTART:{_instant(moment.happened_at)}")
        lines += [f"DTEND:{_instant(moment.ended_at)}"] if moment.ended_at else []
    lines.append(f"SUMMARY:{_escaped(moment.subject or who)}")
    lines.append(f"DESCRIPTION:{_escaped(chr(10).join(words for words in (who, moment.words) if words))}")
    lines += [f"LOCATION:{_escaped(moment.where)}"] if moment.where else []
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VEVENT"] for folded in _folded(line))


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _names_of_others(moments: Sequence[Moment]) -> dict[Any, str]:
    """Who of outside had a part in each, by the key of the moment, in the order told."""
    theirs = Participant.objects.filter(among("moment_id", [moment.pk for moment in moments]), is_ours=False)
    pairs = list(theirs.order_by("id").values_list("moment_id", "party_id"))
    parties = Party.objects.filter(among("pk", list({party_id for _moment_id, party_id in pairs})))
    names = {party.pk: str(party) for party in parties.select_related("now").only(*_OF_A_NAME)}
    told: defaultdict[Any, list[str]] = defaultdict(list)
    for moment_id, party_id in pairs:
        told[moment_id].append(names[party_id])
    return {moment_id: ", ".join(words) for moment_id, words in told.items()}


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
