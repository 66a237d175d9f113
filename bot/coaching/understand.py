"""Plain words -> a typed rule and its scope; a choice where they leave one; a limit where it cannot be had."""

from __future__ import annotations

import re

from bot.coaching import means, verbs
from bot.coaching.heard import Choice, Heard, Limited, Understood
from bot.coaching.rules import Exclude, FiscalYear, Include, Share
from bot.coaching.scopes import scope_said
from bot.coaching.teacher import Teacher
from bot.coaching.turns import own_words
from bot.coaching.ways import by_id
from bot.memory.coached import Scope
from bot.reading.seen import Seen
from bot.reading.words.lexicon import lexicon
from bot.reading.words.spelling import respell
from bot.reading.words.text import plain
from metrics.balance.shares import HIGHEST, LOWEST
from metrics.model import Catalog, Side


def understand(text: str, teacher: Teacher) -> Heard:
    """What a lesson means; None where nothing that can be taught was understood."""
    asked = respell(plain(own_words(text)), lexicon(teacher.catalog).vocabulary)
    scope, lesson = scope_said(asked)
    if rule := by_id(plain(text), teacher.catalog):  # as it was typed: an id is no word to be mended
        return Understood(rule, scope)
    for read in (_forgot, _balance, _calendar, _company, _share, means.read, _pins, _never, _locked):
        heard = read(lesson, teacher, scope)
        if heard is not None:
            return heard
    return None


def teaches(text: str, catalog: Catalog) -> bool:
    """Whether words are a lesson beyond doubt, or one that cannot be had."""
    return isinstance(understand(text, Teacher(catalog)), Understood | Limited)


def _forgot(lesson: str, teacher: Teacher, _scope: Scope | None) -> Heard:
    """No rule, but a question what the list holds: 'you forgot people metrics'."""
    if not verbs.FORGOT.search(lesson):
        return None
    return Limited("forgot", side=teacher.look(lesson).about or "people")


def _balance(lesson: str, teacher: Teacher, _scope: Scope | None) -> Heard:
    """Who asks for balance asks for what every list has: nothing has to be taught for it."""
    if not verbs.BALANCE.search(lesson) or verbs.AGAINST.search(lesson) or verbs.SHARE.search(lesson):
        return None
    return None if teacher.look(verbs.bare(lesson)).metrics else Limited("holds")


def _calendar(lesson: str, _teacher: Teacher, scope: Scope | None) -> Heard:
    if found := verbs.FISCAL.search(lesson):
        whole = found["day"] in (None, "1", "1st", "first")
        return (
            Understood(FiscalYear(month=verbs.month(found["month"])), scope)
            if whole
            else Limited("fiscal_day")
        )
    return Limited("week") if verbs.WEEK.search(lesson) else None


def _company(lesson: str, _teacher: Teacher, _scope: Scope | None) -> Heard:
    """What belongs to `company.toml`: targets, goals, currency."""
    return Limited("company") if verbs.COMPANY.search(lesson) else None


def _share(lesson: str, teacher: Teacher, scope: Scope | None) -> Heard:
    found = verbs.SHARE.search(lesson) or verbs.HALF.search(lesson)
    if not found:
        return None
    side: Side = "people" if re.match(verbs.PEOPLE, found["side"]) else "business"
    percent = int(found["percent"]) if "percent" in found.groupdict() else 50
    if found["most"]:
        side, percent = "business" if side == "people" else "people", 100 - percent
    if not LOWEST <= percent <= HIGHEST:
        return Limited("share", side=side)
    seen = teacher.look(lesson)
    return Understood(Share(side=side, percent=percent, role=seen.role.role), scope, _assumed(seen))


def _pins(lesson: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """What is always to be there."""
    if not verbs.ALWAYS.search(lesson):
        return None
    return _about_metrics(lesson, teacher, scope, Include)


def _never(lesson: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """What is never to be there."""
    if not verbs.NEVER.search(lesson):
        return None
    return _about_metrics(lesson, teacher, scope, Exclude)


def _about_metrics(
    lesson: str, teacher: Teacher, scope: Scope | None, kind: type[Include | Exclude]
) -> Heard:
    seen = teacher.look(verbs.bare(lesson))
    if verbs.GUARDED.search(lesson) and not seen.metrics:
        return Limited("guarded")
    verb = "Always include" if kind is Include else "Never show"
    if seen.unclear or (not seen.metrics and seen.nearly and not seen.side):
        names = [teacher.catalog.metrics[name].name for name in (seen.unclear or seen.nearly)[:3]]
        return Choice(tuple(f"{verb} {name}" for name in names))
    if seen.metrics:
        rule = kind(metrics=seen.metrics, role=seen.role.role)
        lead = verbs.LEAD.search(lesson) is not None
        said = ("A first place cannot be taught: it is kept within the first ten.",) if lead else ()
        return Understood(rule, scope, (*_assumed(seen), *seen.named.assumed, *said))
    side = seen.about or seen.side
    if side is None:
        return None
    return Limited("always_side" if kind is Include else "floor", side=verbs.named(lesson) or side)


def _locked(lesson: str, _teacher: Teacher, _scope: Scope | None) -> Heard:
    """What no coaching can change."""
    if verbs.SIDE_OF.search(lesson):
        return Limited("side")
    if verbs.GUARDED.search(lesson):
        return None if verbs.ASKS.match(lesson) else Limited("guarded")
    return Limited("block") if verbs.BLOCK.search(lesson) else None


def _assumed(seen: Seen) -> tuple[str, ...]:
    return (seen.role.assumed,) if seen.role.assumed else ()
