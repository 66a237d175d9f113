"""Catalog + scorecard -> the names that may be said, and those that may not.

A metric goes by its name, its synonyms, its id, and its name without a last word such as "rate". A name
that belongs to no row of the scorecard is a stranger: found, so that it can be refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from metrics.model import Catalog, Metric
from metrics.scorecard import Scorecard

Kind = Literal["metric", "role", "company", "stranger"]
TAILS = (" rate", " ratio", " score", " index", " value")


@dataclass(frozen=True)
class Name:
    """A known name in a text. ``id`` is the metric's or role's; ``text`` is how it was written."""

    kind: Kind
    id: str
    text: str


@dataclass(frozen=True)
class Names:
    """All names of a catalog as seen from one scorecard."""

    pattern: re.Pattern[str]
    known: Mapping[str, tuple[Kind, str]]

    def find(self, text: str) -> Iterator[str | Name]:
        """Cut a text into names and what stands between them."""
        at = 0
        for found in self.pattern.finditer(text):
            if at < found.start():
                yield text[at : found.start()]
            name = found["name"]
            yield Name(*(self.known.get(name) or self.known[name.lower()]), name)
            at = found.end("name")
        if at < len(text):
            yield text[at:]


def names(scorecard: Scorecard, catalog: Catalog) -> Names:
    """Collect what may be named (the scorecard's metrics, role, company) and what else the catalog knows."""
    known: dict[str, tuple[Kind, str]] = {}
    rows = [row.metric for row in scorecard.rows]
    listed = {metric.id for metric in rows}
    _add(known, "company", scorecard.company, [scorecard.company])
    for metric in rows:
        _add(known, "metric", metric.id, [metric.name])
    _add(known, "role", scorecard.role, [scorecard.role_name])
    for metric in rows:
        _add(known, "metric", metric.id, _forms(metric))
    for role in catalog.roles.values():
        kind: Kind = "role" if role.id == scorecard.role else "stranger"
        _add(known, kind, role.id, [role.name, *role.synonyms])
    for metric in catalog.metrics.values():
        if metric.id not in listed:
            _add(known, "stranger", metric.id, _forms(metric))
    longest_first = sorted(known, key=len, reverse=True)
    forms = "|".join(_regex(form) for form in longest_first) or "(?!)"
    return Names(re.compile(rf"(?<![A-Za-z0-9_\[])(?P<name>{forms})(?:'s|’s|s)?(?![A-Za-z0-9_])"), known)


def _forms(metric: Metric) -> list[str]:
    forms = [metric.name, metric.id, *(synonym for synonym in metric.synonyms if "(" not in synonym)]
    shorter = [metric.name.removesuffix(tail) for tail in TAILS if metric.name.endswith(tail)]
    return forms + [name for name in shorter if " " in name]


def _add(known: dict[str, tuple[Kind, str]], kind: Kind, name_id: str, forms: list[str]) -> None:
    """Add forms that nobody has taken yet: who comes first owns an ambiguous name."""
    for form in forms:
        if len(form) > 1:
            known.setdefault(_key(form), (kind, name_id))


def _key(form: str) -> str:
    """Acronyms keep their case, so that the company's CR is not taken for every "cr"."""
    return form if form.isupper() else form.lower()


def _regex(form: str) -> str:
    return re.escape(form) if form.isupper() else f"(?i:{re.escape(form)})"
