"""What a database says went wrong -> words for one sentence, without statements, addresses or traces."""

from __future__ import annotations

import re

REFUSED = "The warehouse refused a query: {reason}; `counterpoise check` looks at every table."
UNREADABLE = "it gives a number or a day that nothing can be computed with, such as one after the year 9999"
HINTS = ("Candidate bindings", "HINT", "Did you mean")
LABEL = re.compile(r"^[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)? Error: ")
OUTSIDE = re.compile(r'Cannot access (?:file|directory) ("[^"]*")')


def reason(error: Exception) -> str:
    """The driver's own first line, and the nearest names where it gives some; no full stop."""
    original = getattr(error, "orig", None) or error
    lines = [line.strip() for line in str(original).splitlines() if line.strip()]
    text = LABEL.sub("", lines[0] if lines else type(original).__name__).rstrip(".!")
    if outside := OUTSIDE.search(text):
        return f"{outside[1]} lies outside the folders it may read, which `folders` in company.toml names"
    hint = next((line for line in lines[1:] if line.startswith(HINTS)), "")
    return f"{text} ({hint.rstrip('.')})" if hint else text
