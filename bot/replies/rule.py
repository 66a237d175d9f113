"""What a rule says: every answer names the rules behind it, and whoever reads one may ask for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.replies.draft import Draft, Place
from metrics.model import Catalog, Rule

_ID = r"r\d{2}"
_ASKS = re.compile(
    rf"(?:what|which|why|how|explain|tell|show|describe|define|meaning)\b.{{0,30}}\b{_ID}\b|(?:rule )?{_ID}\W*$",
    re.IGNORECASE,
)
SEVERITIES = {
    "block": "holds in every answer, whatever is asked or taught",
    "warn": "is said where it is not kept",
}


def asked_for(text: str, catalog: Catalog) -> tuple[str, ...]:
    """The rules that a question asks to have explained, known or not; none where it is about something else."""
    if not _ASKS.match(text.strip()):
        return ()
    named = dict.fromkeys(found.upper() for found in re.findall(rf"\b{_ID}\b", text, re.IGNORECASE))
    return tuple(one for one in named if one in catalog.rules) or tuple(named)


def reply(rules: Sequence[str], place: Place) -> Draft:
    """Each rule by its title, why it is there and where it comes from."""
    catalog = place.engine.catalog
    told = [catalog.rules[one] for one in rules if one in catalog.rules]
    if not told:
        return _unknown(rules[0], catalog)
    return Draft(
        title=", ".join(f"{one.id}: {one.title}" for one in told),
        body="\n\n".join(_about(one, catalog) for one in told),
        suggestions=("Top 15 metrics for a CRO",),
    )


def _unknown(asked: str, catalog: Catalog) -> Draft:
    """There is no such rule; the nearest by its number is offered."""
    ids = sorted(catalog.rules)
    nearest = min(ids, key=lambda one: (abs(int(one[1:]) - int(asked[1:])), one))
    return Draft(
        title=f"There is no rule {asked}",
        body=f"The rules run from {ids[0]} to {ids[-1]}. The nearest is {nearest}: {catalog.rules[nearest].title}.",
        suggestions=(f"What is {nearest}?",),
    )


def _about(rule: Rule, catalog: Catalog) -> str:
    sources = [catalog.sources[code].what for code in rule.source if code in catalog.sources]
    kept = SEVERITIES.get(rule.severity, "is advice")
    lines = [rule.why.strip(), *([f"Instead: {rule.instead.strip()}"] if rule.instead else [])]
    lines.append(f"The rule {kept}.")
    if sources:
        lines.append(f"Sources: {'; '.join(sources)}.")
    return "\n".join(lines)
