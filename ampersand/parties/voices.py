"""Whose word something is, as it is written beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Voice(models.TextChoices):
    """The three are marked and never merged."""

    OWN = "own", _("their own word")
    TOLD_BY_US = "told_by_us", _("their word, told by us")
    DELIVERY = "delivery", _("shown by a delivery")
