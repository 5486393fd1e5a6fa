"""How days are written where Django's own way of a language is not ours. German is: 7. Dezember 2026."""
