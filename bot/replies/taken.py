"""A word that a question splits by -> what it was taken for, said where the answer is headed by another word. Pure."""

from __future__ import annotations

import re

from metrics.model.table import Dimension


def taken_for(dimension: Dimension, question: str) -> tuple[str, ...]:
    """One sentence where the question says "by region" and the answer goes by department; else none."""
    name = dimension.name.lower()
    others = sorted((one for one in dimension.synonyms if one.lower() not in name), key=len, reverse=True)
    said = "|".join(re.escape(one) for one in others)
    if not said or re.search(rf"\b{re.escape(name)}", question, re.IGNORECASE):
        return ()
    held_apart = rf"\b(?:by|per|each|every|across|which|what|our|best|worst)\s+({said})s?\b"
    found = re.search(held_apart, question, re.IGNORECASE)
    return (f"“{found[1]}” was read as {name}.",) if found else ()
