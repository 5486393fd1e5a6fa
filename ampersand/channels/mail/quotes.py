"""The lines by which mail programs announce what is quoted, signed or added, in the languages they speak.

The attribution lines ("On ... wrote:"), the names of header lines and the words of mobile signatures of eleven languages
come from mail-parser-reply's tables. Its own parser is not used: it cuts at every "Thanks," in the middle of a mail, drops
what is written below a quote, and its patterns take minutes on long lines. Here each is tried on a few short lines only.
"""

from __future__ import annotations

import re

from mailparser_reply.constants import MAIL_LANGUAGES

ATTRIBUTION_LENGTH = 400
ATTRIBUTION_LINES = 5

_LANGUAGES = [language for name, language in MAIL_LANGUAGES.items() if name != "david"]


def _label_words() -> str:
    """The names of header lines ("From", "Von", "Gesendet"...) out of the tables' patterns."""
    found: set[str] = set()
    for language in _LANGUAGES:
        for group in re.findall(r"\[\* \]\*\(\?:([^()]*)\):", str(language["from_header"])):
            found |= {re.sub(r"\[(.)(.)\]", r"\1", word).replace("\\s?", " ").strip() for word in group.split("|")}
    more = (
        "Reply-To Répondre-à Envoyé Objet De À Date Von Gesendet Datum An Betreff Da Inviato Oggetto Enviado Para Asunto"
        " Assunto От Кому Отправлено Дата Тема Копия Importance 发件人 收件人 发送时间 主题 差出人 宛先 件名 送信日時"
        " 日付 Sent To Cc Bcc"
    )
    words = sorted({*found, *more.split()} - {""}, key=len, reverse=True)
    return "|".join(map(re.escape, words))


# "From: Ana" of a quoted block; bold marks and quoting may stand around.
LABEL = re.compile(
    rf"^[*_\s]{{0,4}}(?P<label>{_label_words()})\s?[*_]{{0,2}}\s?[:：][*_]{{0,2}}(?P<rest>.*)$",
    re.IGNORECASE,
)
FIRST_LABELS = re.compile(
    r"^[*_\s]{0,4}(?:From|Von|De|Da|Från|Fra|Van|Od|От|发件人|差出人|보낸\s?사람|Sent|Date|Datum|Gesendet|Subject"
    r"|Betreff)\s?[*_]{0,2}\s?[:：]",
    re.IGNORECASE,
)

_tables = "|".join(f"(?:{language['wrote_header']})" for language in _LANGUAGES)
ATTRIBUTION_BY_TABLE = re.compile(re.sub(r"\(\?P<[^>]*>", "(?:", _tables), re.IGNORECASE | re.MULTILINE)
# What the tables miss: no first word ("2024/3/5 Ana <a@b>:"), other verbs, "writes", Russian, Portuguese and so on.
ATTRIBUTION_VERB = re.compile(
    r"\b(?:wrote|writes|schrieb|schreibt|a [ée?]crit|[ée?]crit|escribi[óo?]|escreveu|ha scritto|scrisse|schreef"
    r"|skrev|napsal|napisał|"
    r"kirjoitti|írta|пишет|писал|написала?|написал\(а\)|yazdı|έγραψε|said|sent the following)(?!\w)[^:]{0,60}[:：]\s*$"
    r"|写道[:：]\s*$|のメール[:：]?\s*$|さんは書きました[:：]\s*$|님이 작성[^:]{0,10}[:：]\s*$",
    re.IGNORECASE,
)
# The same in the middle of a line, where a program has run all lines of a mail together.
ATTRIBUTION_INSIDE = re.compile(
    r"\s(?:On|Am|Le|El) (?=[^<>]{0,60}\d{1,2}[:.]\d{2})[^<>]{8,150}(?:<[^<>\s]+@[^<>\s]+>)? ?(?:wrote|schrieb"
    r"|a écrit|escribió)\s?:\s"
)
HAS_DATE_OR_ADDRESS = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}|@|\bat\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
DATE_AND_ADDRESS_COLON = re.compile(
    r"^(?=.*\d{1,2}[:.]\d{2})(?=.*<[^<>]+(?:@| at )[^<>]+>).{10,300}[:：]\s*$",
    re.DOTALL,
)
ATTRIBUTION_START = re.compile(
    r"^(?:-{2,} ?)?(?:On|Am|Le|El|Il|Op|Den|Em|Dne|Dnia|W dniu|Pada|Vào|At|In (?:article|message)|Quoting|\d|\""
    r"|<|[\w.+-]+@"
    r"|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Mo|Di|Mi|Do|Fr|Sa|So|lun|mar|mer|jeu|ven|sam|dim|[A-ZÀ-ÞА-Я][\w.'-]+[ ,])",
)

SURE_START = re.compile(r"^(?:-{2,} ?)?(?:On|Am|Le|El|Il|Op|Den|Em|Dne|Dnia|W dniu|\d)[ \d]")

ORIGINAL = re.compile(
    r"^\W{0,6}(?:-{2,}|_{2,}|={2,}|\*{2,})\s*(?:original (?:message|e-?mail|appointment)"
    r"|ursprüngliche (?:nachricht|mail)|original-?nachricht"
    r"|message d'origine|message original|mensaje original|mensagem original|messaggio originale"
    r"|oorspronkelijk bericht"
    r"|oprindelig meddelelse|ursprungligt meddelande|opprinnelig melding|původní zpráva|wiadomość oryginalna"
    r"|исходное сообщение"
    r"|пересылаемое сообщение|forwarded (?:message|by).*|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado"
    r"|doorgestuurd bericht|messaggio inoltrato|videresendt meddelelse|原始邮件|元のメッセージ|reply message"
    r"|reply above this line)\s*(?:-{2,}|_{2,}|={2,}|\*{2,})?",
    re.IGNORECASE,
)
FORWARD_BEGINS = re.compile(
    r"^(?:begin forwarded message|anfang der weitergeleiteten|début du message (?:réexpédié|transféré)"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato)",
    re.IGNORECASE,
)
UNDERLINE = re.compile(r"^\s*[_=*/#~+-]{10,}\s*$")
SIGNATURE_MARK = re.compile(r"^(?:--|—|––)[ \xa0]?$|^-- ?\s*$")

_sent_from = "|".join(str(language["sent_from"]) for language in _LANGUAGES if language["sent_from"])
MOBILE = re.compile(
    rf"^\W{{0,3}}(?:{_sent_from}|Sent (?:from|via|with|using) (?:my |a |the )?(?:i(?:Phone|Pad)|Android"
    rf"|BlackBerry|Samsung|mobile|phone"
    r"|Mail|Outlook|Yahoo|Gmail|Proton|Sparrow|Galaxy|Windows|Nokia|Huawei|Xiaomi|Pixel|Mailbird|Spark"
    r"|Superhuman|a mobile)"
    r"|Get (?:BlueMail|Outlook)|Von (?:meinem|unterwegs|iPhone|Samsung)|Diese Nachricht wurde von mein"
    r"|Gesendet (?:mit|von|aus)"
    r"|Envoyé de(?:puis)? mon|Inviato da|Enviado (?:desde|do|de) |Verstuurd vanaf|Verzonden (?:vanaf|met)"
    r"|Skickat från|Sendt fra"
    r"|Wysłane z|Отправлено (?:с|из)|via mobile$|发自我的|iPhoneから送信|Sent from).{0,80}$",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"^\W{0,4}(?:(?:confidential(?:ity)?|disclaimer|legal|privacy|privileged"
    r"|important)\b[^.!?,']{0,30}(?:notice|note|statement|disclaimer|:)"
    r"|disclaimer\s*(?::|$)|caution:? (?:this|external)|(?:this|the information (?:contained )?in this"
    r"|the contents? of this)\s(?:e-?mail|message|communication|transmission)\b"
    r".{0,120}\b(?:confidential|intended|privileged|recipient|attachment|virus)"
    r"|(?:diese|der inhalt dieser) (?:e-?mail|nachricht)\b.{0,120}\b(?:vertraulich|bestimmt|empfänger)"
    r"|(?:ce|le présent) (?:message|courriel|e-?mail)\b.{0,120}\b(?:confidentiel|destinataire)"
    r"|(?:este|el presente) (?:mensaje|correo)\b.{0,120}\b(?:confidencial|destinatario)"
    r"|if you (?:are not|have received) (?:the intended|this)|please consider the environment before"
    r"|virus-free\.|no virus found in)",
    re.IGNORECASE,
)
EXTERNAL_WARNING = re.compile(
    r"^\W{0,4}(?:\[?(?:external|caution|warning|extern)(?: e-?mail| sender)?\b\]?.{0,160}(?:organi[sz]ation"
    r"|links|attachments|sender|caution|outside)"
    r"|this (?:e-?mail|message) originated (?:from )?outside|you don't often get (?:e-?mail|messages) from"
    r"|some people who received this message don't"
    r"|learn why this is important|\[?external\]?:?\s*$|\[?extern(?:al)? e-?mail\]?\s*$|use caution when)",
    re.IGNORECASE,
)
LIST_FOOTER = re.compile(
    r"(?i)mailing list|mailman|unsubscribe|listinfo|to post to this|you received this (?:message|because)"
    r"|/options/|abmelden|google groups"
    r"|archives?:|automatic notification",
)
SCRUBBED = re.compile(
    r"^(?:\s*\[\[(?:alternative|elided|deleted)[^\]]{0,200}\]\]|-{5,} next part -{5,}|\[(?:image|cid"
    r"|inline image|bild)[:\s][^\]]{0,300}\]"
    r"|(?:an html|a non-text) attachment was scrubbed|<?(?:https?|cid):\S{0,300}/attachments?/\S{0,300})",
    re.IGNORECASE,
)
SCRUBBED_PARTS = re.compile(r"^(?:Name: |Type: |Size: |Desc: |URL: )")
PGP_START = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----$")
PGP_HASH = re.compile(r"^(?:Hash|NotDashEscaped): ")
PGP_END = re.compile(r"^-----BEGIN PGP (?:SIGNATURE|MESSAGE|PUBLIC KEY BLOCK)-----$|^-----BEGIN S/MIME")

CLOSING = re.compile(
    r"^\W{0,2}(?:(?:with )?(?:(?:best|kind(?:est)?|warm(?:est)?|many|sincere|very best)\s)?(?:regards|wishes"
    r"|greetings)|all the best|sincerely|yours(?: \w+){0,2}"
    r"|cheers|thanks(?: again| so much| a lot)?|thank you(?: very much| so much)?|many thanks|thx|best|br|rgds"
    r"|cordially|respectfully|take care|ciao|cya|73s?(?: de)?"
    r"|(?:mit )?(?:freundliche[nmr]?|beste[nr]?|viele[nr]?|liebe[nr]?|herzliche[nr]?|schöne[nr]?)\s(?:gr(?:ü"
    r"|ue)(?:ß|ss)e?n?)|(?:lg|vg|mfg|bg|gruß|gruss|grüße|gruesse)\b"
    r"|(?:bien )?cordialement|(?:meilleures )?salutations|amicalement|bonne journée"
    r"|(?:un )?(?:cordial )?saludos?|atentamente|un abrazo"
    r"|cordiali saluti|distinti saluti|saluti|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en"
    r"|jes)?|med vänliga hälsningar|(?:vänliga )?hälsningar"
    r"|med venlig hilsen|hilsen|mvh|pozdrawiam|z poważaniem|s pozdravem|с уважением|att(?:e)?\.?|abraços?"
    r"|obrigado)(?:\s+(?:from|aus)\s.{0,30})?[\s,.!;:\\-]{0,4}$",
    re.IGNORECASE,
)


def is_attribution(text: str) -> bool:
    """Whether these words (one line, or a few joined) say that somebody wrote what follows."""
    if len(text) > ATTRIBUTION_LENGTH or not text.rstrip().endswith((":", "：")):
        return False
    flat = " ".join(text.split()).removeprefix("--- ")
    if ATTRIBUTION_VERB.search(flat) and HAS_DATE_OR_ADDRESS.search(flat):
        return True
    return bool(DATE_AND_ADDRESS_COLON.match(flat)) or bool(ATTRIBUTION_BY_TABLE.match(flat))
