"""How each reading is made, in words, as both sides are told it: the rule, its least evidence, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from ampersand.readings.models import Measure


@dataclass(frozen=True, slots=True)
class Rule:
    """`says` is the rule in a few sentences, `formula` as it is computed, `source` where that comes from, `leaves_out` what
    is not counted, `error` how far it may be wrong, as measured."""

    says: Any
    formula: str
    source: str
    leaves_out: Any
    error: Any


_KEPT = Rule(
    says=gettext_lazy(
        "It counts the promises that fell due in the last year by what their receiver called them; late ones of which nothing "
        "was said count as not kept, and what is said done without an answer counts as neither. In its interval older "
        "ones count too, less with the years. It speaks from three on. "
        "Of each kind of promise, as its words tell it or its promiser said, the same is counted apart, from three of it on."
    ),
    formula="share kept ~ Beta(a + s, b + f), s and f weighed by 2^(-age/180 days); low with all silence as not kept, "
    "high with all silence as kept; 90 of 100",
    source="empirical Bayes with a Beta prior: Efron and Morris 1975, Casella 1985; Kish 1965 for uneven weights",
    leaves_out=gettext_lazy(
        "What was released, withdrawn or declined, what nobody accepted, and what somebody keeps to themselves. A promise that "
        "both moved in time is one promise, by its new day."
    ),
    error=gettext_lazy(
        "On 20,000 simulated parties with known keeping the interval held the truth about nine times in ten; it halves the "
        "error of the plain share."
    ),
)
_GAP = Rule(
    says=gettext_lazy(
        "It counts what its promiser calls done and its receiver has not answered, of the promises of the last year. Silence "
        "never turns into kept. It speaks from two promises on."
    ),
    formula="unconfirmed = said done, not called kept, partly or not kept",
    source="counted",
    leaves_out=_KEPT.leaves_out,
    error=gettext_lazy("It is a count, and is right if what was said was written down."),
)
_MORE = Rule(
    says=gettext_lazy(
        "It compares how many promises are made and how many are called kept, lately and before: when the share of kept ones "
        "falls more than chance would explain, more is promised than kept. It speaks from four quarters and twenty events on."
    ),
    formula="signed root of the likelihood ratio of the share of kept among made and kept, over windows of 13 to 78 weeks",
    source="share scan: Page 1954, Siegmund and Venkatraman 1995, Kulldorff 1997",
    leaves_out=_KEPT.leaves_out,
    error=gettext_lazy(
        "Where nothing changes it speaks wrongly of about one relationship in five within three years, "
        "of one in ten to either side."
    ),
)

# What one's own way is read by: it is no measure, since it is stored nowhere and said to its owner alone (`desk.own_way`).
OWN_WAY = "own_way"
OWN_WAY_RULE = Rule(
    says=gettext_lazy(
        "Your own way counts the times in the last two years that you yourself were in touch, by day of the week and by mode, "
        "and what you did within three days after. A day and mode is said where it is a third of them or more. It speaks from "
        "ten times on, and only you see it."
    ),
    formula="most frequent (weekday, mode) of one's own moments, from 1/3 on; most frequent other mode in 3 days, from 1/2 on",
    source="counted",
    leaves_out=gettext_lazy(
        "What colleagues did, what you were only written to or in copy of, and everything more than two years ago."
    ),
    error=gettext_lazy("It is a count; what you did not write down is not in it."),
)

RULES: Mapping[Measure, Rule] = {
    Measure.WHOSE_MOVE: Rule(
        says=gettext_lazy(
            "Whose move looks at the last approach that asks for an answer. An answer in any mode counts; automatic mail, "
            "thanks and being in copy are no approach. It speaks from one approach on."
        ),
        formula="the later of the last approach that asks and whatever the other side did after it",
        source="counted",
        leaves_out=gettext_lazy("What was said where nobody wrote it down."),
        error=gettext_lazy("It is as right as what was written down: an answer given in passing is not known to it."),
    ),
    Measure.QUIET: Rule(
        says=gettext_lazy(
            "Quiet is said when the days since the last contact are more than nine in ten of the gaps to be expected from this "
            "relationship's own rhythm, and so many more that in a year in which the two go on it is hardly ever said: the more "
            "often they meet, the longer the longest gap of a year. It counts days on which both sides took part, and speaks "
            "from five gaps on."
        ),
        formula="open gap > the point q of the next gap, q = the greater of .9 and .98^(1/m), m the gaps to be expected in a "
        "year; gaps ~ Erlang-k, rate ~ Gamma(r, alpha) over the house",
        source="Fader, Hardie and Lee 2005; Reutterer, Platzer and Schroeder 2021",
        leaves_out=gettext_lazy("Letters and mails that nobody answered, and everything of one day after the first."),
        error=gettext_lazy(
            "Of 100 simulated relationships that never ended, two to four were called quiet once or more in a year, also of "
            "those that come in bursts. Who has left is called quiet after about five usual gaps, sooner the steadier the "
            "rhythm was."
        ),
    ),
    Measure.NEXT: Rule(
        says=gettext_lazy(
            "When the next contact is to be expected if both go on as they did: the middle, and the interval in which it lies "
            "eight times in ten; and how often in half a year, with the interval in which that lies nine times in ten. It counts "
            "days on which both sides took part, and speaks from five gaps on."
        ),
        formula="a tick on each day with chance 1 - exp(-k m), the k-th is the next contact, and after each it may end with "
        "chance p; (k, m, p) weighed over the house, beside recent frequency",
        source="Fader, Hardie and Lee 2005; Batislam, Denizel and Filiztekin 2007; Reutterer, Platzer and Schroeder 2021",
        leaves_out=gettext_lazy("What is planned, and what either side intends: those stand beside it."),
        error=gettext_lazy(
            "On simulated houses the interval held the next contact about eight times in ten. On six public records of orders, "
            "messages and mail the interval of the count held what came 91 to 99 times in a hundred."
        ),
    ),
    Measure.KEPT_OURS: _KEPT,
    Measure.KEPT_THEIRS: _KEPT,
    Measure.GAP_OURS: _GAP,
    Measure.GAP_THEIRS: _GAP,
    Measure.MORE_OURS: _MORE,
    Measure.MORE_THEIRS: _MORE,
    Measure.GIVE_AND_TAKE: Rule(
        says=gettext_lazy(
            "It counts what each side gave the other in three years, each thing once, and never nets one against the other. A "
            "gift asks for nothing back. It speaks from two on."
        ),
        formula="two counts; unanswered = no gift, given in return for nothing, and nothing given in return for it",
        source="counted",
        leaves_out=gettext_lazy("What is only offered or was drawn back, and gifts, which are shown apart."),
        error=gettext_lazy("It is a count; what nobody wrote down is not in it."),
    ),
    Measure.AGREE: Rule(
        says=gettext_lazy(
            "It sets beside each other what both sides said in the last pulse that was opened: the same plain word is "
            "agreement, another is difference. What one side alone said is neither."
        ),
        formula="question by question: both chose the same word, another, or not both a word",
        source="two independent accounts, compared and never averaged",
        leaves_out=gettext_lazy("Pulses that are sealed, and answers that were taken back."),
        error=gettext_lazy("It says what was said, and nothing beyond it."),
    ),
    Measure.RIGHT_WAY: Rule(
        says=gettext_lazy(
            "It counts the meetings of which both sides were asked whether they were worth their time, each way apart, and of "
            "how many both said so. Each answered for itself, sealed until both were in. A way speaks from five meetings on. "
            "An organisation has those of its people while they worked there; a meeting of several of them counts once."
        ),
        formula="two counts a mode: both answered; both answered that it was worth it",
        source="two independent accounts, counted and never averaged",
        leaves_out=gettext_lazy(
            "Meetings of which nobody asked, those of which one side alone said it, and those that were withdrawn."
        ),
        error=gettext_lazy("It says what was said, and nothing of the meetings of which nobody asked."),
    ),
    Measure.TUNE: Rule(
        says=gettext_lazy(
            "It compares how much trade and how much contact there is, lately and before: when the share of one among both "
            "changes more than chance would explain, they part. What makes both grow or shrink leaves them in tune. It speaks "
            "from four quarters and twenty events on."
        ),
        formula="signed root of the likelihood ratio of the share of relationship events, over windows of 13 to 78 weeks",
        source="share scan: Page 1954, Siegmund and Venkatraman 1995, Kulldorff 1997",
        leaves_out=gettext_lazy(
            "How large a purchase is, what was returned or cancelled, and what the two never wrote down. Trade alone says "
            "nothing of the relationship."
        ),
        error=gettext_lazy(
            "Where nothing changes it speaks wrongly of about one relationship in five within three years, "
            "of one in ten to either side."
        ),
    ),
}


def rule(measure: str) -> Rule:
    """The rule of a measure. Raises KeyError for what is none."""
    return RULES[Measure(measure)]
