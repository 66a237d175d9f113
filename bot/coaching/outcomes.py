"""What is said of a rule once it is stored, and of one that may not be."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.coaching import ledger
from bot.coaching.conflicts import Collision
from bot.coaching.rules import Rule, defines, rule_of, said
from bot.coaching.scopes import words_of
from bot.memory.coached import Kept
from bot.replies.draft import Draft, Place

ADMINS = "COUNTERPOISE_ADMINS"
"""The setting that names who may make rules for everyone."""


def stored(kept: Kept, replaced: list[str], place: Place) -> Draft:
    """A rule that holds from now on, and those that it replaced."""
    gone = f" {' and '.join(replaced)} {'is' if len(replaced) == 1 else 'are'} retired." if replaced else ""
    day = datetime.now(UTC).date().isoformat()
    return Draft(
        title=f"Stored as {kept.id}",
        body=(
            f"{kept.id}: {said(rule_of(kept.rule), place.engine.catalog)}\n"
            f"It holds for {words_of(kept.scope, place.question)}, from now on, until somebody retires it.{gone}\n"
            f"Stored for {ledger.who(kept.by, place)} on {day}, out of the words “{ledger.unquoted(kept.quoted)}”."
        ),
        suggestions=("coach list", f"coach retire {kept.id}"),
        people=ledger.users(kept.by),
    )


def already(rule: Rule, old: Kept, place: Place) -> Draft:
    """A rule that says what one in force says."""
    return Draft(
        title=f"That is {old.id} already",
        body=f"{old.id} says so: {said(rule, place.engine.catalog)} So nothing had to be stored.",
        suggestions=("coach list",),
    )


def colliding(rule: Rule, found: Collision, place: Place) -> Draft:
    """A rule that cannot hold with the others is refused, and they are named."""
    role = place.engine.catalog.roles[found.role].name
    ids = [ledger.line(kept, place) for kept in place.in_force.kept if kept.id in found.rules]
    beside = "\n".join([f"It collides with {one}" for one in ids]) or "It cannot hold even by itself."
    why = " ".join(found.notes)
    return Draft(
        title="That cannot hold, nothing stored",
        body=(
            f"Understood: {said(rule, place.engine.catalog)}\n"
            f"In a list of fifteen for the {role} that cannot be kept, so nothing was stored. {why}\n{beside}"
        ),
        suggestions=tuple(f"coach retire {one}" for one in found.rules[:2]) or ("coach list",),
    )


def needs_admin(rule: Rule, place: Place) -> Draft:
    """Rules for everyone are for admins."""
    set_up = "ask one of them" if place.admins else f"none is named in {ADMINS} yet, so ask whoever runs me"
    instead = "" if defines(rule) else " For a rule of less reach say “for me” or “in this channel”."
    why = (
        "A definition or a calendar holds for the whole workspace"
        if defines(rule)
        else "A rule for the workspace"
    )
    return Draft(
        title="That needs an admin, nothing stored",
        body=(
            f"Understood: {said(rule, place.engine.catalog)}\n{why}, and only an admin may make it: {set_up}. "
            f"Nothing was stored.{instead}"
        ),
        suggestions=() if defines(rule) else (f"{place.question.text.rstrip('.')} for me",),
        refused=True,
    )


def not_yours(against: list[Kept], place: Place) -> Draft:
    """A rule that would retire what others rest on."""
    ids = " and ".join(old.id for old in against if not ledger.may_retire(old, place))
    return Draft(
        title="Not yours to retire, nothing stored",
        body=f"{ids} was made for others too, so only an admin may retire it; nothing was stored or retired.",
        suggestions=("coach list",),
        refused=True,
    )
