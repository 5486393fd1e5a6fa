"""What counts as contact and as trade, for the measures and for whoever lists what they rest on. Nothing here imports Ibis."""

from __future__ import annotations

# A message is contact when the other side moved within this many days before or after it; alone it is an approach.
ANSWER_DAYS = 14
WRITTEN = ("mail", "message", "letter")
# An order, its invoice and its payment are one purchase, and one of these kinds speaks for it.
PURCHASES = ("invoice", "order", "payment", "delivery", "renewal")
# Of trade and talk side by side nothing before that is looked at: three years, and the year and a half before in which the
# two may have been in tune.
WEEKS_MAX = 260
