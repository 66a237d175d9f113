"""Refuse figures that no mark holds: digits, numbers in words, quantities, sizes and hedges of a figure."""

from __future__ import annotations

from bot.citations.counts import without_counts
from bot.citations.facts import Facts
from bot.citations.sentences import Sentence, Word
from bot.citations.words import phrases

NUMBERS = phrases(r"""
    zero, nil, nought, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, \w+teen,
    twent*, thirt*, fort(?:y|ies), fift*, sixt*, sevent*, eight(?:y|ies), ninet*, *hundred*, *thousand*,
    *illions?, dozens?, half, halv*, thirds?, fourths?, fifths?, sixths?, tenths?, second, quarters,
    (?:a|one) quarter(?! (?:earlier|before)), quarter of, once, twice, thrice, doubl*, tripl*, trebl*,
    quadrupl*, *fold, *percent*,
    per cent, pp, bps, basis points?, points?, usd, eur, gbp, dollars?, euros?, pounds?, times, couple,
    pair, multiple, factor of, (?<!the )(?<!this )(?<!that )one
""")
QUANTITIES = phrases("""
    most, majority, minority, many, several, few, fewer, all, every, everything, everyone, none, nobody,
    nothing, numerous, bulk, fraction, handful, proportion, share of, portion, plenty, lots?, much, more,
    less, each, any, various, countless, entire, whole, total of, no one
""")
SIZES = phrases("""
    sharp(?:ly)?, steep(?:ly)?, slight(?:ly)?, significant(?:ly)?, substantial(?:ly)?, dramatic(?:ally)?,
    considerabl[ey], marked(?:ly)?, marginal(?:ly)?, modest(?:ly)?, massive(?:ly)?, huge(?:ly)?,
    vast(?:ly)?, tiny, large(?:ly)?, big, small, major, minor, great(?:ly)?, enormous(?:ly)?, rapid(?:ly)?,
    mild(?:ly)?, narrow(?:ly)?, heav(?:y|ily), material(?:ly)?, steadily, barely, far, deeply,
    well (?:above|below|ahead|behind|short), just (?:above|below|short|under|over),
    a (?:bit|little|touch|hair)
""")
HEDGES = phrases("""
    (?:about|around|nearly|almost|roughly|approximately|approx|circa|some|over|under|at least|at most) §,
    (?:close to|near|north of|south of|beyond|exceeding|just|only|hardly) §,
    § (?:or (?:so|more|less)|ish|plus)
""")
IDIOMS = phrases("""
    as well as, at all, in all, once more, more (?:positively|encouragingly|favou?rably), most (?:urgent|pressing),
    (?:withheld|suppressed|hidden) to protect small groups
""")


def untold(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse any figure, in digits or in words, that does not come out of a mark."""
    if any(
        isinstance(token, Word) and any(letter.isdigit() for letter in token.text)
        for token in sentence.tokens
    ):
        return "holds a figure that was not computed"
    text = IDIOMS.sub("", without_counts(sentence, facts))
    for pattern, what in (
        (NUMBERS, "a number in words"),
        (QUANTITIES, "a quantity in words"),
        (SIZES, "a size in words"),
        (HEDGES, "a hedge around a figure"),
    ):
        if found := pattern.search(text):
            return f"holds {what}: {found[0]!r}"
    return None
