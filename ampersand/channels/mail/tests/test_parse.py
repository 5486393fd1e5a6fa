from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.channels.mail import parse
from ampersand.channels.mail.parse import Mail, Rejected
from ampersand.channels.mail.tests.letters import codes, mail, raw


def multipart(kind: str, *parts: str, boundary: str = "cut") -> dict[str, str]:
    body = "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\n"
    return {"content_type": f'multipart/{kind}; boundary="{boundary}"', "body": body}


def read_multipart(kind: str, *parts: str) -> Mail:
    made = multipart(kind, *parts)
    return mail(made["body"], Content_Type=made["content_type"])


PLAIN = "Content-Type: text/plain\n\nTwenty kilos."
PAGE = "Content-Type: text/html\n\n<p>Twenty <b>kilos</b>.</p>"


def test_a_plain_mail_says_who_wrote_what_to_whom_and_when() -> None:
    found = mail()

    assert str(found.author) == "Ana Mill <ana@mill.example>"
    assert [address.email for address in found.to] == ["bo@harbour.example"]
    assert found.at.isoformat() == "2024-03-05T09:00:00+00:00"
    assert found.zone_minutes == 60
    assert found.text == "Twenty kilos, please.\n"
    assert found.kind == "person"
    assert found.notes == ()


def test_of_two_versions_the_plain_one_is_read() -> None:
    assert read_multipart("alternative", PLAIN, PAGE).text == "Twenty kilos."


@pytest.mark.parametrize(
    "plain", ["Content-Type: text/plain\n\n \n", "Content-Type: text/plain\n\nThis is an HTML message."]
)
def test_an_empty_plain_version_gives_way_to_the_page(plain: str) -> None:
    assert read_multipart("alternative", plain, PAGE).text == "Twenty kilos."


def test_a_page_becomes_lines_and_what_it_quotes_is_marked() -> None:
    head = "<html><head><style>p{}</style><title>x</title></head>"
    page = f"{head}<p>Yes.<br>Friday.</p><script>x()</script><blockquote>When?</blockquote>"

    found = mail(page, Content_Type="text/html")

    assert found.text == "Yes.\nFriday.\n\n> When?"


def test_a_file_is_listed_and_made_only_when_asked_for() -> None:
    content = bytes(range(256)) * 3
    encoded = base64.encodebytes(content).decode()
    shown = "Content-Disposition: attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf"
    file = f"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n{shown}\n\n{encoded}"

    found = read_multipart("mixed", PLAIN, file)

    assert [(one.name, one.content_type, one.size) for one in found.attachments] == [
        ("Größe.pdf", "application/pdf", len(content))
    ]
    assert found.attachments[0].read() == content


def test_a_file_name_cannot_lead_out_of_its_folder() -> None:
    file = 'Content-Type: application/pdf\nContent-Disposition: attachment; filename="../../etc/\x07passwd"\n\nx'

    assert read_multipart("mixed", PLAIN, file).attachments[0].name == "passwd"


def test_a_file_written_into_the_text_is_taken_out_of_it() -> None:
    found = mail("See below.\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye.\n")

    assert found.text == "See below.\n\nBye.\n"
    assert [(one.name, one.read()) for one in found.attachments] == [("cat.txt", b"Cat")]


def test_a_mail_that_breaks_off_is_read_and_says_so() -> None:
    found = mail(
        "--cut\n" + PLAIN + "\n--cut\nContent-Type: application/pdf\n\nJVBER",
        Content_Type='multipart/mixed; boundary="cut"',
    )

    assert found.text == "Twenty kilos."
    assert codes(found) == {"cut_short"}


def test_a_lost_boundary_leaves_the_text() -> None:
    found = mail("Twenty kilos.", Content_Type="multipart/mixed")

    assert "Twenty kilos." in found.text
    assert codes(found) == {"boundary_missing"}


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Grüße".encode("latin-1"), "text/plain; charset=iso-8859-1", "Grüße"),
        ("Grüße".encode(), "text/plain; charset=iso-8859-1", "Grüße"),
        ("Grüße".encode("cp1252"), "text/plain; charset=us-ascii", "Grüße"),
        ("Grüße".encode(), "text/plain", "Grüße"),
        ("“ja”".encode("cp1252"), "text/plain; charset=latin1", "“ja”"),
        ("日本".encode("iso2022_jp"), "text/plain; charset=ISO-2022-JP", "日本"),
        ("中文".encode("gb18030"), "text/plain; charset=gb2312", "中文"),
        ("Größe".encode("cp1252"), "text/plain; charset=rot13", "Größe"),
    ],
)
def test_letters_are_read_whatever_the_label_says(body: bytes, content_type: str, text: str) -> None:
    assert mail(body, Content_Type=content_type).text == text


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe_an_Bo?=", "Grüße an Bo"),
        ("=?UTF-8?B?R3LDvMOf?= =?UTF-8?B?ZQ==?=", "Grüße"),
        ("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?b?R3LDvMOfZQ?=", "Grüße"),
        ("=?iso-8859-1?q?Gr=FC=DFe an Bo?=", "Grüße an Bo"),
        ("Re:=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Re:Grüße"),
        ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe", "Grüße"),
        ("=?no-such-set?q?Hello?=", "Hello"),
        ("1 + 1 =? 2", "1 + 1 =? 2"),
    ],
)
def test_encoded_words_are_read_in_their_broken_forms_too(written: str, subject: str) -> None:
    assert mail(Subject=written).subject == subject


@pytest.mark.parametrize(("named", "header"), [("Ana Mill", "Reply-To"), ("", "Reply-To"), ("Ana Mill", "Cc")])
def test_the_writer_behind_a_lists_own_address_is_found(named: str, header: str) -> None:
    found = mail(
        From="Ana Mill via Talk <talk@list.example>",
        To="talk@list.example",
        List_Id="Talk <talk.list.example>",
        List_Post="<mailto:talk@list.example>",
        **{header: f"{named} <ana@mill.example>".strip()},
    )

    assert str(found.author) == "Ana Mill <ana@mill.example>"
    assert found.lists == ("talk@list.example",)
    assert found.to == ()
    assert codes(found) == {"sender_from_list"}


def test_a_form_writes_for_the_person_it_names() -> None:
    found = mail(
        "Name: Ines\nEmail: ines@atelier.example\nMessage: A quote, please.",
        From="Shop <no-reply@ours.example>",
        Reply_To="ines@atelier.example",
    )

    assert found.author.email == "ines@atelier.example"
    assert found.kind == "person"
    assert codes(found) == {"sender_from_form"}


def test_the_direct_parent_stands_last_and_no_id_twice() -> None:
    found = mail(
        References="<root@x.example> <two@x.example>\n <one@mill.example> <two@x.example>",
        In_Reply_To="<two@x.example>",
    )

    assert found.references == ("root@x.example", "two@x.example")


def test_a_mail_without_an_id_gets_the_same_one_each_time() -> None:
    first, again, other = mail(Message_ID=None), mail(Message_ID=None), mail("Else.", Message_ID=None)

    assert first.message_id == again.message_id
    assert first.message_id != other.message_id
    assert codes(first) == {"message_id_made"}


@pytest.mark.parametrize(("missing", "code"), [({"From": None}, "no_sender"), ({"Date": None}, "no_date")])
def test_a_mail_that_can_be_no_moment_is_rejected_with_its_reason(missing: dict[str, None], code: str) -> None:
    found = parse.read_bytes(raw(**missing))

    assert isinstance(found, Rejected)
    assert found.reason.code == code
    assert found.reason.sentence().endswith(".")


def test_every_reason_makes_a_sentence() -> None:
    from ampersand.channels.mail import reasons

    every = dict.fromkeys(
        (
            "megabytes",
            "depth",
            "count",
            "named",
            "read",
            "header",
            "source",
            "sender",
            "list",
            "words",
            "method",
            "days",
            "error",
        ),
        "x",
    )
    sentences = [reasons.Reason.of(code, **every).sentence() for code in reasons.SENTENCES]

    assert all(sentence.endswith((".", "(x).")) and "%(" not in sentence for sentence in sentences)


HOSTILE = {
    "one header of 50 MB": b"X-Junk: " + b"a" * 50_000_000 + b"\n" + raw(),
    "a million headers": raw().replace(b"\n\n", b"\n" + b"X: y\n" * 1_000_000 + b"\n", 1),
    "nulls": raw(b"\0" * 100_000 + b"hi"),
    "lone carriage returns": raw().replace(b"\n", b"\r"),
    "5,000 recipients": raw(To=", ".join(f'"P {n}" <p{n}@x.example>' for n in range(5000))),
    "quotes without end": raw(To='"' * 300_000),
    "brackets without end": raw(To="(" * 300_000),
    "100,000 references": raw(References=" ".join(f"<{n}@x>" for n in range(100_000))),
    "references to itself": raw(References="<one@mill.example> " * 1000),
    "a boundary without line ends": raw(b"--b" * 300_000, Content_Type='multipart/mixed; boundary="b"'),
    "200,000 parts": raw(b"--b\n\nx\n" * 200_000 + b"--b--", Content_Type='multipart/mixed; boundary="b"'),
    "deep pages": raw(b"<div>" * 100_000 + b"hi", Content_Type="text/html"),
    "encoded words without end": raw(Subject="=?utf-8?q?" * 50_000),
    "a date of digits": raw(Date="9" * 100_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_or_rejected_within_two_seconds(name: str) -> None:
    from time import process_time

    started = process_time()
    found = parse.read_bytes(HOSTILE[name])

    assert process_time() - started < 2
    assert isinstance(found, Mail) or found.reason.code != "unexpected"


def test_ten_thousand_nested_parts_are_left_closed() -> None:
    opening = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(10_000))

    found = parse.read_bytes(raw().partition(b"\n\n")[0] + b"\n" + opening.encode() + b"\nhi\n")

    assert isinstance(found, Mail)
    assert "nested_too_deep" in codes(found)


@given(st.binary(max_size=2000))
def test_no_bytes_at_all_are_unexpected(content: bytes) -> None:
    for whole in (
        content,
        raw(content, Content_Type='multipart/mixed; boundary="="'),
        raw().partition(b"\n\n")[0] + b"\n" + content,
    ):
        found = parse.read_bytes(whole)
        assert isinstance(found, Mail) or found.reason.code != "unexpected"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_header_value_is_unexpected(value: str) -> None:
    flat = value.replace("\n", " ").replace("\r", " ")

    for name in ("From", "To", "Date", "Subject", "Content-Type", "References", "List-Post", "Content-Disposition"):
        found = parse.read_bytes(raw(**{name: flat}))
        assert isinstance(found, Mail) or found.reason.code != "unexpected"
