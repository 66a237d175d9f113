"""A finished draft -> the same with each coached rule that had a part in it: named, and judged by its own check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.coaching.rules import Alias, FiscalYear, Method, Rule, rule_of, said
from bot.coaching.scopes import words_of
from bot.memory.coached import Kept
from bot.model import Request
from bot.reading.words.text import key, plain
from bot.replies.draft import Draft, Place
from metrics.scorecard import RuleResult
from metrics.values import Value


def with_part(draft: Draft, request: Request, place: Place) -> Draft:
    """The draft with the coached rules that had a part in it, in its rules and its notes.

    Those about lists were judged with the list; definitions and the calendar are judged here.
    """
    if request.kind == "coaching" or not place.in_force.reaching:
        return draft
    judged = {rule.rule for rule in draft.rules}
    named = [kept for kept in place.in_force.reaching if kept.id in judged]
    defined = [
        (kept, rule, holds)
        for kept, rule in place.in_force.definitions(place.engine)
        if (holds := _holds(rule, draft, request, place)) is not None
    ]
    results = tuple(
        RuleResult(kept.id, "block", holds, said(rule, place.engine.catalog)) for kept, rule, holds in defined
    )
    notes = [_note(kept, place) for kept in [*named, *(kept for kept, _, _ in defined)]]
    return replace(draft, rules=(*draft.rules, *results), notes=(*draft.notes, *notes))


def _note(kept: Kept, place: Place) -> str:
    words = said(rule_of(kept.rule), place.engine.catalog).rstrip(".")
    return f"Coached for {words_of(kept.scope, place.question)}: {words} ({kept.id})."


def _holds(rule: Rule, draft: Draft, request: Request, place: Place) -> bool | None:
    """Whether the answer keeps a definition; None where it had no part in it."""
    match rule:
        case Method(metric=name, variant=variant):
            used = {
                value.citation.method
                for value in _values(draft)
                if value.metric == name and value.citation.usual_method
            }
            described = request.kind == "definition" and name in request.metrics
            return used == {variant} if used else True if described else None
        case Alias(words=words, metric=name):
            said_words, wanted = key(plain(place.question.text)), key(words)
            spoken = any(said_words[at : at + len(wanted)] == wanted for at in range(len(said_words)))
            return name in request.metrics if spoken and request.metrics else None
        case FiscalYear(month=month):
            fiscal = request.period is not None and request.period.label.startswith("FY")
            return place.engine.company.file.fiscal_year_start == month if fiscal else None
    return None


def _values(draft: Draft) -> Iterator[Value]:
    yield from draft.values
    if draft.scorecard is not None:
        yield from (row.value for row in draft.scorecard.rows)
