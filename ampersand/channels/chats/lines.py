"""What was said in chats, line by line: what each becomes, in which conversation, with which files."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from ampersand.channels.chats import parse
from ampersand.channels.chats.around import LARGEST_GROUP, Around
from ampersand.channels.chats.opening import Opened, Written
from ampersand.channels.chats.said import LINKEDIN, Chat, LeftOut, Said
from ampersand.channels.chats.who import UNKNOWN, People, Who
from ampersand.channels.copying import copy
from ampersand.channels.happenings import Heard, News
from ampersand.channels.happenings import tell_all as tell_happenings
from ampersand.channels.mail import asks, excerpt
from ampersand.channels.material import Part
from ampersand.channels.models import Fate, Import
from ampersand.channels.outcomes import Reason, plain
from ampersand.channels.outcomes import mark as _
from ampersand.channels.run import Item, Outcome, Run
from ampersand.core import files
from ampersand.core.folding import fold
from ampersand.members.models import MailBodies
from ampersand.members.queries import zone_of
from ampersand.parties.models import Party
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Attachment, Began, Mode, ParticipantRole, Thread

TO_NOBODY = _("The export does not say to whom it was written.")
OURS_ALONE = _("Only people of the house have a part in it.")
TO_A_CROWD = _("It was written to more than %(number)d people at once, which is contact with none of them.")
NO_WORDS_LEFT = 4_000
_THREADS = UUID("7d0f5a0e-52b1-4c86-9d6e-7c1f3a2b9e10")


class Lines:
    """The lines of the chats of an import, once it is known who speaks."""

    def __init__(self, part: Part, import_: Import, people: People, opened: Sequence[Opened]) -> None:
        self.part, self.import_, self.people, self.opened = part, import_, people, opened
        self.zone = str(zone_of(import_.member))
        self.own = people.own
        self.bodies = people.house.mail_bodies

    def load(self, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        news: list[tuple[Item, News, Opened]] = []
        for item in items:
            payload = item.payload
            if isinstance(payload, LeftOut):
                yield Outcome(item, Fate.LEFT_OUT, payload.reason.translated())
            elif isinstance(payload, Written):
                told = self._news(item, payload)
                if isinstance(told, Outcome):
                    yield told
                else:
                    news.append((item, told, payload.opened))
        threads = self._open_threads([one for _item, one, _opened in news])
        heard = tell_happenings([one for _item, one, _opened in news], run=run)
        self._enclose([(item, one) for (item, _news, _opened), one in zip(news, heard, strict=True)], run)
        Thread.objects.filter(pk__in=threads, moments=None).delete()
        for (item, one, _opened), answer in zip(news, heard, strict=True):
            yield Outcome(item, answer.fate, key=one.happening.key, fact_id=answer.moment_id)

    def _news(self, item: Item, written: Written) -> News | Outcome:
        line = written.line
        if not isinstance(line, Said):
            fate = Fate.LEFT_OUT if isinstance(line, LeftOut) else Fate.REJECTED
            return Outcome(item, fate, line.reason.translated())
        who = self.people.who[line.speaker.key]
        if who.party is None:
            return Outcome(item, who.fate, who.why)
        chat = written.opened.chat
        others, why_none = self._others(line, chat)
        if why_none:
            return Outcome(item, why_none.fate, why_none.why)
        there = [who.party, *others, *([self.own] if self.own else [])]
        if all(party.is_ours for party in there):
            return Outcome(item, Fate.LEFT_OUT, gettext(OURS_ALONE if others else TO_NOBODY))
        return News(self._happening(written, line, who.party, others), item.place)

    def _others(self, line: Said, chat: Chat) -> tuple[list[Party], Who | None]:
        """Those it reached besides whoever wrote it, and where it reached nobody why so."""
        if chat.service == LINKEDIN and not self._is_mine(chat):
            return [], Who(None, Fate.REJECTED, UNKNOWN.translated())
        keys = [who.key for who in line.to] or self._around[id(chat)].present(line)
        speakers = [self.people.who[key] for key in keys if key != line.speaker.key]
        others = {who.party.pk: who.party for who in speakers if who.party}
        sender = self.people.who[line.speaker.key].party
        if sender is not None and sender.is_ours and not any(not one.is_ours for one in others.values()):
            if self._around[id(chat)].is_crowd:
                reason = Reason(TO_A_CROWD, {"number": LARGEST_GROUP})
                return [], Who(None, Fate.LEFT_OUT, reason.translated())
            if nobody := next((who for who in speakers if who.party is None), None):
                return [], nobody
        return list(others.values()), None

    def _is_mine(self, chat: Chat) -> bool:
        own = self.own.pk if self.own else None
        return any(who.party and who.party.pk == own for one in chat.speakers if (who := self.people.who[one.key]))

    @cached_property
    def _around(self) -> dict[int, Around]:
        return {id(opened.chat): Around(opened.chat) for opened in self.opened}

    def _happening(self, written: Written, line: Said, sender: Party, others: Sequence[Party]) -> Happening:
        chat, at = written.opened.chat, self.instant(line)
        takers = self._takers(sender, others, is_crowd=self._around[id(chat)].is_crowd)
        is_between_two = not chat.is_group and len(takers) == 2
        text = line.words
        words, body = kept_of(text, bodies=self.bodies)
        return Happening(
            mode=Mode.MESSAGE if line.lasted is None else Mode.CALL,
            happened_at=at,
            zone=self.zone,
            takers=takers,
            key=self._key(written, line, at, sender, others),
            ended_at=at + line.lasted if line.lasted else None,
            began=Began.US if sender.is_ours else Began.THEM,
            asks_answer=is_between_two and line.lasted is None and asks.asks(text)[0],
            subject=plain(chat.title if chat.is_group else line.subject)[:300],
            words=words,
            body=body,
            thread=self._thread(written.opened, others, sender),
        )

    def _takers(self, sender: Party, others: Sequence[Party], *, is_crowd: bool) -> list[Taker]:
        role = ParticipantRole.COPY if is_crowd else ParticipantRole.TO
        takers = [Taker(sender, ParticipantRole.FROM), *(Taker(party, role) for party in others)]
        if self.own is not None:
            # It stands in this member's telephone, so it reached them.
            takers.append(Taker(self.own, role))
        once = {taker.party.pk: taker for taker in reversed(takers)}
        return list(reversed(once.values()))

    def _key(self, written: Written, line: Said, at: datetime, sender: Party, others: Sequence[Party]) -> str:
        """By its own number, else by who wrote what in which minute; what I write to one is not what I write to another."""
        service = line.speaker.service.lower().replace(" ", "-")
        if line.told:
            return f"chat:{service}:{line.told}"[:400]
        is_mine = self.own is not None and sender.pk == self.own.pk and not written.opened.chat.is_group
        to = ",".join(sorted(str(party.pk) for party in others)) if is_mine else ""
        told = "\x1f".join((at.isoformat()[:16], str(sender.pk), to, line.same))
        digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
        return f"chat:{service}:{digest}" + (f"#{written.nth}" if written.nth > 1 else "")

    def _thread(self, opened: Opened, others: Sequence[Party], sender: Party) -> Thread:
        """The conversation, the same for each export of it: of two by the other one, of a group by what it is called."""
        chat = opened.chat
        own = self.own.pk if self.own else None
        outside = sorted(str(party.pk) for party in (sender, *others) if party.pk != own)
        told = ",".join(outside) if not chat.is_group else chat.number or fold(chat.title) or opened.name
        number = uuid5(_THREADS, f"{self.import_.member_id}\x1f{chat.service}\x1f{chat.is_group}\x1f{told}")
        return Thread(id=number, subject=plain(chat.title if chat.is_group else "")[:300])

    def _open_threads(self, news: Sequence[News]) -> list[UUID]:
        """Write down the conversations that are not there; answers their ids."""
        wanted = {one.happening.thread.pk: one.happening.thread for one in news if one.happening.thread}
        there = set(Thread.objects.filter(pk__in=list(wanted)).values_list("pk", flat=True))
        copy([thread for pk, thread in wanted.items() if pk not in there])
        return [pk for pk in wanted if pk not in there]

    def _enclose(self, told: Sequence[tuple[Item, Heard]], run: Run) -> None:
        """Keep the files of those messages that are new, where the export has them and the house keeps whole texts."""
        rows = []
        for item, heard in told:
            line: Said = item.payload.line
            # Beside a file that came alone lie others of the house, and none of the chat.
            is_beside = item.payload.opened.path != self.part.root
            has_files = heard.fate is Fate.NEW and is_beside and self.bodies == MailBodies.FULL
            for name in line.files if has_files else ():
                if path := parse.beside(item.payload.opened.path, name):
                    kind = mimetypes.guess_type(name)[0] or ""
                    kept = files.keep(path, at=run.at, media_type=kind)
                    rows.append(Attachment(moment_id=heard.moment_id, file=kept, name=plain(name)[:300]))
        Attachment.objects.bulk_create(rows, ignore_conflicts=True)

    def instant(self, said: Said) -> datetime:
        """The instant, in UTC; the time a phone showed is that of the member who brings it."""
        if said.at.tzinfo:
            return said.at.astimezone(UTC)
        return said.at.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


def kept_of(text: str, *, bodies: str) -> tuple[str, str]:
    """The words of a message and its whole text, as far as the house keeps them: what it chose for mail holds for chats.

    What is judged of a message, such as whether it asks for an answer, is judged of all its words.
    """
    if bodies == MailBodies.NONE:
        return "", ""
    if bodies == MailBodies.EXCERPT:
        return (text if len(text) <= excerpt.LENGTH else excerpt.shortened(text)), ""
    return text[:NO_WORDS_LEFT], text if len(text) > NO_WORDS_LEFT else ""
