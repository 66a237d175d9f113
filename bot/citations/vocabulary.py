"""Refuse words that nothing here can judge: what is neither harmless nor judged by a check is a claim.

A list of forbidden words is never long enough ("cratered", "the northern team", "Anna"). This one is
closed from the other side: the words sentences are built with, and those that ``lexicon`` can prove.
"""

from __future__ import annotations

from bot.citations.absences import ABSENCES
from bot.citations.counts import without_counts
from bot.citations.facts import Facts
from bot.citations.lexicon import CLAIMS, LARGEST_MOVE, WIDEST
from bot.citations.sentences import Sentence
from bot.citations.words import phrases, vocabulary

HARMLESS = vocabulary("""
    the a an this that these those its it our your their such own other another is are was were be been
    being has have had having does do did done stands stand stood standing sits sit sat sitting remains
    remain remained remaining stays stay stayed comes come came coming goes go went going gone shows show
    showed shown showing sees see saw seen seeing reads read reports report reported reaches reach reached
    reaching hits hit moved moves move moving changed changes change changing shifted shift holds hold
    covers cover covering includes include including counts count lists list listed carries keeps keep
    kept sets set marks mark looks look looking turns turn turning
    needs need deserves deserve merits merit warrants warrant calls asks ask watch watched watching note
    noted closer attention focus worth eye start
    at of to in on by for from with against as than between beside besides alongside together
    toward towards through among across over under before after during into onto about per via off out
    around behind below above and or but while whereas though although yet however meanwhile overall still
    now then here there also too when where which what how both either despite apart aside
    likewise similarly conversely instead currently notably finally first next latest current new previous
    previously prior preceding earlier level levels figure figures value values reading readings
    result results performance measure measures metric metrics score scores rate rates target targets goal
    goals plan band range period quarter month year week direction way side sides business
    people company company's list scorecard mix balance balances balancing scale set order rank
    place item row rows line part picture summary view gap distance difference s
    finishes finished finishing lands landed landing arrives arrived leaving leaves ends ended ending closes
    closed closing puts put running total totals totalled amounts
    belongs mixes mixing combines combining contrast compared versus vs
    within elsewhere separately additionally addition equally one balanced split divided contains containing
    comprises comprising consists spans spanning features featuring holding representing standing position
    status end close even ground spot since delivered delivers delivering registered registers registering
    returned returns requires require made makes making headline headlines snapshot board pack review
    objective threshold bar desired intended wanted wants required agreed stated its itself themselves
    terms relative reference respect regard regards word summary closely back
    putting news
    turned reflecting following them they
""")
HARMLESS_PHRASES = phrases("""
    most (?:urgent|pressing), in all, made up of, more (?:positively|encouragingly|favou?rably), at the same time,
    (?:by|in) comparison (?:with|to), ¤ (?:has |have )?(?:posted|recorded),
    (?<=§ )respectively, to protect small groups, (?:taking|bringing) it,
    (?<=of § )(?:took|takes|taking|brought|brings|bringing)
""")
"""Words that say nothing of their own only where they stand like this."""


def unknown(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse a sentence with a word that is neither harmless nor provable."""
    rest = HARMLESS_PHRASES.sub(" ", LARGEST_MOVE.sub(" ", WIDEST.sub(" ", without_counts(sentence, facts))))
    for pattern, _ in (*ABSENCES, *CLAIMS):
        rest = pattern.sub(" ", rest)
    for word in rest.split():
        if word[0].isalpha() and word not in HARMLESS:
            return f"uses a word that nothing here can prove: {word!r}"
    return None
