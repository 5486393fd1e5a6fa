from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ampersand.channels.contacts import parse
from ampersand.channels.contacts.birthdays import Birthday
from ampersand.channels.contacts.cards import Card, Detail, LeftOut
from ampersand.channels.outcomes import Place, Rejected


def read(*lines: str | bytes, region: str = "") -> list[parse.CardOutcome]:
    content = b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    return list(parse.parse(content, path="book.vcf", region=region))


def card(*lines: str | bytes, region: str = "") -> Card:
    (outcome,) = read("BEGIN:VCARD", *lines, "END:VCARD", region=region)
    assert isinstance(outcome, Card)
    return outcome


def test_a_card_of_version_3_is_read_whole() -> None:
    ana = card(
        "VERSION:3.0",
        "UID:urn:uuid:ana-1",
        "N:Keller;Ana;Maria;Dr.;",
        "FN:Dr. Ana Keller",
        "ORG:Harbour Mill;Purchasing",
        "TITLE:Buyer",
        "EMAIL;TYPE=WORK,PREF:ana@mill.example",
        "TEL;TYPE=CELL:+49 151 2345678",
        "ADR;TYPE=WORK:;;Quay 1;Kassel;;34117;Germany",
        "CATEGORIES:coffee,friends",
        "NOTE:Likes\\, above all\\nplain words.",
    )

    assert (ana.place, ana.uid, ana.key) == (Place("book.vcf", 1), "ana-1", "ana-1")
    assert (ana.name, ana.sort_name, ana.kind) == ("Dr. Ana Keller", "Keller Ana Maria", "person")
    assert (ana.organisation, ana.unit, ana.title) == ("Harbour Mill", "Purchasing", "Buyer")
    assert [(email.address, email.label, email.is_preferred) for email in ana.emails] == [
        ("ana@mill.example", "work", True)
    ]
    assert [(phone.told, phone.e164, phone.label) for phone in ana.phones] == [
        ("+49 151 2345678", "+491512345678", "cell")
    ]
    assert (ana.addresses[0].street, ana.addresses[0].city, ana.addresses[0].country) == ("Quay 1", "Kassel", "Germany")
    assert ana.categories == ("coffee", "friends")
    assert ana.note == "Likes, above all\nplain words."


def test_quoted_printable_text_over_several_lines_is_joined() -> None:
    bo = card(
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Br=C3=BCning;Bo",
        "LABEL;WORK;ENCODING=QUOTED-PRINTABLE:Quay 1=0D=0A=",
        "34117 Kassel",
        "NOTE;ENCODING=QUOTED-PRINTABLE:one=",
        " two",
    )

    assert bo.name == "Bo Brüning"
    assert bo.note == "one two"


def test_letters_in_another_encoding_are_read_by_the_charset_of_their_line() -> None:
    do = card("VERSION:2.1", b"N;CHARSET=windows-1252:Do\xeb;John", b"NOTE:caf\xe9")

    assert (do.name, do.note) == ("John Doë", "café")


def test_a_letter_cut_in_two_by_folding_is_whole_again() -> None:
    cut = card("VERSION:3.0", b"FN:J\xc3", b" \xb6rg")

    assert cut.name == "Jörg"


def test_a_file_in_utf_16_is_read() -> None:
    content = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ǽgean\r\nEND:VCARD\r\n".encode("utf-16-be")

    (outcome,) = parse.parse(content, path="book.vcf")

    assert isinstance(outcome, Card)
    assert outcome.name == "Ǽgean"


def test_a_card_without_a_name_takes_it_from_where_it_can() -> None:
    assert card("N:Keller;Ana").name_from == "parts"
    assert card("NICKNAME:Annie", "FN:").name == "Annie"
    assert card("ORG:Harbour Mill;Purchasing", "TEL:1234567").kind == "organisation"
    assert card("EMAIL:ana.keller@mill.example").name == "Ana Keller"
    assert card("EMAIL:info@mill.example").name == "info@mill.example"


def test_a_card_that_names_nobody_is_rejected_and_the_next_is_read() -> None:
    nobody, ana = read("BEGIN:VCARD", "VERSION:3.0", "TEL:123456", "END:VCARD", "BEGIN:VCARD", "FN:Ana", "END:VCARD")

    assert isinstance(nobody, Rejected)
    assert str(nobody.reason).startswith("The card has no name, no organisation and no e-mail address.")
    assert isinstance(ana, Card)
    assert ana.place.line == 5


def test_a_card_that_breaks_off_keeps_what_was_told() -> None:
    (ana,) = read("BEGIN:VCARD", "VERSION:4.0", "FN:Ana Keller", "EMAIL:ana@mill.example")

    assert isinstance(ana, Card)
    assert ana.emails[0].address == "ana@mill.example"


def test_a_card_begun_before_the_last_one_ended_is_another_card() -> None:
    ana, bo = read("BEGIN:VCARD", "FN:Ana", "BEGIN:VCARD", "FN:Bo", "END:VCARD")

    assert [ana.name, bo.name] == ["Ana", "Bo"]  # type: ignore[union-attr]


def test_an_assistant_inside_a_card_is_a_card_and_related() -> None:
    ana, cy = read("BEGIN:VCARD", "VERSION:2.1", "FN:Ana", "AGENT:", "BEGIN:VCARD", "FN:Cy", "END:VCARD", "END:VCARD")

    assert isinstance(ana, Card)
    assert isinstance(cy, Card)
    assert [(related.name, related.kind) for related in ana.related] == [("Cy", "agent")]
    assert cy.name == "Cy"


def test_the_label_a_person_gave_goes_with_its_line() -> None:
    ana = card("FN:Ana", "item1.TEL:0561 1234", "item1.X-ABLabel:_$!<Assistant>!$_", "item2.X-ABRELATEDNAMES:Jenny",
               "item2.X-ABLabel:_$!<Spouse>!$_", region="DE")  # fmt: skip

    assert (ana.phones[0].label, ana.phones[0].e164) == ("assistant", "+495611234")
    assert [(related.name, related.kind) for related in ana.related] == [("Jenny", "spouse")]


def test_the_country_of_the_address_comes_before_that_of_the_house() -> None:
    ana = card("FN:Ana", "TEL:(212) 555-0123", "ADR:;;1 Quay;New York;NY;10001;USA", region="DE")

    assert ana.phones[0].e164 == "+12125550123"


def test_a_number_whose_country_nobody_knows_stays_as_told() -> None:
    assert [(phone.told, phone.e164) for phone in card("FN:Ana", "TEL:905-555-1234").phones] == [("905-555-1234", "")]


def test_a_birthday_without_its_year_keeps_day_and_month() -> None:
    assert card("FN:Ana", "BDAY:--0412").birthday == Birthday(4, 12)
    assert card("FN:Ana", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29").birthday == Birthday(2, 29)
    assert card("FN:Ana", "BDAY:19800322").birthday == Birthday(3, 22, 1980)


def test_what_cannot_be_read_as_a_birthday_or_address_stays_a_detail() -> None:
    ana = card("FN:Ana", "BDAY;VALUE=text:circa 1800", "EMAIL:not an address", "X-SKYPE:ana.k")

    assert ana.birthday is None
    assert ana.details == (Detail("bday", "circa 1800"), Detail("email", "not an address"), Detail("skype", "ana.k"))


def test_a_photo_is_kept_as_bytes_in_each_version() -> None:
    assert card("FN:Ana", "PHOTO;ENCODING=b;TYPE=PNG:iVBO", " Rw0K").photo == b"\x89PNG\r\n"
    assert card("VERSION:2.1", "FN:Ana", "PHOTO;PNG;BASE64:", "  iVBORw0K", "").photo == b"\x89PNG\r\n"
    assert card("VERSION:4.0", "FN:Ana", "PHOTO:data:image/png;base64\\,iVBORw0K").photo == b"\x89PNG\r\n"


def test_names_of_east_asia_begin_with_the_family_and_sort_by_their_reading() -> None:
    kim = card("N:김;민준")
    sato = card("N:佐藤;花子", "X-PHONETIC-LAST-NAME:サトウ", "X-PHONETIC-FIRST-NAME:ハナコ")

    assert kim.name == "김민준"
    assert (sato.name, sato.sort_name) == ("佐藤花子", "サトウ ハナコ")


def test_a_list_of_people_is_left_out_and_says_so() -> None:
    (group,) = read("BEGIN:VCARD", "FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group", "END:VCARD")

    assert isinstance(group, LeftOut)
    assert str(group.reason) == "This is a list of people, not a person or an organisation."


def test_the_same_card_again_is_left_out_once_told() -> None:
    once = ["BEGIN:VCARD", "FN:Ana", "EMAIL:ana@mill.example", "END:VCARD"]

    first, again = read(*once, *once)

    assert isinstance(first, Card)
    assert isinstance(again, LeftOut)
    assert str(again.reason) == "The same card stands in this file before, on line 1."


def test_a_card_without_an_id_has_the_same_key_whenever_it_is_read() -> None:
    assert card("FN:Ana", "EMAIL:ana@mill.example").key == card("EMAIL:Ana@Mill.example", "FN:Ana").key


def test_what_is_no_card_is_told_of_once() -> None:
    outcomes = read("Dear all,", "here is nothing.", "BEGIN:VEVENT", "END:VEVENT")

    assert [str(outcome.reason) for outcome in outcomes] == ["These lines are no address card."]  # type: ignore[union-attr]


@given(st.lists(st.sampled_from([
    b"BEGIN:VCARD", b"END:VCARD", b"BEGIN:", b"N:;;;", b"FN:A", b"TEL;", b";:", b"=", b" x", b"\xff\xfe",
    b"N;ENCODING=QUOTED-PRINTABLE:=", b"PHOTO;BASE64:%%%", b"BDAY:2024-99-99", b"EMAIL:a@b", b"AGENT:", b"item1.",
    b"\x00", b"ADR:;;;;;;;;;;", b'X;A="',
]), max_size=30))  # fmt: skip
def test_no_file_stops_the_reader(lines: list[bytes]) -> None:
    for outcome in parse.parse(b"\n".join(lines), path="any.vcf"):
        assert outcome.place.line >= 1
