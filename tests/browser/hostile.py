"""Words that browsers would run if they were taken for markup, and a register that holds them everywhere."""

from __future__ import annotations

import json

TAGS = (
    "img src=x",
    "svg",
    "body",
    "details open",
    "video src=x",
    "input autofocus",
    "b",
    "a href=x",
)
EVENTS = ("onerror", "onload", "ontoggle", "onfocus", "onmouseover")
PAYLOADS = [
    *(f"<{tag} {event}=hurt()>" for tag in TAGS for event in EVENTS),
    "<script>hurt()</script>",
    "</textarea><script>hurt()</script>",
    "<iframe srcdoc='<script>hurt()</script>'></iframe>",
    "<a href='javascript:hurt()'>more</a>",
    '" onmouseover="hurt()',
    "' onmouseover='hurt()",
    "<style>@import 'x'</style>",
    "<math><mtext></p><img src=x onerror=hurt()>",
    "<!--<img src=x onerror=hurt()>-->",
    "&lt;script&gt;hurt()&lt;/script&gt;",
]
_WORDS = ("topic", "measure", "population", "place", "group", "stated_by", "locator", "note")


def register_of(payloads: list[str]) -> str:
    """Write a register: one statistic a payload, which stands in every field that takes words."""
    first = json.dumps(payloads[0])
    head = dict.fromkeys(("title", "publisher", "note", "locator"), first)
    lines = ["[document]", "published = 2015", 'kind = "article"', 'evidence = "primary text"']
    lines += [f"{name} = {words}" for name, words in head.items()]
    for number, payload in enumerate(payloads):
        quote = json.dumps(f"42% {payload}")
        lines += ["[[statistic]]", f'id = "s{number}"', f"quote = {quote}", 'number = "42%"']
        lines += [f"{name} = {json.dumps(payload)}" for name in _WORDS]
    return "\n".join(lines) + "\n"
