"""Words that claim something of a value, and what bears each of them out."""

from __future__ import annotations

import re

from bot import wording
from bot.citations.verdicts import (
    Verdict,
    compared,
    fares,
    further,
    improved,
    meets,
    moved,
    no_previous,
    placed,
)
from bot.citations.words import phrases

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

DENIALS: tuple[tuple[re.Pattern[str], Verdict], ...] = (
    (
        phrases(rf"""
            {NOT} (?:change|changed|move|moved), no change, unchanged, flat, stable, stability, steady, constant,
            (?:the )?same as (?:before|(?:in )?the (?:previous|preceding|prior) {GRAIN}), the same,
            level with, held, (?:kept|keeps?|keeping) (?:its|the|this|that) (?:level|place|position|value|spot),
            (?:has|have) (?:been|stood|stayed|sat|remained) at § since,
            (?:at|to) (?:its|the) (?:previous|prior|preceding|earlier) (?:value|level|figure|reading),
            neither {BETTER} nor {WORSE}, neither {WORSE} nor {BETTER}
        """),
        moved("flat"),
    ),
    (
        phrases("""
            (?:no|without a) (?:previous|prior|earlier) (?:value|figure|reading)
            (?:(?:is|was|to compare) (?:available|shown|with))?
        """),
        no_previous,
    ),
    (
        phrases(rf"""
            {NOT} (?:yet )?(?:at|on|{REACHED}) {OF_TARGET}, not (?:at|on) {OF_TARGET}, yet to {REACHED} {OF_TARGET},
            fail(?:s|ed|ing)? to {REACHED} {OF_TARGET}, {NOT} (?:yet )?(?:met|reached|hit|achieved)
        """),
        meets(good=False),
    ),
)
"""Claims that may hold a denial of their own: they are taken out before any other is looked for."""

CLAIMS: tuple[tuple[re.Pattern[str], Verdict], ...] = (
    *DENIALS,
    (
        phrases(f"continu(?:es|ed|ing)(?={AS_BEFORE})"),
        lambda row, _: wording.lasting(row),
    ),
    (phrases(rf"(?:further|farther) (?:away )?from {OF_TARGET}"), further(away=True)),
    (phrases(rf"closer to {OF_TARGET}"), further(away=False)),
    (
        phrases(rf"""
            (?:falls?|fell|fallen|falling|comes?|came|stays?|stops?|lands|is) short, short of,
            off {OF_TARGET}, miss(?:es|ed|ing)?, shortfall, trail(?:s|ed|ing)?, behind {OF_TARGET},
            behind §, outside, lag(?:s|ged|ging)?, out of (?:its |the )?band, breach*
        """),
        meets(good=False),
    ),
    (
        phrases(rf"""
            (?:on|at) {OF_TARGET}, on track, {REACHED} {OF_TARGET}, in line with, ahead of,
            within(?! the (?:people|business|list|scorecard)), inside, (?<!bright )spot on, even with {OF_TARGET},
            as (?:desired|agreed|intended|wanted|required),
            (?:delivered|delivers|returned|returns|made|makes) {OF_TARGET},
            (?:is|was|are|were|been|being) (?:met|reached|achieved)
        """),
        meets(good=True),
    ),
    (phrases("beat(?:s|ing|en)?, outperform*, better than, ahead, surpass*"), compared(better=True)),
    (phrases("worse than, underperform*, behind"), compared(better=False)),
    (
        phrases(
            f"above, over {OF_TARGET}, over its previous, exceed*, oversho*, (?:tops|topped|topping) {OF_TARGET}"
        ),
        placed("above"),
    ),
    (phrases(f"below, beneath, under {OF_TARGET}, under its previous, undersho*"), placed("below")),
    (phrases("higher"), placed("above", usually_before=True)),
    (phrases("lower"), placed("below", usually_before=True)),
    (
        phrases("""
            rose, ris(?:e|es|en|ing), increas*, grew, grow(?:s|n|ing|th)?, climb*, up, gain(?:s|ed|ing)?, advanc*,
            jump*, surg*, soar*, expand*, expansion, upward*, upturn, uptick, rebound*, rall(?:y|ied),
            spik*, inflat*, swell*
        """),
        moved("up"),
    ),
    (
        phrases("""
            fell, fall(?:s|en|ing)?, decreas*, declin*, drop*, down, lost, los(?:e|es|ing), slip*, sank,
            sunk, sink*, shr[aiu]nk*, dip*, plung*, contract(?:s|ed|ing|ion), eas(?:ed|es|ing), slid*,
            slow*, reduc*, cut, plummet*, tumbl*, downward*, downturn, collaps*, crash*, shed
        """),
        moved("down"),
    ),
    (
        phrases("(?:chang|mov|shift)(?:ed|es|s|ing)"),
        lambda row, _: wording.moved(row) in ("up", "down"),
    ),
    (
        phrases(
            "improv*, better, strengthen*, stronger, recover*, healthier, progress*, right (?:direction|way)"
        ),
        improved(better=True),
    ),
    (
        phrases("wors*, wrong (?:direction|way), deteriorat*, weaken*, weaker, slump*, suffer*, regress*"),
        improved(better=False),
    ),
    (
        phrases("""
            strong*, health*, solid*, robust*, excellent*, good, impressive*,
            outstanding*, success*, well, fine, satisfactory, remarkabl*,
            exceptional*, excels?, win, winning, thriv*, superb*, ideal*
        """),
        meets(good=True),
    ),
    (phrases("positive*, encouraging*, favou?rabl*, promising, bright*, welcome"), fares(well=True)),
    (
        phrases("""
            (?:needs?|needed|needing|deserves?|deserving|merits?|warrants?|requires?|requiring|calls? for|asks? for)
            (?:(?:closer|more|the|further) )?(?:attention|focus),
            (?:deserves?|merits?|needs?|warrants?) a (?:close )?look
        """),
        fares(well=False),
    ),
    (phrases("negative*, disappointing*, unfavou?rabl*, concern*, worr*"), fares(well=False)),
    (
        phrases("""
            weak*, poor*, bad*, alarming*,
            unhealthy, critical*, crisis, problem*, troubl*, fragile, struggl*, disast*, unacceptable,
            terribl*, dire, issues?, inadequate*, insufficient*, lacking
        """),
        meets(good=False),
    ),
)
