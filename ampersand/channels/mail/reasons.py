"""Why a message was read, mended or refused as it was, as a code that can be stored and a sentence that can be shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # An item that could not become a mail.
    "unreadable_file": _("The file could not be opened. Check its permissions and bring it in again."),
    "link": _("This is a link to another place and was not followed. Bring in the folder it points to."),
    "empty": _("There is nothing in it."),
    "no_mail_inside": _("It does not begin like a mail or a mailbox, so it was left as it is."),
    "packed": _("It is a packed archive and was not opened. Unpack it and bring in what is inside."),
    "unpacks_too_far": _("It unpacks to far more than a mailbox would, so reading stopped. Unpack it and look first."),
    "headers_too_long": _("Its headers run on for more than %(megabytes)s MB, which no mail program writes."),
    "no_sender": _("It does not say who wrote it."),
    "no_date": _("Neither the writer nor any mail server put a readable date on it."),
    "unexpected": _("It could not be read (%(error)s). Send it to us if you can share it."),
    # What was mended in a mail that could be read.
    "cut_short": _("The file ends in the middle of this message. What is there was read."),
    "packed_data_damaged": _("The packed file is damaged from here on. What is there was read."),
    "too_large": _("Only the first %(megabytes)s MB of this message were read."),
    "nested_too_deep": _("Parts nested more than %(depth)s deep were left closed."),
    "too_many_parts": _("Only the first %(count)s parts were read."),
    "text_cut": _("The text is very long. Only the first %(megabytes)s MB were read."),
    "boundary_missing": _("The line that should part its pieces is missing. The whole was read as text."),
    "message_id_made": _("It had no Message-ID, so one was made from its content."),
    "charset_guessed": _("Its letters were not in the character set it names (%(named)s). They were read as %(read)s."),
    "sender_from_list": _("The list had put its own address as sender. The writer was found in %(header)s."),
    "sender_from_form": _("A form sent it for somebody. The writer was found in Reply-To."),
    "sender_from_envelope": _("It has no From. The sender was taken from %(header)s."),
    "address_masked": _("The archive hid letters of an address, and not all of them could be restored."),
    # The day of a mail, where its own header cannot be true.
    "date_missing": _("It carries no date of its own. The time at which %(source)s took it was used."),
    "date_unreadable": _("Its date cannot be read. The time at which %(source)s took it was used."),
    "date_impossible": _("Its date cannot be true. The time at which %(source)s took it was used."),
    "date_zone_unknown": _("Its date names no time zone that exists. It was read as UTC."),
    # What kind of mail it is.
    "kind_report": _("It is a delivery report by its Content-Type."),
    "kind_bounce_sender": _("A mail server wrote it (%(sender)s)."),
    "kind_bounce_header": _("Its header %(header)s is written only when a mail could not be delivered."),
    "kind_bounce_subject": _("Its subject is that of a mail that could not be delivered."),
    "kind_receipt": _("It is a receipt that a mail was shown, by its Content-Type."),
    "kind_complaint": _("It is a spam complaint report by its Content-Type."),
    "kind_calendar": _("It carries a calendar message (%(method)s)."),
    "kind_auto_reply_header": _("Its header %(header)s says that a machine answered."),
    "kind_auto_reply_subject": _("Its subject begins as automatic answers do (%(words)s)."),
    "kind_auto_sent": _("Its header %(header)s says that a machine sent it."),
    "kind_challenge": _("It asks the sender to prove to be a person, as filters do."),
    "kind_list_notice": _("The list's own program wrote it (%(sender)s)."),
    "kind_list_post": _("It was written to the list %(list)s."),
    "kind_newsletter_unsubscribe": _("It offers to unsubscribe and comes from no list one can write to."),
    "kind_newsletter_bulk": _("Its header %(header)s says that it was sent in bulk."),
    "kind_newsletter_sender": _("It was sent by a mailing service (%(header)s)."),
    "kind_no_reply": _("Its sender takes no replies (%(sender)s)."),
    "kind_tool": _("Its subject is written by a program (%(words)s)."),
    "kind_spam": _("It lay among the unwanted mails."),
    "kind_thrown_away": _("It lay in the bin."),
    "kind_draft": _("A draft that was never sent."),
    "left_own": _("It went among your own people only."),
    "left_own_list": _("It went among your own people only, by a list of yours on which nobody from outside is seen."),
    "kind_person": _("Nothing in it says that a machine or a list sent it."),
    # How a message came to its thread.
    "thread_new": _("It names no earlier message and none fits."),
    "thread_chain": _("It names a message of this thread."),
    "thread_shared_parent": _("It answers the same earlier message, among the same people."),
    "thread_late_parent": _("It is the message that others of this thread answer."),
    "thread_guessed": _("Guessed: the same subject among the same people within %(days)s days."),
    "thread_own_branch": _("Many people answer this message apart, so each answer has its own thread."),
    # Whether a message asks for an answer.
    "asks_question": _("It asks a question."),
    "asks_request": _("It asks for something (%(words)s)."),
    "asks_not_automatic": _("Automatic mail asks for no answer."),
    "asks_not_bulk": _("Mail to many asks nobody in particular."),
    "asks_not_addressed": _("It was written to others; we are in copy."),
    "asks_not_own": _("We wrote it ourselves."),
    "asks_not_thanks": _("It says thanks or that something is done."),
    "asks_not_empty": _("It has no words of its own."),
    "asks_not_telling": _("It tells and asks nothing."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of SENTENCES with the words it needs. Compared and stored as it is; shown with `sentence()`."""

    code: str
    about: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, **about: object) -> Reason:
        return cls(code, tuple((name, str(value)) for name, value in sorted(about.items())))

    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % dict(self.about)
