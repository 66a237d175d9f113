"""The conversation about a rule: show what was understood, ask, store; list, retire, look back.

Nothing is stored without a yes of the same person in the same thread, and nothing is called stored that is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.coaching import ledger
from bot.coaching.heard import Choice, Limited
from bot.coaching.limits import limited, offer
from bot.coaching.proposing import propose, rescoped, store
from bot.coaching.teacher import Teacher
from bot.coaching.turns import Turn, turn
from bot.coaching.understand import understand
from bot.memory.coached import Kept, Proposal, proposal, rules, spot_of, withdraw
from bot.model import Request
from bot.reading.words.text import key
from bot.replies.draft import Draft, Place
from metrics.balance import apply
from metrics.balance.context import Context
from metrics.balance.facts import Coached
from metrics.engine.groups import group_names
from metrics.scorecard import RuleResult

QUOTED = re.compile("“[^”]*”")


def reply(request: Request, place: Place) -> Draft:
    """The answer to a message about coaching.

    Raises:
        UserError: a rule cannot be retired by whoever asks.
    """
    assert place.memory is not None, "coaching needs a memory"
    before = rules(place.memory)
    draft = _done(request, place)
    return _checked(draft, before, rules(place.memory), place)


def _done(request: Request, place: Place) -> Draft:
    assert place.memory is not None
    waiting = proposal(place.memory, spot_of(place.question))
    meant = turn(place.question.text, waiting=waiting is not None) or Turn("lesson")
    match meant.deed:
        case "lesson":
            return _lesson(request, place)
        case "list" | "history":
            return ledger.listed(place, retired=meant.deed == "history")
        case "retire":
            return ledger.retired(meant.rules[0], place)
    if waiting is None or meant.about not in (None, waiting.id):
        return ledger.closed()
    return _answered(waiting, meant, request, place)


def _answered(waiting: Proposal, meant: Turn, request: Request, place: Place) -> Draft:
    """A proposal that got its answer: no, for others, or yes."""
    assert place.memory is not None
    if meant.deed == "no":
        withdraw(place.memory, spot_of(place.question))
        return ledger.dropped(waiting, place)
    if meant.deed == "scope" and meant.scope:
        return rescoped(waiting, meant.scope, place, request.role)
    return store(waiting, meant, place, request.role)


def _lesson(request: Request, place: Place) -> Draft:
    """What was understood of a lesson, and a proposal where it can be kept."""
    groups = frozenset(key(name) for names in group_names(place.engine).values() for name in names)
    heard = understand(place.question.text, Teacher(place.engine.catalog, request.role, groups))
    if heard is None:
        return offer(place)
    if isinstance(heard, Limited):
        return limited(heard, place, request.role, request.within)
    if isinstance(heard, Choice):
        return Draft(
            title="Which one do you mean?",
            body="That could mean more than one thing, so nothing was stored. Say one of these:",
            suggestions=heard.lessons,
        )
    return propose(heard, place, request.role)


def _checked(draft: Draft, before: Sequence[Kept], after: Sequence[Kept], place: Place) -> Draft:
    """The draft with what rules R06 and R07 say of it. Quoted words are the asker's, not ours."""
    held, now = [kept.id for kept in before], {kept.id for kept in after}
    context = Context(
        coached_before=held,
        coached=[Coached(id=kept.id) for kept in after],
        retired=[one for one in held if one not in now and re.search(rf"\b{one}\b", draft.body)],
        text=QUOTED.sub("", f"{draft.title}\n{draft.body}"),
        stored=[kept.id for kept in after if kept.id not in held],
    )
    catalog = place.engine.catalog
    verdicts = (
        (catalog.rules[name], apply(catalog, catalog.rules[name], [], context)) for name in ("R06", "R07")
    )
    found = [
        RuleResult(rule.id, rule.severity, verdict.passed, verdict.note)
        for rule, verdict in verdicts
        if verdict
    ]
    return replace(draft, rules=(*draft.rules, *found))
