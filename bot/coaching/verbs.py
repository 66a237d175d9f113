"""The words in which lessons are given. Each cue is a list of alternatives over plain text."""

from __future__ import annotations

import re

from bot.coaching.rules import MONTHS
from metrics.model import Side


def cue(*alternatives: str) -> re.Pattern[str]:
    """One pattern out of several."""
    return re.compile("|".join(alternatives))


PEOPLE = r"(?:people|human|hr|employee|staff|leadership|talent|workforce|team)"
BUSINESS = r"(?:business|revenue|financial|finance|commercial)"
SIDES = rf"(?P<side>{PEOPLE}|{BUSINESS})"
_THINGS = r"(?:[- ]?(?:side|management))?(?: (?:metrics?|kpis?|numbers?|measures?|ones|indicators?|stuff))?"
_MONTH = (
    rf"(?P<month>{'|'.join(name.lower() for name in MONTHS)}|{'|'.join(name[:3].lower() for name in MONTHS)})"
)
_LIST = (
    r"(?:includ\w+|show\w*|list\w*|suggest\w*|recommend\w*|mention\w*|track\w*|report\w*|rank\w*|use|using|put|add"
    r"|have|keep)"
)
_LEAVE = r"(?:forget|leave out|omit|drop|skip|exclude|remove|miss)"

FORGOT = cue(
    r"\b(?:you|u|it) (?:always |keep |kept |still |again )*"
    r"(?:forg[eo]t\w*|left out|leave out|miss(?:ed|ing)?|omitted|dropped|ignored?)\b",
    r"\bwhere (?:are|did) (?:the|my|our) .{0,20}(?:metrics|people)\b",
)
ALWAYS = cue(
    rf"\balways (?:{_LIST}|want|need|lead|start|see)\b",
    rf"\b(?:never|don't ever|do not ever|don't|do not|not) (?:ever )?{_LEAVE}\b",
    rf"\bfrom now on,? (?:please )?{_LIST}\b",
    rf"\bgoing forward,? (?:please )?{_LIST}\b",
    rf"\bremember to (?:always )?{_LIST}\b",
    rf"\b{_LIST} .+ (?:always|every time|from now on|going forward|in (?:every|each|all) (?:list|answer)s?)\b",
    r"\b(?:must|should|has to|have to|needs to) always\b",
    r"\bmake sure .+ (?:is|are) (?:always )?(?:there|included|on (?:the|every) list|in)\b",
    r"\bpin\b",
    r"\b(?:lead|start) with\b",
    r"^(?:please )?(?:include|add|show) ",
)
LEAD = cue(r"\b(?:lead|start) with\b", r"\b(?:first|on top|at the top)\b")
NEVER = cue(
    r"\b(?:never|don't ever|do not ever|don't|do not|stop|no longer|not) (?:ever )?(?:again )?"
    rf"(?:want to see|{_LIST}|see|give)\b",
    r"\b(?:hide|leave out|drop|remove|skip|exclude|ban|omit|get rid of|lose|ditch|cut|kill)\b",
    r"\bno (?:more )?(?=\w)",
    r"\bwithout\b",
)
SHARE = cue(
    rf"(?:(?P<most>at most|no more than|max(?:imum)?(?: of)?|up to)|(?:at least|no less than|min(?:imum)?(?: of)?))?"
    rf" ?\b(?P<percent>\d{{1,3}}) ?(?:%|percent)(?: of)?(?: the| them| (?:a|the|every|each) list| all)?"
    rf"(?: (?:are|is|must be|should be|to be|being))? ?{SIDES}\b{_THINGS}",
)
HALF = cue(
    rf"(?P<most>at most )?\bhalf (?:of )?(?:the |a |every |each )?(?:list )?(?:\w+ be |are |is )?{SIDES}\b{_THINGS}"
)
FISCAL = cue(
    r"\b(?:fiscal|financial|business|accounting) year\b.{0,20}?\b(?:starts?|begins?|runs?)\b"
    rf"(?: (?:in|on|with|from|at))?(?: the)?(?: (?P<day>\d{{1,2}}(?:st|nd|rd|th)?|first)(?: of)?)? ?{_MONTH}\b"
)
WEEK = cue(r"\bweeks? (?:always )?(?:starts?|begins?|runs?)\b")
COMPANY = cue(
    r"\b(?:target|targets|goal|goals|objective)\b.{0,40}\b(?:is|are|at|of|to|=)\b",
    r"\b(?:our )?(?:currency|time ?zone)\b.{0,10}\b(?:is|to)\b",
    r"\bwe (?:report|count) in (?:eur|usd|gbp|euros?|dollars?|pounds?)\b",
)
SIDE_OF = cue(
    r"\b(?:is|are|as|to be|into|called) (?:really |actually )?(?:a |an )?"
    rf"(?:{PEOPLE}|{BUSINESS}) (?:metric|kpi|one)s?\b",
    r"\bcounts? as (?:a |an )?(?:people|business)\b",
)
GUARDED = cue(
    r"\b(?:salar(?:y|ies)|pay|individual|single person|names? of|small groups?|suppress\w*|threshold|anonym\w+"
    r"|sensitiv\w+|privacy|confidential\w*|everyone'?s|by name)\b"
)
ASKS = re.compile(
    r"(?:and |so |but |ok )*(?:what|how|which|why|who|whose|where|when|is|are|do|does|did|was|were)\b"
)
"""A question, which asks to change nothing."""
BALANCE = cue(r"\b(?:balanced?|mix(?:ed)?|both (?:sides|kinds|sets|business|people))\b")
AGAINST = cue(
    r"\b(?:no|not|never|without|don't|drop|ignore|stop|forget|skip|remove|disable|override|bypass|off|change|less"
    r"|relax|loosen|instead|except|rules?|floors?|r\d{2})\b"
)
BLOCK = cue(
    r"\br\d{2}\b",
    r"\b(?:rules?|balance|balanced|floors?|counter-?metrics?|receipts?|citations?|sources?)\b",
    r"\bvanity\b",
)

_BARE = cue(
    r"\b(?:always|never|don't|do not|stop|ever|again|from now on|going forward|remember|please|make sure|no longer)\b",
    r"\bno more\b",
    rf"\b{_LIST}\b",
    rf"\b{_LEAVE}\b",
    r"\b(?:lead|start) with\b",
    r"\b(?:pin|hide|ban|get rid of|without|want to see|see|first|on top|at the top)\b",
)


def bare(lesson: str) -> str:
    """The lesson without its verbs: what it is about."""
    return " ".join(_BARE.sub(" ", lesson).split())


def month(name: str) -> int:
    """The month of that name, from 1."""
    return next(number for number, full in enumerate(MONTHS, 1) if full.lower().startswith(name[:3]))


def named(lesson: str) -> Side | None:
    """The one side that the lesson calls by its name."""
    people, business = re.search(rf"\b{PEOPLE}\b", lesson), re.search(rf"\b{BUSINESS}\b", lesson)
    if bool(people) == bool(business):
        return None
    return "people" if people else "business"
