"""The rules that are stored: listed, looked back at, and retired, by whoever may."""

from __future__ import annotations

import re

from bot.audience.places import read_alone
from bot.audience.rights import NotAllowedError
from bot.coaching.rules import defines, known, readable, rule_of, said
from bot.coaching.scopes import is_admin, may_teach, reaches, refuse_teaching, teaching, words_of
from bot.memory.coached import Kept, Proposal, retire, rules
from bot.memory.retention import FORGOTTEN
from bot.model import HERE
from bot.replies.draft import Draft, Place
from metrics.errors import UserError

USER = re.compile(r"[UW][A-Z0-9]{2,}")
"""Slack's id of a user."""


def listed(place: Place, *, retired: bool) -> Draft:
    """The rules for whoever asks here; with ``retired`` also those that no longer hold."""
    assert place.memory is not None
    kept = [one for one in rules(place.memory, retired=retired) if readable(one.rule) and _shown(one, place)]
    if not kept:
        return Draft(
            title="Nothing coached yet",
            body="No rule of your own is stored for you here. What holds without any: every list mixes business and "
            "people metrics (rule R01), in every thread and for everyone.",
            suggestions=(
                "Always include ramp time for our CRO",
                "At least 40 % people metrics in this channel",
            ),
        )
    active = [one for one in kept if one.retired_at is None]
    what = "Coached rules, with those that were retired" if retired else "Coached rules in force here"
    return Draft(
        title=f"{what}: {len(kept)}",
        body="\n".join(entry(one, place) for one in kept),
        kept=" ".join(one.id for one in kept),
        people=users(*(user for one in kept for user in (one.by, one.retired_by))),
        suggestions=(
            *(f"coach retire {one.id}" for one in active[-1:] if may_retire(one, place)),
            "coach list" if retired else "coach history",
        ),
        actions=tuple(
            (f"Retire {one.id}", f"coach retire {one.id}") for one in active if may_retire(one, place)
        ),
    )


def retired(rule_id: str, place: Place) -> Draft:
    """Retire one rule.

    Raises:
        UserError: there is no such rule for whoever asks, or somebody else was quicker.
        NotAllowedError: it is not theirs to retire.
    """
    assert place.memory is not None
    found = next((one for one in rules(place.memory) if one.id == rule_id), None)
    if found is None or not (_shown(found, place) or may_retire(found, place)):
        raise UserError(f"No coached rule {rule_id} is in force here: `coach list` shows those that are.")
    refuse_teaching(found.scope, place.question)
    if not may_retire(found, place):
        raise NotAllowedError(f"{rule_id} is for the whole workspace, so only an admin may retire it.")
    if not retire(place.memory, rule_id, place.question.user):
        raise UserError(f"{rule_id} was retired just now by somebody else.")
    return Draft(
        title=f"Retired {rule_id}",
        body=f"{line(found, place)}\nIt no longer holds. `coach history` keeps who made it and who retired it.",
        suggestions=("coach list",),
    )


def may_retire(kept: Kept, place: Place) -> bool:
    """One's own rules; for members those of the channel they are in too, and for admins all of them."""
    if not may_teach(kept.scope, place.question):
        return False
    own = kept.scope != "workspace" and reaches(kept, place.question.user, place.question.channel)
    return own or is_admin(place.question, place.admins)


def dropped(waiting: Proposal, place: Place) -> Draft:
    """A proposal that was turned down."""
    return Draft(
        title="Not stored",
        body=f"Nothing was stored of this: {said(rule_of(waiting.rule), place.engine.catalog)}",
        suggestions=("coach list",),
    )


def closed() -> Draft:
    """An answer to a proposal that is gone: answered before, replaced by a newer one, or too old."""
    return Draft(
        title="Nothing is open here",
        body="No proposal of yours waits in this thread any more, so nothing was stored. Say the rule again.",
        suggestions=("coach list",),
    )


def line(kept: Kept, place: Place) -> str:
    """A rule with its id and for whom; another person's own rule without what it says."""
    if not _shown(kept, place):
        return f"{kept.id}, a rule that somebody else has for {'themselves' if kept.scope == 'user' else 'a channel'}."
    return f"{kept.id} (for {words_of(kept.scope, place.question)}): {_words(kept, place)}"


def entry(kept: Kept, place: Place) -> str:
    """A rule in the list: what, for whom; for people of the company also by whom, when, in which words."""
    if teaching(place.question) == "nothing":
        return line(kept, place)
    words = f": “{unquoted(kept.quoted)}”" if kept.quoted else ""
    told = f"{line(kept, place)} By {who(kept.by, place)} on {kept.at.date().isoformat()}{words}."
    if kept.retired_at is None:
        return told
    return f"{told} Retired by {who(kept.retired_by or '', place)} on {kept.retired_at.date().isoformat()}."


def who(user: str, place: Place) -> str:
    """Somebody as whoever reads it knows them: you, a user whom Slack names, in the terminal the plain id."""
    question = place.question
    if user == FORGOTTEN:
        return "somebody who was forgotten"
    if question.operator or question.channel == HERE:
        return user
    if user == question.user and read_alone(question.channel):
        return "you"
    return f"@{user}" if users(user) else user


def users(*ids: str | None) -> tuple[str, ...]:
    """Those of them that are users of Slack, each once."""
    return tuple(dict.fromkeys(one for one in ids if one and USER.fullmatch(one)))


def unquoted(words: str) -> str:
    """Somebody's words, fit to stand between our quotes on one line."""
    return " ".join(words.replace("“", "'").replace("”", "'").split())


def _shown(kept: Kept, place: Place) -> bool:
    return reaches(kept, place.question.user, place.question.channel)


def _words(kept: Kept, place: Place) -> str:
    rule = rule_of(kept.rule)
    if not known(rule, place.engine.catalog):
        return "it names what this company's catalog does not have, so it rests."
    if defines(rule) and kept.company != place.engine.company.file.name:
        return f"{said(rule, place.engine.catalog)} It was taught about {kept.company}, so it rests here."
    return said(rule, place.engine.catalog)
