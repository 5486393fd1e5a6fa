"""Where a mail lay in Gmail, as its export says in a header of its own: unwanted, thrown away, or never sent."""

from __future__ import annotations

from ampersand.channels.mail.mime import Headers
from ampersand.channels.mail.reasons import Reason

HEADER = "x-gmail-labels"
# As Gmail calls them in the languages of its accounts.
_SPAM = {
    "spam", "correo no deseado", "courrier indésirable", "pourriel", "lixo eletrônico", "ongewenst", "skräppost",
    "søppelpost", "roskaposti", "nevyžádaná pošta", "спам", "垃圾邮件", "垃圾郵件", "迷惑メール", "스팸함", "istenmeyen",
}  # fmt: skip
_THROWN_AWAY = {
    "trash", "bin", "deleted", "papierkorb", "corbeille", "papelera", "cestino", "lixeira", "lixo", "prullenbak", "papperskorg",
    "papperskorgen", "papirkurv", "papirkurven", "roskakori", "kosz", "koš", "kuka", "корзина", "кошик", "çöp kutusu",
    "已删除邮件", "垃圾桶", "ゴミ箱", "휴지통",
}  # fmt: skip
_NEVER_SENT = {
    "drafts", "draft", "entwürfe", "brouillons", "borradores", "bozze", "rascunhos", "concepten", "utkast", "kladder",
    "luonnokset", "wersje robocze", "koncepty", "черновики", "чернетки", "taslaklar", "草稿", "下書き", "임시보관함",
}  # fmt: skip


def why_left_out(headers: Headers, *, with_unwanted: bool = False) -> Reason | None:
    """Why a mail that lay there is left out; what is unwanted or thrown away comes in where somebody asked for it."""
    if HEADER not in headers:
        return None
    told = {label.strip().strip('"').casefold() for label in headers.text(HEADER).split(",")}
    if told & _NEVER_SENT:
        return Reason("kind_draft")
    if with_unwanted:
        return None
    if told & _SPAM:
        return Reason("kind_spam")
    return Reason("kind_thrown_away") if told & _THROWN_AWAY else None
