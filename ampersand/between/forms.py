"""The forms of what lies between, the same on both faces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ampersand.between import agreement, pulse
from ampersand.between.agreement import Proposal
from ampersand.between.models import Feeling, Worth
from ampersand.between.page import BetweenPart, PulseRow
from ampersand.between.sealing import LONGEST_GUESS, LONGEST_WORDS
from ampersand.between.worth import QUESTION


def _day(**told: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **told)


def _lines(rows: int, **told: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **told)


class QuestionsForm(forms.Form):
    """One to three questions."""

    question_0 = forms.CharField(label=_("A question to both"), max_length=pulse.LONGEST_QUESTION, required=False)
    question_1 = forms.CharField(label=_("A second, if you like"), max_length=pulse.LONGEST_QUESTION, required=False)
    question_2 = forms.CharField(label=_("A third, if you like"), max_length=pulse.LONGEST_QUESTION, required=False)

    def questions(self) -> list[str]:
        return [self.cleaned_data[f"question_{place}"] for place in range(pulse.MOST_QUESTIONS)]


class AskForm(QuestionsForm):
    """Questions, and until when both may answer."""

    closes_on = _day(label=_("Open until"))


class AnswerForm(forms.Form):
    """One's own answer to each question. Any field may stay empty, and one of them not."""

    def __init__(self, told: Any, *, questions: Sequence[str], **more: Any) -> None:
        super().__init__(told, **more)
        self.questions = questions
        for place, question in enumerate(questions):
            self.fields[f"words_{place}"] = _lines(3, label=question, max_length=LONGEST_WORDS, required=False)
            self.fields[f"feeling_{place}"] = forms.ChoiceField(
                label=_("In one word, if you like"), choices=[("", "-"), *Feeling.choices], required=False
            )
            self.fields[f"guess_{place}"] = forms.CharField(
                label=_("What do you think they will say?"), max_length=LONGEST_GUESS, required=False
            )


class WorthForm(forms.Form):
    """One's own answer to whether a meeting was worth one's time."""

    worth_0 = forms.ChoiceField(label=QUESTION, choices=[("", "-"), *Worth.choices], required=False)
    words_0 = _lines(2, label=_("In your words, if you like"), max_length=LONGEST_WORDS, required=False)


def answer_form(told: Any, *, questions: Sequence[str], is_of_meeting: bool, prefix: str) -> AnswerForm | WorthForm:
    """The form in which a pulse is answered: of a meeting, or of how it goes."""
    if is_of_meeting:
        return WorthForm(told, prefix=prefix)
    return AnswerForm(told, questions=questions, prefix=prefix)


class ReplyForm(forms.Form):
    words = _lines(2, label=_("In your words"), max_length=pulse.LONGEST_REPLY)


class ProposalForm(forms.Form):
    """A version of an agreement."""

    together = _lines(3, label=_("What we do together"), max_length=agreement.LONGEST_WORDS)
    in_touch = _lines(2, label=_("How we shall be in touch"), max_length=agreement.LONGEST_WORDS, required=False)
    bundles = _lines(
        3, label=_("Promises and terms it bundles, each in a line"), max_length=agreement.LONGEST_WORDS, required=False
    )
    parting = _lines(2, label=_("How we part"), max_length=agreement.LONGEST_WORDS, required=False)
    look_again_on = _day(label=_("Look at it again on"))
    answer_by = _day(label=_("Answer by, if there is a day"), required=False)

    def proposal(self) -> Proposal:
        told = self.cleaned_data
        return Proposal(**told | {"bundles": [line for line in told["bundles"].splitlines() if line.strip()]})


class DeclineForm(forms.Form):
    words = forms.CharField(label=_("In your words, if you like"), max_length=agreement.LONGEST_WORDS, required=False)


def together_forms(part: BetweenPart, sent: forms.Form | None) -> dict[str, Any]:
    """What the template of either face needs for this part, with the form in which something has to be put right as sent."""
    return {
        "pulses": [(row, _forms_of(row, sent)) for row in part.pulses],
        "ask_both": _as_sent(AskForm(prefix="ask-both"), sent),
        "propose": _as_sent(ProposalForm(prefix="propose", initial=_what_stands(part)), sent),
        "decline": _as_sent(DeclineForm(prefix="decline"), sent),
    }


def _what_stands(part: BetweenPart) -> dict[str, str]:
    """The words of the latest version, which another one begins with."""
    stands = part.waiting or part.holding
    if stands is None:
        return {}
    told = {name: getattr(stands, name) for name in ("together", "in_touch", "parting")}
    return told | {"bundles": "\n".join(stands.bundles)}


def _forms_of(row: PulseRow, sent: forms.Form | None) -> dict[str, forms.Form]:
    asked = {f"question_{place}": words for place, words in enumerate(row.questions)}
    return {
        "answer": _as_sent(_answer_form(row), sent),
        "otherwise": _as_sent(QuestionsForm(initial=asked, prefix=f"otherwise-{row.id.hex}"), sent),
        "reply": _as_sent(ReplyForm(prefix=f"reply-{row.id.hex}"), sent),
    }


def _answer_form(row: PulseRow) -> forms.Form:
    return answer_form(None, questions=row.questions, is_of_meeting=bool(row.meeting), prefix=f"answer-{row.id.hex}")


def _as_sent(form: forms.Form, sent: forms.Form | None) -> forms.Form:
    return sent if sent is not None and sent.prefix == form.prefix else form
