from __future__ import annotations

import pytest

from ampersand.channels.mail.tests.letters import mail

LIST = {"List_Id": "<talk.list.example>", "List_Post": "<mailto:talk@list.example>", "To": "talk@list.example"}
REPORT = "multipart/report; report-type={}; boundary=cut"


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({}, "person"),
        ({"Auto_Submitted": "no"}, "person"),
        ({"Subject": "Re: Out of paper"}, "person"),
        ({"Precedence": "bulk", "In_Reply_To": "<x@y.example>"}, "person"),
        (LIST, "list_post"),
        ({"Sender": "owner-talk@list.example", "Precedence": "bulk", "To": "talk@list.example"}, "list_post"),
        ({"List_ID": "<talk.list.example>", "Cc": "talk@list.example"}, "list_post"),
        ({**LIST, "From": "talk-bounces@list.example"}, "list_notice"),
        ({"List_Unsubscribe": "<https://x.example/u>"}, "newsletter"),
        ({"List_Unsubscribe": "<https://x.example/u>", "List_Post": "NO"}, "newsletter"),
        ({"Precedence": "bulk"}, "newsletter"),
        ({"Content_Type": REPORT.format("delivery-status")}, "bounce"),
        ({"From": "MAILER-DAEMON@x.example (Mail Delivery System)"}, "bounce"),
        ({"From": "<>", "Return_Path": "<>"}, "bounce"),
        ({"X_Failed_Recipients": "bo@harbour.example"}, "bounce"),
        ({"Subject": "Undeliverable: Beans", "Return_Path": "<>"}, "bounce"),
        ({"Content_Type": REPORT.format("disposition-notification")}, "receipt"),
        ({"Content_Type": REPORT.format("feedback-report")}, "complaint"),
        ({"Auto_Submitted": "auto-replied (vacation)"}, "auto_reply"),
        ({"X_Autoreply": "yes"}, "auto_reply"),
        ({"Subject": "Out of Office: Beans"}, "auto_reply"),
        ({"Subject": "Automatische Antwort: Bohnen"}, "auto_reply"),
        ({"Subject": "=?utf-8?q?R=C3=A9ponse_automatique?= : x"}, "auto_reply"),
        ({"Content_Type": "text/calendar; method=REQUEST"}, "calendar"),
        ({"From": "no-reply@shop.example"}, "no_reply"),
        ({"From": "notifications@shop.example"}, "no_reply"),
        ({"Auto_Submitted": "auto-generated"}, "no_reply"),
        ({"Subject": "[app] svn commit: r12"}, "no_reply"),
    ],
)
def test_kinds_are_told_apart_with_a_reason(headers: dict[str, str], kind: str) -> None:
    found = mail(**headers)

    assert found.kind == kind
    assert found.kind_reason.sentence().endswith(".")


def test_the_reason_names_the_header_that_decided() -> None:
    found = mail(Auto_Submitted="auto-replied")

    assert found.kind_reason.sentence() == "Its header Auto-Submitted says that a machine answered."
