"""The drawn signs: 16 by 16 outlines for acts and modes, 14 by 14 shapes for the states of a promise."""

from __future__ import annotations

ICONS = {
    "visit": "M4 14V2.5h8V14M2.5 14h11M9.6 8.4v.3",
    "call": (
        "M5 2.4 6.5 5.8 5 7.1a8 8 0 0 0 3.9 3.9l1.3-1.5 3.4 1.5v2.1c0 .5-.4.9-.9.9A10.6 10.6 0 0 1 2 3.3"
        "c0-.5.4-.9.9-.9z"
    ),
    "mail": "M2 3.8h12v8.6H2zM2.3 4.2 8 9l5.7-4.8",
    "message": "M2.5 3h11v7.5H7.2L4.2 13v-2.5H2.5z",
    "video": "M2 4.5h7.6v7H2zM9.6 7.2 14 5v6l-4.4-2.2",
    "gathering": "M3 4h10v9.4H3zM3 7h10M5.6 2.4v3M10.4 2.4v3",
    "letter": "M3 13l.8-3.2L11 2.6 13.4 5l-7.2 7.2z",
    "mic": "M8 2a2 2 0 0 1 2 2v3.6a2 2 0 0 1-4 0V4a2 2 0 0 1 2-2zM4 7.8a4 4 0 0 0 8 0M8 11.8v2.4",
    "x": "M4.5 4.5l7 7M11.5 4.5l-7 7",
    "check": "M3.2 8.4l3.1 3L12.8 4.8",
    "plus": "M8 3v10M3 8h10",
    "eye": "M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM8 6.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2",
    "go": "M3 8h9.5M9 4.5 12.5 8 9 11.5",
    "clock": "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M8 4.8V8l2.2 1.6",
    "lock": "M4 7.5h8V13H4zM5.6 7.5V5.4a2.4 2.4 0 0 1 4.8 0v2.1",
    "file": "M4 2.2h5.2L12.2 5v8.8H4zM9 2.4V5.2h3",
    "find": "M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8M10.3 10.3l3.3 3.3",
}

RING = '<circle cx="7" cy="7" r="4.6"/>'
DISC = '<circle class="state__full" cx="7" cy="7" r="5.2"/>'
PROMISE_SHAPES = {
    "offered": '<circle cx="7" cy="7" r="4.6" stroke-dasharray="1 2"/>',
    "open": RING,
    "due": RING + '<path class="state__full" d="M7 2.4a4.6 4.6 0 0 1 0 9.2z"/>',
    "late": '<circle cx="5.6" cy="7" r="4"/><path d="M9.6 7h4"/>',
    "done": RING + '<circle class="state__full" cx="7" cy="7" r="2.2"/>',
    "unconfirmed": RING + '<circle class="state__full" cx="7" cy="7" r="2.2"/>',
    "kept": DISC + '<path class="state__cut" d="M4.6 7.2 6.4 9l3-3.8"/>',
    "partly": RING + '<path class="state__full" d="M2.4 7a4.6 4.6 0 0 0 9.2 0z"/>',
    "broken": RING + '<path d="M3.6 10.4 10.4 3.6"/>',
    "freed": RING,
}
