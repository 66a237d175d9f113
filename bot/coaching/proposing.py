"""A rule that was understood -> a proposal with its scope, its preview and its contradictions; a yes -> a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.coaching import ledger, outcomes
from bot.coaching.conflicts import Collision, collision, contradicted, hypothetical, same
from bot.coaching.heard import Understood
from bot.coaching.preview import preview
from bot.coaching.rules import Rule, defines, readable, record_of, role_of, rule_of, said
from bot.coaching.scopes import is_admin, refuse_teaching, usual, words_of
from bot.coaching.shown_on import whose
from bot.coaching.turns import Turn, own_words
from bot.memory.coached import Kept, Proposal, Scope, keep, rules, spot_of
from bot.memory.coached import propose as wait
from bot.replies.draft import Draft, Place
from metrics.balance.facts import Gates
from metrics.errors import UserError
from metrics.lists.gates import gates_of

EVERYONES = "A definition or a calendar holds for the whole workspace only, so that nobody sees two truths."
TRIES = 5
"""How often a rule is judged anew because others changed the rules meanwhile: each takes tens of milliseconds."""


def propose(heard: Understood, place: Place, role: str | None) -> Draft:
    """Show what was understood, for whom it would hold and what it would change, and ask.

    Raises:
        NotAllowedError: the asker may teach nothing of that reach, or may not ask for the list it is about.
    """
    rule, question = heard.rule, place.question
    scope = "workspace" if defines(rule) else heard.scope or usual(rule, question)
    notes = list(heard.assumed)
    if defines(rule) and heard.scope not in (None, "workspace"):
        notes.append(EVERYONES)
    return _proposed(rule, scope, own_words(question.text), place, role, tuple(notes))


def rescoped(waiting: Proposal, scope: Scope, place: Place, role: str | None) -> Draft:
    """The same rule for others, asked again."""
    rule = rule_of(waiting.rule)
    if defines(rule) and scope != "workspace":
        return _proposed(rule, "workspace", waiting.quoted, place, role, (EVERYONES,))
    return _proposed(rule, scope, waiting.quoted, place, role, ())


def store(waiting: Proposal, meant: Turn, place: Place, role: str | None) -> Draft:
    """Store what waits, if it may be and can hold; else say why not.

    It is judged by the rules as they are now, and once more where others change them meanwhile.

    Raises:
        UserError: others change the rules all the time.
        NotAllowedError: the asker may teach nothing of that reach.
    """
    assert place.memory is not None
    for _ in range(TRIES):
        active = rules(place.memory)
        readables = tuple(kept for kept in active if readable(kept.rule))
        now = replace(place, in_force=replace(place.in_force, kept=readables))
        if (draft := _stored(waiting, meant, now, role, [kept.id for kept in active])) is not None:
            return draft
    raise UserError("What I was taught is being changed by others right now: say it again in a moment.")


def _stored(
    waiting: Proposal, meant: Turn, place: Place, role: str | None, judged: Sequence[str]
) -> Draft | None:
    """Store what waits, as the rules are here; None where they are others by then."""
    assert place.memory is not None
    rule, spot, company = rule_of(waiting.rule), spot_of(place.question), place.engine.company.file.name
    if meant.scope and meant.scope != waiting.scope:
        waiting = replace(waiting, scope="workspace" if defines(rule) else meant.scope)
    refuse_teaching(waiting.scope, place.question)
    if waiting.scope == "workspace" and not is_admin(place.question, place.admins):
        return outcomes.needs_admin(rule, place)
    new = hypothetical(rule, waiting.scope, spot, company)
    against = contradicted(new, place.in_force.kept)
    named = [old for old in against if not meant.rules or old.id in meant.rules]
    if against and (meant.deed != "replace" or len(named) < len(against)):
        return _proposed(rule, waiting.scope, waiting.quoted, place, role, ("Both cannot hold: choose one.",))
    if not all(ledger.may_retire(old, place) for old in against):
        return outcomes.not_yours(against, place)
    gates = gates_of(place.engine, place.as_of, today=place.when.today)
    if found := _collision(new, against, place, gates):
        return outcomes.colliding(rule, found, place)
    replaced = [old.id for old in against]
    stored = keep(place.memory, waiting, spot, company, replacing=replaced, judged=judged)
    if isinstance(stored, Kept):
        return outcomes.stored(stored, replaced, place)
    return ledger.closed() if stored == "gone" else None


def _proposed(
    rule: Rule, scope: Scope, quoted: str, place: Place, role: str | None, notes: tuple[str, ...]
) -> Draft:
    assert place.memory is not None
    refuse_teaching(scope, place.question)
    about = "" if defines(rule) else whose(role_of(rule) or role, place)
    spot = spot_of(place.question)
    if scope == "workspace" and not is_admin(place.question, place.admins):
        return outcomes.needs_admin(rule, place)
    new = hypothetical(rule, scope, spot, place.engine.company.file.name)
    if old := same(new, place.in_force.kept):
        return outcomes.already(rule, old, place)
    against = contradicted(new, place.in_force.kept)
    gates = gates_of(place.engine, place.as_of, today=place.when.today)
    if found := _collision(new, against, place, gates):
        return outcomes.colliding(rule, found, place)
    waiting = wait(place.memory, spot, record_of(rule), scope, quoted)
    shown = preview(rule, new, tuple(old.id for old in against), place, about, gates)
    lines = [
        f"Understood: {said(rule, place.engine.catalog)}",
        f"It would hold for {words_of(scope, place.question)}.",
        *_against(against, place),
        *shown.lines,
        _question(against, rule, place),
    ]
    return Draft(
        title="Shall I store this?",
        body="\n".join(lines),
        values=shown.values,
        notes=notes,
        actions=_actions(waiting, against, rule, place),
    )


def _collision(new: Kept, against: Sequence[Kept], place: Place, gates: Gates) -> Collision | None:
    """What keeps a rule from holding with all others but those that it would take the place of."""
    others = [kept for kept in place.in_force.kept if kept not in against]
    return collision(new, others, place.engine, day=place.as_of, gates=gates)


def _against(against: list[Kept], place: Place) -> list[str]:
    """The rules that say otherwise, each with its words where they are for the asker's eyes."""
    return [f"It contradicts {ledger.line(old, place)}" for old in against]


def _question(against: list[Kept], rule: Rule, place: Place) -> str:
    scopes = (
        "" if defines(rule) else " To change for whom: “for me”, “in this channel” or “for the workspace”."
    )
    if not against:
        return f"Nothing is stored until you say yes. Yes or no?{scopes}"
    ids = " and ".join(old.id for old in against)
    if all(ledger.may_retire(old, place) for old in against):
        return f"Both cannot hold. Say “replace {ids}” to retire {ids} and store this, or “no” to keep {ids}.{scopes}"
    return f"Both cannot hold, and {ids} is not yours to retire: say “no”, or ask an admin.{scopes}"


def _actions(waiting: Proposal, against: list[Kept], rule: Rule, place: Place) -> tuple[tuple[str, str], ...]:
    """What can be pressed: each names the proposal, so that a late press means nothing else."""
    no = ("No", f"no to P{waiting.id}")
    if against:
        ids = ", ".join(old.id for old in against)
        able = all(ledger.may_retire(old, place) for old in against)
        return ((f"Replace {ids}", f"replace {ids} to P{waiting.id}"), no) if able else (no,)
    wider: tuple[tuple[str, str], ...] = ()
    if waiting.scope != "workspace" and not defines(rule) and is_admin(place.question, place.admins):
        wider = (("For the workspace", "for the workspace"),)
    return (("Yes", f"yes to P{waiting.id}"), no, *wider)
