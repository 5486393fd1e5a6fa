"""What WhatsApp itself writes into an export, in the languages of phones: for a file it leaves out or encloses, for what was
deleted or edited, and for calls.
"""

from __future__ import annotations

import re

from ampersand.channels.chats.stamps import MARKS

# Stands for a file in what two exports of one message have in common: the one has the file, the other left it out.
FILE = "\x00file"

_OMITTED_LINES = (
    "Media omitted", "Medien ausgeschlossen", "Médias omis", "Media weggelaten", "Multimedia omitido",
    "Archivo omitido", "Se omitió el archivo", "Mídia oculta", "Arquivo de mídia oculto", "Ficheiro não revelado",
    "Media omessi", "Media omesso", "Medier udeladt", "Medier utelatt", "Media utelämnat", "Media har utelämnats",
    "Mediatiedosto jätetty pois", "Pominięto multimedia", "Pominięto plik", "Média byla vynechána",
    "Média vynechány", "Média kihagyva", "Fișier media omis", "Medya dahil edilmedi", "Без медиафайлов",
    "Файл пропущен", "Медіафайли пропущено", "Медия пропусната", "Παράλειψη πολυμέσων", "המדיה לא נכללה",
    "تم استبعاد الوسائط", "تم حذف الوسائط", "रिक्त मीडिया", "मीडिया के बिना", "Media tidak disertakan",
    "Media diabaikan", "Đã bỏ qua phương tiện", "Đã bỏ qua tệp đính kèm", "省略多媒體檔案", "省略多媒体文件",
    "已忽略多媒體檔案", "メディアは含まれていません", "メディアなし", "미디어 파일을 생략한 대화내용", "미디어 제외",
    "ไม่รวมสื่อ", "Mediji izostavljeni", "Mediální soubory vynechány", "Elhagyott médiafájl",
)  # fmt: skip
_OMITTED_KINDS = (
    "image", "video", "audio", "sticker", "GIF", "document", "Contact card", "video note",
    "Bild", "Video", "Audio", "Sticker", "GIF", "Dokument", "Kontaktkarte", "Videonachricht",
    "image", "vidéo", "audio", "sticker", "autocollant", "document", "fiche contact",
    "imagen", "Video", "audio", "Sticker", "Documento", "Tarjeta de contacto",
    "imagem", "vídeo", "áudio", "figurinha", "documento", "cartão do contato",
    "immagine", "video", "audio", "sticker", "documento", "scheda contatto",
    "afbeelding", "video", "audio", "sticker", "document", "contactkaart",
    "изображение", "видео", "аудиофайл", "стикер", "документ", "görüntü", "ses", "Çıkartma", "belge",
    "billede", "billedet", "bilde", "lyd", "bild", "ljud", "dokument", "kuva", "ääni", "tarra", "obraz", "dźwięk",
)  # fmt: skip
_OMITTED_WORDS = (
    "omitted", "weggelassen", "ausgelassen", "ausgeschlossen", "omis", "omise", "absent", "absente", "omitido",
    "omitida", "ocultado", "oculta", "oculto", "omesso", "omessa", "omessi", "weggelaten", "опущено", "пропущено",
    "отсутствует", "dahil edilmedi", "udeladt", "utelatt", "utelämnad", "jätetty pois", "pominięto", "pominięte",
)  # fmt: skip
_OMITTED_WIDE = (
    "图像已忽略", "忽略图片", "圖片已略去", "影片已略去", "画像は省略されました", "省略影像",
    "사진 생략됨", "동영상 생략됨", "이미지 생략됨", "تم حذف الصورة", "הושמטה תמונה", "התמונה הושמטה",
)  # fmt: skip
_ENCLOSED = (
    "file attached", "Datei angehängt", "archivo adjunto", "fichier joint", "arquivo anexado", "ficheiro anexado",
    "file allegato", "bestand bijgevoegd", "bestand toegevoegd", "vedhæftet fil", "fil vedlagt", "bifogad fil",
    "fil bifogad", "liitetiedosto", "plik załączony", "załączono plik", "soubor byl přiložen", "příloha", "csatolt fájl",
    "fișier atașat", "dosya ekli", "файл добавлен", "файл приложен", "файл прикреплен", "файл додано", "συνημμένο αρχείο",
    "קובץ מצורף", "ملف مرفق", "الملف مرفق", "फ़ाइल संलग्न", "file terlampir", "fail dilampirkan", "tệp đính kèm",
    "文件附件", "檔案已附加", "添付ファイル", "ファイル添付", "파일 첨부됨", "첨부파일", "ไฟล์ที่แนบ",
)  # fmt: skip
_DELETED = (
    "This message was deleted", "You deleted this message", "This message was deleted by admin",
    "Diese Nachricht wurde gelöscht", "Du hast diese Nachricht gelöscht", "Ce message a été supprimé",
    "Vous avez supprimé ce message", "Este mensaje fue eliminado", "Se eliminó este mensaje",
    "Eliminaste este mensaje", "Has eliminado este mensaje", "Mensagem apagada", "Você apagou esta mensagem",
    "Esta mensagem foi apagada", "Apagou esta mensagem", "Questo messaggio è stato eliminato",
    "Hai eliminato questo messaggio", "Dit bericht is verwijderd", "Dit bericht werd verwijderd",
    "U hebt dit bericht verwijderd", "Je hebt dit bericht verwijderd", "Denne besked blev slettet",
    "Du slettede denne besked", "Denne meldingen ble slettet", "Du slettet denne meldingen",
    "Det här meddelandet raderades", "Du raderade det här meddelandet", "Tämä viesti poistettiin",
    "Poistit tämän viestin", "Ta wiadomość została usunięta", "Usunięto tę wiadomość", "Tato zpráva byla odstraněna",
    "Ez az üzenet törölve lett", "Acest mesaj a fost șters", "Bu mesaj silindi", "Bu mesajı sildiniz",
    "Данное сообщение удалено", "Сообщение удалено", "Вы удалили данное сообщение", "Це повідомлення видалено",
    "Αυτό το μήνυμα διαγράφηκε", "הודעה זו נמחקה", "מחקת הודעה זו", "تم حذف هذه الرسالة", "حذفت هذه الرسالة",
    "यह मैसेज मिटाया गया", "Pesan ini telah dihapus", "Anda menghapus pesan ini", "Tin nhắn này đã bị xóa",
    "此消息已删除", "你已删除这条消息", "這則訊息已刪除", "您已刪除這則訊息", "このメッセージは削除されました",
    "삭제된 메시지입니다", "ข้อความนี้ถูกลบแล้ว",
)  # fmt: skip
_EDITED = (
    "This message was edited", "Diese Nachricht wurde bearbeitet", "Ce message a été modifié", "Se editó este mensaje",
    "Este mensaje fue editado", "Mensagem editada", "Esta mensagem foi editada", "Questo messaggio è stato modificato",
    "Dit bericht is bewerkt", "Dit bericht werd bewerkt", "Denne besked blev redigeret", "Denne meldingen ble redigert",
    "Det här meddelandet redigerades", "Tätä viestiä muokattiin", "Ta wiadomość została zmieniona",
    "Tato zpráva byla upravena", "Bu mesaj düzenlendi", "Данное сообщение изменено", "Сообщение изменено",
    "הודעה זו נערכה", "تم تعديل هذه الرسالة", "यह मैसेज एडिट किया गया", "Pesan ini diedit", "此消息已编辑", "這則訊息已編輯",
    "このメッセージは編集されました", "수정된 메시지입니다",
)  # fmt: skip
_NOT_TAKEN = re.compile(
    r"(?:silenced )?missed (?:group )?(?:voice|video) call|verpasster? (?:sprach|video)anruf|appel (?:vocal|vidéo) manqué"
    r"|llamada (?:perdida|de voz perdida)|videollamada perdida|(?:chamada|ligação) (?:de voz|de vídeo) perdida"
    r"|(?:video)?chiamata (?:vocale )?persa|gemiste (?:spraak|audio|video)\w*"
    r"|(?:voice|video) call[,.]? (?:no answer|not answered)"
    r"|(?:sprach|video)anruf[,.]? keine antwort|пропущенный (?:аудио|видео)\w*",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"(?:group )?(?:voice|video) call|(?:gruppen)?(?:sprach|video)anruf|appel (?:vocal|vidéo)|(?:video)?llamada(?: de voz)?"
    r"|(?:chamada|ligação) de (?:voz|vídeo)|videochiamata|chiamata vocale|(?:audio|spraak|video)gesprek"
)
_LASTED = re.compile(
    r"(?P<number>\d{1,3}) ?(?P<unit>h(?:r|our|eure|ora)?s?|std|stunden?|ore|uur|min(?:ute|uto|uti|uten)?s?"
    r"|sec(?:ond|onde|ondi)?s?|seg(?:undo)?s?|s|sek(?:unden?)?)\b\.?",
    re.IGNORECASE,
)
_NOTHING = ("Waiting for this message", "Waiting for this message. This may take a while.")
_CHAT_WITH = re.compile(
    r"(?:whatsapp[- ]chat (?:with|mit|met|med|con|avec|-)|whatsapp chat -|chat (?:de|di) whatsapp (?:con|com)"
    r"|conversa do whatsapp com|conversación de whatsapp con|discussion whatsapp avec|discussion avec"
    r"|conversación con|chat whatsapp con|czat whatsapp z|whatsapp-chatt med|чат whatsapp с(?: контактом)?|whatsapp sohbeti -)"
    r" *(?P<title>.+)",
    re.IGNORECASE,
)
_YOU = (
    "you",
    "du",
    "sie",
    "vous",
    "tú",
    "tu",
    "você",
    "jij",
    "u",
    "вы",
    "sen",
    "siz",
    "你",
    "您",
    "あなた",
    "나",
    "أنت",
)
_MARK = re.compile(f"[{MARKS}]")
_WITHIN = re.compile(r"<[^<>:：\n]{2,40}[:：]\s?(?P<file>[^<>/\\\n]{1,200}\.\w{1,5})>")
_ENCLOSED_LINE = re.compile(r"(?P<file>[^/\\:<>\n]{1,200}\.\w{1,5}) \((?P<words>[^()\n]{3,40})\)")
_PHONE_FILE = re.compile(r"^(?:IMG|VID|AUD|PTT|DOC|STK)-\d{8}-WA\d{4}\.\w{1,5}$")


def bare(text: str) -> str:
    """Words without the marks of direction that programs put among them."""
    return _MARK.sub("", text)


def _same(text: str) -> str:
    return " ".join(bare(text).split()).strip("<>[]().。 ").casefold()


_OMITTED_SET = frozenset(map(_same, _OMITTED_LINES))
_KINDS = frozenset(map(_same, _OMITTED_KINDS))
_LEFT_OUT_WORDS = tuple(map(_same, _OMITTED_WORDS))
_WIDE_SET = frozenset(map(_same, _OMITTED_WIDE))
_ENCLOSED_SET = frozenset(map(_same, _ENCLOSED))
_DELETED_SET = frozenset(map(_same, _DELETED))
_EDITED_SET = frozenset(map(_same, _EDITED))
_NOTHING_SET = frozenset(map(_same, _NOTHING))
_YOU_SET = frozenset(map(_same, _YOU))


def is_omitted(line: str) -> bool:
    """Whether a line stands for a file that the export leaves out.

    >>> is_omitted("<Medien ausgeschlossen>"), is_omitted("\u200eimage omitted"), is_omitted("the image was good")
    (True, True, False)
    """
    same = _same(line)
    if same in _OMITTED_SET or same in _WIDE_SET:
        return True
    kind = next((same.removesuffix(word).strip() for word in _LEFT_OUT_WORDS if same.endswith(word)), "")
    # Of a document the name stands before it.
    return bool(kind) and (kind in _KINDS or (bare(kind).split(" ")[-1] in _KINDS and "•" in kind))


def files_in(words: str) -> tuple[str, ...]:
    """The names of the files that a message encloses."""
    first = bare(words).split("\n", 1)[0].strip()
    found = _ENCLOSED_LINE.fullmatch(first)
    if found and (_same(found["words"]) in _ENCLOSED_SET or _PHONE_FILE.match(found["file"])):
        return (found["file"],)
    return tuple(one["file"].strip() for one in _WITHIN.finditer(bare(words)))


def same_words(words: str) -> str:
    """What a message has in common with itself in another export: a file is a file, enclosed or left out."""
    lines = bare(words).strip().split("\n")
    if is_omitted(lines[0]) or (_ENCLOSED_LINE.fullmatch(lines[0].strip()) and files_in(words)):
        lines[0] = FILE
    return _WITHIN.sub(FILE, "\n".join(line.strip() for line in lines))


def without_edited(words: str) -> str:
    """The words without the mark that they were edited."""
    found = re.search(r"\s*<([^<>\n]{4,60})>\s*$", bare(words))
    return bare(words)[: found.start()] if found and _same(found[1]) in _EDITED_SET else words


def is_deleted(words: str) -> bool:
    return _same(words) in _DELETED_SET


def is_nothing(words: str) -> bool:
    return not _same(words) or bare(words).strip() == "null" or _same(words) in _NOTHING_SET


def is_call_not_taken(words: str) -> bool:
    return len(words) < 120 and _NOT_TAKEN.match(bare(words).strip()) is not None


def call_seconds(words: str) -> int | None:
    """How long a call lasted that the export tells of; None where it tells of none.

    >>> call_seconds("\u200eVoice call, \u200e3 min"), call_seconds("Voice call with Ana tomorrow?")
    (180, None)
    """
    text = bare(words).strip()
    found = _CALL.match(text.casefold())
    if not found or len(text) > 80:
        return None
    lasted = re.sub(r"^[\s,.]+", "", text[found.end() :])
    parts = list(_LASTED.finditer(lasted))
    if not parts or _LASTED.sub("", lasted).strip(" ,.•"):
        return None
    return sum(int(part["number"]) * _seconds(part["unit"].casefold()) for part in parts)


def _seconds(unit: str) -> int:
    if unit.startswith("min"):
        return 60
    return 3600 if unit.startswith(("h", "std", "stunde", "ore", "uur")) else 1


def title_in(name: str) -> str:
    """What a chat is called, from the name of its file or of the archive around it; nothing where it does not say.

    >>> title_in("WhatsApp Chat with Jane Okafor.txt"), title_in("WhatsApp-Chat mit Messe 2024.zip"), title_in("_chat.txt")
    ('Jane Okafor', 'Messe 2024', '')
    """
    stem = re.sub(r"\.(?:txt|zip|gz)$", "", bare(name).strip(), flags=re.IGNORECASE)
    found = _CHAT_WITH.fullmatch(re.sub(r" ?\(\d{1,3}\)$", "", stem))
    return found["title"].strip() if found else ""


def is_you(name: str) -> bool:
    """Whether this is what a phone calls its owner, where it does not write the name."""
    return _same(name) in _YOU_SET
