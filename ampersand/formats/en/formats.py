"""English as it is written in England: 7 December 2026, where Django writes Dec. 7, 2026."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"
