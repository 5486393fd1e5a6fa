from __future__ import annotations

import pytest

from ampersand.channels.mail import addresses, masked


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ana Mill <Ana@Mill.example>", ["Ana Mill <ana@mill.example>"]),
        (
            '"Mill, Ana" <a@mill.example>, b@x.example (Bo Quay)',
            ["Mill, Ana <a@mill.example>", "Bo Quay <b@x.example>"],
        ),
        ("undisclosed-recipients:;", []),
        ("Team: Ana <a@x.example>, b@x.example; c@y.example", ["Ana <a@x.example>", "b@x.example", "c@y.example"]),
        ("=?utf-8?q?M=C3=BCller=2C_Ana?= <a@x.example>", ["Müller, Ana <a@x.example>"]),
        ('"=?utf-8?b?w7w=?=" <u@x.example>', ["ü <u@x.example>"]),
        ("=?utf-8?q?Ana_=3Ca=40x=2Eexample=3E?=", ["Ana <a@x.example>"]),
        ("a@x.example; b@x.example", ["a@x.example", "b@x.example"]),
        ("'a@x.example' <a@x.example>", ["a@x.example"]),
        ("Ana <a@x.example", ["Ana <a@x.example>"]),
        ("<mailto:a@x.example>", ["a@x.example"]),
        ("a@x.example, A@X.example", ["a@x.example"]),
        ("ana at mill.example (Ana Mill)", ["Ana Mill <ana@mill.example>"]),
        ("Ana Mill <ana at mill.example>", ["Ana Mill <ana@mill.example>"]),
        ("nobody", []),
        ("", []),
    ],
)
def test_addresses_are_read_as_people_and_programs_write_them(written: str, expected: list[str]) -> None:
    assert [str(address) for address in addresses.parse(written)] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("m|||@@n@ @end|ng |rom gm@||@com (Ana Mill)", "mill.ana@gmail.com"),
        ("m|||@@n@ @end|ng |rom m|||@ex@mp|e (Ana Mill)", None),
        ("@m||| @end|ng |rom gm@||@com (Sol Ana Mill)", None),
        ("@n@@m||| @end|ng |rom gm@||@com (=?utf-8?q?=C3=81na_Mill?=)", "ana.mill@gmail.com"),
        ("m@thrun @ending from gmx@net (Mia Thrun)", "m.thrun@gmx.net"),
        ("@@@ @end|ng |rom gm@||@com (Ana Stone)", None),
    ],
)
def test_hidden_letters_are_restored_only_where_name_and_domain_say_what_they_are(
    written: str, expected: str | None
) -> None:
    found = addresses.parse(written)[0]

    assert (None if found.is_masked else found.email) == expected


def test_an_address_whose_letters_stay_hidden_still_tells_its_owner_apart() -> None:
    found = addresses.parse("bo@@@ @end|ng |rom qu@y@ex@mp|e (Cy Other)")[0]

    assert found.is_masked
    assert (found.local, found.domain) == ("bo@@@", "qu@y@ex@mp|e")


def test_a_hidden_address_is_found_by_one_seen_in_clear() -> None:
    hidden = addresses.parse("|uc@r @end|ng |rom |edor@project@org (I. U.)")[0]

    assert hidden.email == masked.mask("iucar@fedoraproject.org")
