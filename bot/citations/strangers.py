"""Refuse what the scorecard does not hold: other metrics and roles, people, groups, other standards."""

from __future__ import annotations

from bot.citations.facts import Facts
from bot.citations.names import Name
from bot.citations.sentences import Mark, Sentence, Token, Word
from bot.citations.words import phrases, vocabulary

OPENERS = vocabulary("""
    the a an it its this that these those with at on against while for in of both business people compared
    among meanwhile overall here look watch start next note also however but and still only no there after
    before from as although though despite beside besides together alongside by to where what when which
    currently now then yet so even if not to keep see set put read take likewise similarly conversely
    instead notably importantly company our your their turning standing sitting looking starting rising
    falling up down within behind ahead short below above once first finally lastly another under over
    attention worth
""")
ARTICLES = vocabulary("the a an its our your their this that both overall same current latest reported")
BEFORE_A_NAME = ARTICLES | vocabulary("""
    and or but while whereas though although with for of in on to from by at as than against is are was were
    where then meanwhile watch see also has have behind metric metrics guards guard beside alongside besides
    puts keeps only here still yet company total like named called through toward towards when after until
    even first next including holds shows show likewise company's it which business people side between not
    say read stands stand comes follows lists list leads
""")
SCOPE = vocabulary("in among amongst within across inside throughout for at per outside excluding except")
SCOPE_FITS = vocabulary("""
    period quarter month year week target plan goal list scorecard set mix company business people side
    sides total view focus line place hand turn part attention mind contrast comparison addition particular
    short fact terms balance direction isolation question light front now present odds table role itself
    watching review detail context check step tandem parallel first glance end start which it them what
    least rank order discussion action closer reading figures values metrics one previous prior preceding
""")
GROUPS = phrases("""
    men, women, man, woman, male, females?, gender, young*, older, age, ethnic*, race, religio*, disab*,
    pregnan*, engineers?, sellers?, recruits?, region*, countr(?:y|ies), offices?, department*, divisions?,
    segments?, cohorts?, enterprise, smb, mid ?-? ?market, emea, apac, latam, dach, europe*, north*, south*,
    east*, west*, individuals?, persons?, someone, somebody, he, she, him, her, his, hers, they, who, whose,
    whom, colleagues?, salar(?:y|ies), bonus*, ratings?
""")
STANDARDS = phrases("""
    industry, benchmark*, averages?, median, peers?, competit*, rivals?, norms?, normal*, typical*, usual*,
    market, world, class, sector, standards?, elsewhere, other companies
""")


def strange(sentence: Sentence, facts: Facts) -> str | None:  # noqa: ARG001 - all checks look alike
    """Refuse names, groups and standards that are not in the scorecard."""
    return _stranger(sentence) or _capitals(sentence) or _scope(sentence) or _words(sentence)


def _stranger(sentence: Sentence) -> str | None:
    for token in sentence.tokens:
        if isinstance(token, Name) and token.kind == "stranger":
            return f"names {token.text!r}, which is not in this scorecard"
    return None


def _capitals(sentence: Sentence) -> str | None:
    """Refuse a capital: it is a name, except at the start of a sentence, where the word must be one to open with."""
    for place, token in enumerate(sentence.tokens):
        if isinstance(token, Word) and token.text[0].isupper():
            opens = place == 0 and token.lower in OPENERS and (token.text == "A" or not token.text.isupper())
            if not opens:
                return f"names {token.text!r}, which is not in this scorecard"
    return None


def _scope(sentence: Sentence) -> str | None:
    """Refuse words that narrow a metric to some group, before its name or behind a preposition."""
    tokens = sentence.tokens
    for place, token in enumerate(tokens):
        if isinstance(token, Name) and token.kind == "metric" and place:
            before = tokens[place - 1]
            if isinstance(before, Word) and before.text.isalpha() and before.lower not in BEFORE_A_NAME:
                return f"narrows a metric to {before.text!r}"
        if isinstance(token, Word) and token.lower in SCOPE and not _fits(tokens[place + 1 :]):
            return f"speaks of a part of the company: {token.lower!r}"
    return None


def _fits(after: tuple[Token, ...]) -> bool:
    for token in after:
        if isinstance(token, Mark | Name):
            return True
        if token.lower not in ARTICLES:
            return token.lower in SCOPE_FITS
    return False


def _words(sentence: Sentence) -> str | None:
    if found := GROUPS.search(sentence.plain):
        return f"speaks of people or groups: {found[0]!r}"
    if found := STANDARDS.search(sentence.plain):
        return f"compares with what was not computed: {found[0]!r}"
    return None
