"""Rooms: who a row is for. Only an act moves a row, and only outward."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Room(models.TextChoices):
    MINE = "mine", _("mine")
    OURS = "ours", _("ours")
    BETWEEN = "between", _("between")
