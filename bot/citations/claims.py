"""Refuse directions, judgements and comparisons that the values do not bear out.

A claim belongs to the metrics that its clause speaks of (``subjects``), and must hold for each; each must be
marked in the sentence, so that the claim carries a receipt. What cannot be tied to metrics so is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording
from bot.citations.absences import absences, without_absences
from bot.citations.aims import AIMS, ASIDE
from bot.citations.counts import counted
from bot.citations.facts import Facts
from bot.citations.lexicon import CLAIMS, DENIALS, LARGEST_MOVE, SIDE, WIDEST
from bot.citations.sentences import Sentence
from bot.citations.subjects import spoken
from bot.citations.words import phrases
from metrics.scorecard import Row

NEGATION = phrases(
    r"not, no, never, without, neither, nor, \w+n't, fail*, rather, instead, unlike, anything but, stopped"
)
TOGETHER = phrases(r"""
    both, former, latter, respectively, each other, than ¤,
    (?:mov|chang|shift|com(?=e|i)|go)* (?:with|together|alongside),
    compared(?! (?:with|to) (?:§|(?:the|its) (?:previous|preceding|prior)|(?:a|the|its) (?:§ )?(?:target|goal))),
    (?:versus|vs)(?! (?:§|(?:the |its )(?:previous|preceding|prior)|(?:a |the |its )?(?:§ )?(?:target|goal))),
    outpac*, unlike, comparabl*,
    as (?:is|was|are|were) ¤, ¤ (?:also|likewise|too)(?: \.)?$, (?<!^)likewise, balanc(?:es|ed)(?: by)? ¤,
    similar*, equal*, match*, identical, differ*, mixed, diverg*, converg*, uneven
""")
BEST = phrases("""
    highest, lowest, largest, biggest, smallest, strongest, weakest, widest, furthest, steepest, sharpest,
    fastest, slowest, healthiest, greatest, closest, latest peak, best, worst, least, top, foremost,
    leading, first, last, main, chief, primary, key, peak, unmatched, unique
""")
LOOSE = phrases(r"""
    high, low, highly, volatile, fast, slow, quick*, extreme*, unusual*, surpris*, revers*,
    same as(?! (?:before|(?:in )?the (?:previous|preceding|prior))),
    (?<!further )(?<!away )(?<!closer )(?:from|to|towards?) (?:its|the|their) target,
    (?:improv|worsen|rais|lower|mov|chang|increas|decreas|reduc|rise|rising|rose|fall|fell|drop|grow|grew)*
    (?:its |the |their |our )?(?:targets?|goals?)
""")
IDIOMS = phrases("""
    made up of, as well as, as well, at best, (?<=§ )respectively, ^first ,, at the same time,
    (?:by|in) comparison (?:with|to) the (?:previous|preceding|prior),
    (?:people|business) first, (?:cover|span|mix|balanc|combin)(?:e?s|e?d|ing)? both sides
""")


def unborne(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse a claim that the values of its metric do not bear out."""
    if (side := SIDE.search(sentence.plain)) and not sentence.marks:
        lags = wording.lagging_side(facts.scorecard) == side[1] and not NEGATION.search(sentence.plain)
        return None if lags else f"says of a side what the values do not: {side[0]!r}"
    marked = {mark.metric for mark in sentence.marks}
    absent = absences(sentence, marked)
    for clause in spoken(sentence, facts.subject):
        if counted(sentence.clauses[clause.place], facts):
            continue
        said = IDIOMS.sub("", clause.words)
        words = without_absences(said, clause.about | absent.get(clause.place, frozenset()), facts)
        if words is None:
            return "says of a value that it is not there, and it is"
        rows = [facts.row(metric) if metric in marked else None for metric in sorted(clause.about)]
        if reason := _refused(words, rows if clause.clear else [], facts):
            return reason
    return None


def _refused(clause: str, rows: Sequence[Row | None], facts: Facts) -> str | None:
    """Take the claims out of a clause one kind after the other, longest phrases first, and judge each."""
    for pattern, which in ((WIDEST, wording.widest_miss), (LARGEST_MOVE, wording.largest_move)):
        most = pattern.search(clause)
        if most and (len(rows) != 1 or rows[0] is None or rows[0] is not which(facts.scorecard)):
            return f"claims {most[0]!r}, which the values do not bear out"
    rest = LARGEST_MOVE.sub("move", WIDEST.sub("miss", clause))
    for pattern in (BEST, LOOSE, AIMS, ASIDE, TOGETHER):
        if found := pattern.search(rest):
            return f"compares what was not compared: {found[0]!r}"
    for pattern, verdict in CLAIMS:
        found = pattern.search(rest)
        if found and (pattern, verdict) not in DENIALS and NEGATION.search(rest):
            return f"denies or turns a claim: {found[0]!r}"
        if found and not (rows and all(row is not None and verdict(row, clause) for row in rows)):
            return f"claims {found[0]!r}, which the values do not bear out"
        rest = pattern.sub(" ", rest)
    return None
