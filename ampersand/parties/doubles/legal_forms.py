"""Names of organisations without what only says how they are founded: Mill GmbH & Co. KG, Mill Ltd and Mill are one."""

from __future__ import annotations

from functools import lru_cache

from ampersand.core.folding import folded_words

# Folded, without points; several words where the form has several. From the company law of some forty countries.
_FORMS = (
    # English
    "ltd, limited, llc, l l c, llp, lp, plc, inc, incorporated, corp, corporation, co, company, pty, pty ltd, pte, pte ltd, "
    "cic, pvt, pvt ltd, private limited, bhd, sdn bhd, dac, clg, ulc, pllc, nfp, "
    # German
    "gmbh, ggmbh, ag, kg, kgaa, ohg, gbr, ug, ug haftungsbeschrankt, haftungsbeschrankt, eg, e g, ek, e k, ev, e v, mbh, "
    "gmbh co kg, se, einzelunternehmen, gesmbh, ges m b h, genossenschaft, e u, stiftung, partg, partg mbb, "
    # French, Italian, Spanish, Portuguese, Romanian
    "sa, s a, sarl, s a r l, sas, s a s, sasu, eurl, snc, s n c, sci, sca, scop, scs, gie, sprl, asbl, sep, "
    "spa, s p a, srl, s r l, srls, sapa, sas di, soc coop, societa cooperativa, scarl, onlus, "
    "sl, s l, slu, sll, sau, s a u, sc, scp, s coop, sa de cv, s a de c v, sapi de cv, s de rl de cv, sacv, cv, "
    "lda, unipessoal lda, ltda, eireli, epp, s a r l d, pfa, "
    # Dutch, Nordic, Baltic
    "bv, b v, nv, n v, vof, v o f, cvba, bvba, vzw, stichting, ab, aktiebolag, hb, kb, as, a s, asa, aps, ks, ivs, "
    "ans, oy, oyj, ky, tmi, ehf, hf, ohf, uab, sia, oue, mb, "
    # Slavic, Hungarian, Turkish, Greek
    "sp z o o, spolka z o o, spzoo, sp j, sp k, spolka akcyjna, sro, s r o, spol s r o, vos, ks sro, "
    "d o o, doo, d d, dd, dno, j d o o, ood, eood, ad, ead, kft, zrt, nyrt, bt, kkt, rt, as turkiye, ltd sti, "
    "a s turk, anonim sirketi, limited sirketi, ae, epe, ike, mepe, ooo, oao, zao, pao, ip, tov, pat, "
    "ооо, оао, зао, пао, ао, ип, тов, "
    # Asia and elsewhere
    "kk, k k, gk, yk, kabushiki kaisha, godo kaisha, yugen kaisha, 株式会社, 有限会社, 合同会社, 有限公司, 股份有限公司, "
    "有限责任公司, 주식회사, 유한회사, co ltd, company limited, pt, tbk, cv indonesia, jsc, ojsc, cjsc, fze, fzco, fzc, wll, "
    "saoc, saog, bsc, kscc, psc, pjsc, npc, rf, soc, cc"
)
_AS_WORDS = sorted(
    {tuple(form.split()) for form in map(str.strip, _FORMS.split(",")) if form}, key=lambda form: (-len(form), form)
)
_WRITTEN_TOGETHER = (
    "株式会社",
    "有限会社",
    "合同会社",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "주식회사",
    "유한회사",
)
_JOINING = {"and", "und", "et", "e", "y", "i", "og", "och", "en"}
_LEADING = {"the", "die", "der", "das", "la", "le", "les", "el", "firma", "fa"}


@lru_cache(maxsize=50_000)
def core_name(name: str) -> str:
    """A name's folded words without its legal form, a leading article, and the words that join; never nothing.

    >>> core_name("Mühle & Söhne GmbH & Co. KG"), core_name("The Mill Ltd."), core_name("Wiśniewski Sp. z o.o.")
    ('muhle sohne', 'mill', 'wisniewski')
    """
    for form in _WRITTEN_TOGETHER:
        name = name.replace(form, " ")
    words = folded_words(name)
    kept = _without_form(words)
    kept = [word for word in kept if word not in _JOINING]
    if len(kept) > 1 and kept[0] in _LEADING:
        kept = kept[1:]
    return " ".join(kept or words)


def _without_form(words: list[str]) -> list[str]:
    kept, was = list(words), -1
    while len(kept) > 1 and len(kept) != was:
        was = len(kept)
        for form in _AS_WORDS:
            size = len(form)
            if size < len(kept) and tuple(kept[-size:]) == form:
                kept = kept[:-size]
                break
    for form in _AS_WORDS:
        # Only forms of three letters and more stand before a name: "SE" or "AD" there may be a word of it.
        if len(form) < len(kept) and tuple(kept[: len(form)]) == form and len("".join(form)) >= 3:
            return kept[len(form) :]
    return kept
