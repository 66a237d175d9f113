"""Words that claim something of a value, and what bears each of them out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from bot import wording
from bot.citations.words import phrases
from metrics.scorecard import Row
from metrics.values import Status

Verdict = Callable[[Row, str], bool]
"""Whether a row bears out a claim, given the clause it stands in."""

TARGET = phrases("targets?, goals?, plan, aim, band")
BEFORE = phrases("previous, previously, before, earlier, prior, preceding, was, from §")
WIDEST = phrases("""
    (?:largest|biggest|widest|furthest) (?:miss|gap|shortfall|distance|margin),
    (?:furthest|farthest) (?:from|off) (?:its |the )?target,
    (?:key|main|chief|first|biggest|largest) (?:concern|issue|problem|weakness|worry),
    (?:needs|deserves|merits|warrants|calls for) attention first, most (?:urgent|pressing)
""")
LARGEST_MOVE = phrases("(?:largest|biggest|widest) (?:move|movement|change|shift)")
SIDE = phrases("(business|people)(?: side| metrics)? (?:lags?|(?:is|are) lagging|trails?|is behind)")
OF_TARGET = "(?:its |the |their |our )?(?:target|goal|plan)"
NOT = r"(?:(?:did|does|do|has|have|is|was|were) not|(?:did|does|has|have|is|was)n't)"
REACHED = "(?:me(?:e?t|ets|eting)|(?:reach|hit|achiev|satisf|clear)(?:e|es|s|ed|y|ies|ied|ing)?)"
AS_BEFORE = (
    r" (?:(?:to )?(?:meet|miss|exceed|beat|trail|lag|be|stand|sit|run|fall short)"
    r"|above|below|within|on|at|short of|ahead of|behind)\b"
)
"""What "continues" may be followed by: that the value before stood there as well can be proved."""
BETTER = "(?:improved|improving|rose|risen|rising|up|higher|better)"
WORSE = "(?:worsened|worsening|fell|fallen|falling|down|lower|worse)"
GRAIN = "(?:day|week|month|quarter|year)"
MOVE_TO_PLACE = {"up": "above", "down": "below", "flat": "at"}


def _moved(way: wording.Move) -> Verdict:
    return lambda row, _: wording.moved(row) == way


def _improved(*, better: bool) -> Verdict:
    return lambda row, _: wording.improved(row) is better


def _meets(*, good: bool) -> Verdict:
    return lambda row, _: wording.meets(row) is good


def _further(*, away: bool) -> Verdict:
    """From a target that was missed before and is missed now, on the same side."""

    def holds(row: Row, _: str) -> bool:
        missed = wording.meets(row) is False and wording.lasting(row)
        return missed and wording.improved(row) is not None and wording.improved(row) is not away

    return holds


def _no_previous(row: Row, _: str) -> bool:
    suppressed = row.value.status is Status.SUPPRESSED
    return not suppressed and (row.previous is None or row.previous.value is None)


def _fares(*, well: bool) -> Verdict:
    """Against its target; without one, against the value before."""
    return lambda row, _: (wording.meets(row) if row.target else wording.improved(row)) is well


def _placed(wanted: Literal["above", "below"], *, usually_before: bool = False) -> Verdict:
    """Above or below what the clause names: its target, the value before, or both.

    A clause that names neither claims nothing, or means the value before where the word ``usually`` does.
    """

    def holds(row: Row, clause: str) -> bool:
        seen = []
        if TARGET.search(clause):
            seen.append(wording.place(row))
        if BEFORE.search(clause) or (usually_before and not seen):
            seen.append(MOVE_TO_PLACE.get(wording.moved(row) or ""))  # type: ignore[arg-type]
        return bool(seen) and all(where == wanted for where in seen)

    return holds


def _compared(*, better: bool) -> Verdict:
    """Better or worse than what the clause names; than before, where it names nothing."""

    def holds(row: Row, clause: str) -> bool:
        if TARGET.search(clause) and (wording.meets(row) is not better or wording.place(row) == "at"):
            return False
        only_target = TARGET.search(clause) and not BEFORE.search(clause)
        return bool(only_target) or wording.improved(row) is better

    return holds


DENIALS: tuple[tuple[re.Pattern[str], Verdict], ...] = (
    (
        phrases(rf"""
            {NOT} (?:change|changed|move|moved), no change, unchanged, flat, stable, stability, steady, constant,
            (?:the )?same as (?:before|(?:in )?the (?:previous|preceding|prior) {GRAIN}), the same,
            level with, held, neither {BETTER} nor {WORSE}, neither {WORSE} nor {BETTER}
        """),
        _moved("flat"),
    ),
    (
        phrases("""
            (?:no|without a) (?:previous|prior|earlier) (?:value|figure|reading)
            (?:(?:is|was|to compare) (?:available|shown|with))?
        """),
        _no_previous,
    ),
    (
        phrases(rf"""
            {NOT} (?:yet )?(?:at|on|{REACHED}) {OF_TARGET}, not (?:at|on) {OF_TARGET}, yet to {REACHED} {OF_TARGET},
            fail(?:s|ed|ing)? to {REACHED} {OF_TARGET}, {NOT} (?:yet )?(?:met|reached|hit|achieved)
        """),
        _meets(good=False),
    ),
)
"""Claims that may hold a denial of their own: they are taken out before any other is looked for."""

CLAIMS: tuple[tuple[re.Pattern[str], Verdict], ...] = (
    *DENIALS,
    (
        phrases(f"continu(?:es|ed|ing)(?={AS_BEFORE})"),
        lambda row, _: wording.lasting(row),
    ),
    (phrases(rf"(?:further|farther) (?:away )?from {OF_TARGET}"), _further(away=True)),
    (phrases(rf"closer to {OF_TARGET}"), _further(away=False)),
    (
        phrases(rf"""
            (?:falls?|fell|fallen|falling|comes?|came|stays?|stops?|lands|is) short, short of,
            off {OF_TARGET}, miss(?:es|ed|ing)?, shortfall, trail(?:s|ed|ing)?, behind {OF_TARGET},
            behind §, outside, lag(?:s|ged|ging)?, out of (?:its |the )?band, breach*
        """),
        _meets(good=False),
    ),
    (
        phrases(rf"""
            on {OF_TARGET}, on track, {REACHED} {OF_TARGET}, in line with, ahead of,
            within(?! the (?:people|business|list|scorecard)), inside,
            (?:is|was|are|were|been|being) (?:met|reached|achieved)
        """),
        _meets(good=True),
    ),
    (phrases("beat(?:s|ing|en)?, outperform*, better than, ahead, surpass*"), _compared(better=True)),
    (phrases("worse than, underperform*, behind"), _compared(better=False)),
    (
        phrases(
            f"above, over {OF_TARGET}, over its previous, exceed*, oversho*, (?:tops|topped|topping) {OF_TARGET}"
        ),
        _placed("above"),
    ),
    (phrases(f"below, beneath, under {OF_TARGET}, under its previous, undersho*"), _placed("below")),
    (phrases("higher"), _placed("above", usually_before=True)),
    (phrases("lower"), _placed("below", usually_before=True)),
    (
        phrases("""
            rose, ris(?:e|es|en|ing), increas*, grew, grow(?:s|n|ing|th)?, climb*, up, gain(?:s|ed|ing)?, advanc*,
            jump*, surg*, soar*, expand*, expansion, upward*, upturn, uptick, rebound*, rall(?:y|ied),
            spik*, inflat*, swell*
        """),
        _moved("up"),
    ),
    (
        phrases("""
            fell, fall(?:s|en|ing)?, decreas*, declin*, drop*, down, lost, los(?:e|es|ing), slip*, sank,
            sunk, sink*, shr[aiu]nk*, dip*, plung*, contract(?:s|ed|ing|ion), eas(?:ed|es|ing), slid*,
            slow*, reduc*, cut, plummet*, tumbl*, downward*, downturn, collaps*, crash*, shed
        """),
        _moved("down"),
    ),
    (
        phrases(
            "improv*, better, strengthen*, stronger, recover*, healthier, progress*, right (?:direction|way)"
        ),
        _improved(better=True),
    ),
    (
        phrases("wors*, wrong (?:direction|way), deteriorat*, weaken*, weaker, slump*, suffer*, regress*"),
        _improved(better=False),
    ),
    (
        phrases("""
            strong*, health*, solid*, robust*, excellent*, good, impressive*,
            outstanding*, success*, well, fine, satisfactory, remarkabl*,
            exceptional*, excels?, win, winning, thriv*, superb*, ideal*
        """),
        _meets(good=True),
    ),
    (phrases("positive*, encouraging*, favou?rabl*, promising, bright*, welcome"), _fares(well=True)),
    (phrases("negative*, disappointing*, unfavou?rabl*, concern*, worr*"), _fares(well=False)),
    (
        phrases("""
            weak*, poor*, bad*, alarming*,
            unhealthy, critical*, crisis, problem*, troubl*, fragile, struggl*, disast*, unacceptable,
            terribl*, dire, issues?, inadequate*, insufficient*, lacking
        """),
        _meets(good=False),
    ),
)
