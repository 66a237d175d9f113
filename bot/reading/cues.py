"""The words around the names that tell what a question wants. Each cue is a list of alternatives."""

from __future__ import annotations

import re


def cue(*alternatives: str) -> re.Pattern[str]:
    """One pattern out of several."""
    return re.compile("|".join(alternatives))


_PRIVATE = (
    r"(?:salar(?:y|ies)|pay|paid|wages?|bonus(?:es)?|compensation|earnings|ratings?|appraisals?|reviews?"
    r"|performance|sick (?:days?|leave)|absences?|medical|age|birthday|address|phone|gender|religion"
    r"|personal (?:data|file|record)s?|hr (?:file|record)s?|record|files?|(?:\w+ )?risk)"
)
_FILED = (
    r"(?:salar(?:y|ies)|bonus(?:es)?|ratings?|appraisals?|reviews?|records?|files?|address(?:es)?|sick days?)"
)
_PERSONS = (
    r"(?:employees?|people|persons?|reps?|sellers?|staff|managers?|colleagues?|workers?|engineers?|agents?"
    r"|team ?members?|(?:direct )?reports|aes?|sdrs?|salespeople|individuals|women|men|woman|man|guy|girl)"
)
_FATE = (
    r"(?:leav(?:e|ing)|quit(?:ting)?|resign(?:ing|ed)?|burn(?:ed|t)? out|fired?|lay off|underperform\w*|worst"
    r"|weakest|lowest|highest|best|top|below|behind|missing|at risk|pregnant|sick|earns?|left"
    r"|(?:looking|searching|applying) for (?:a |another |new )+job|job hunting)"
)
_OURS = (
    r"(?:our|the|your|its|their|company|customer|account|average|median|mean|total|what|last|this|team|it|let|here"
    r"|that|who|how|where|year|quarter|month|week|today)"
)
_NOT_A_PERSON = r"(?:it|we|the|our|a|an|this|that|each|every|there|churn|win|us|customers?|sales|revenue)\b"
_OUT_OF = r"(?: me)?(?: the| all| of| our| my| every)*"

ONE_PERSON = cue(
    rf"\b(?!{_OURS}'s)\w+'s (?:\w+ ){{0,2}}{_PRIVATE}\b",
    rf"\b(?:his|her|someone's|somebody's) (?:\w+ ){{0,2}}{_PRIVATE}\b",
    rf"\bhow much (?:do|does|did|is|will) (?!{_NOT_A_PERSON})\w+(?: \w+)? (?:earn|make|get paid|paid|making)\b",
    rf"\bwho(?:'s| is| are| will| might| else)?\b.{{0,40}}\b{_FATE}\b",
    rf"\b(?:which|name|list|show me|rank){_OUT_OF} (?:(?!do)\w+ ){{0,2}}{_PERSONS}\b.{{0,30}}\b(?:{_FATE}|by name)\b",
    rf"\b(?:names?|{_PRIVATE}) (?:of|for) (?:each|every|all|any|individual|single)(?: of)?(?: our| my| the)?"
    rf" {_PERSONS}\b",
    rf"^(?:and |so )?(?:did|does|is|has|will|was) (?!{_NOT_A_PERSON})(?!{_OURS}\b)\w+ (?:[\w']+ ){{0,4}}"
    r"(?:his|her|herself|himself)\b",
    rf"\b(?:my|his|her) (?:boss|manager|colleague|co-?worker|team ?mate|peer|direct report|assistant|report)\b"
    rf".{{0,30}}\b(?:{_FATE}|{_PRIVATE})\b",
    rf"^(?:and |so )?(?:is|are) (?!{_NOT_A_PERSON})(?!{_OURS}\b)(?!{_PERSONS}\b)(?!\w+s )\w+(?: \w+)?"
    r" (?:leaving|quitting|resigning)\b",
    r"\bhow much (?:does|did|is|will) (?:our|the|my) (?!company|business|product|team|channel|customer|account|visitor"
    r"|order|deal|pipeline|site|shop|average|platform)\w+(?: \w+)? (?:earn|make|get paid|paid)\b",
    rf"\bwhat (?:do|does|did) (?!{_NOT_A_PERSON})(?!\w+ {_PERSONS})\w+(?: \w+)? (?:earn|make|get paid)\b",
    rf"\b(?:has|is|was|will) (?!{_NOT_A_PERSON})(?!{_PERSONS}\b)(?!{_OURS}\b)\w+ (?:been |be |off |often )*"
    r"(?:sick|ill|absent|on leave|pregnant"
    r"|promoted|fired|unhappy|burn(?:ed|t|ing) out)\b",
    rf"\b(?:is|will|would) (?!{_NOT_A_PERSON})\w+(?: \w+)? (?:(?:going|about|likely|planning) to )?"
    r"(?:leave|quit|resign)\b",
    rf"\b(?:list|show|export|give me)\b.{{0,20}}\b{_PERSONS}\b.{{0,20}}\b(?:with|and|by) (?:their )?{_FILED}\b",
    rf"\b{_PERSONS}'s? (?:\w+ )?{_FILED}\b",
    rf"\b(?:rank|stack rank|fire) (?:my|our|the) {_PERSONS}\b(?! metrics)",
    rf"\b(?:worst|weakest|lowest paid|highest paid|best paid) (?:performing )?{_PERSONS}\b",
    rf"\b{_PRIVATE} (?:of|for) (?:our|the|my) (?:\w+ ){{0,2}}?(?:head of|chief|ceo|cfo|coo|cto|cmo|cro|chro|cpo|vp|president|boss"
    r"|founder|director of|head|assistant)\b",
    r"^(?:and |so |but |ok )*who (?:are|were|was|is|exactly were|exactly are)(?: all)? (?:they|those|these|them|the people|the ones|the leavers)\b",
    r"\b(?:salary|rating|appraisal|bonus|sick days) (?:of|for) (?!our|the|all|each|a\b)\w+",
)
"""One person's record, pay, rating or risk."""

TEACHES = cue(
    r"^(?:please |hey |ok |okay |and |so |bot )*(?:remember|always|never|in (?:the )?future|don't ever|do not ever"
    r"|keep in mind|note that|stop (?:showing|including|suggesting|using))\b",
    r"^(?:coach|teach)\b",
    r"\b(?:remember|keep in mind|note|learn|store) (?:that|this|it)[ .!]*$",
    r"\bfrom now on\b",
    r"\bgoing forward\b",
    r"\bfor us,? .{2,40}\bmeans?\b",
    r"(?<!do )(?<!did )(?<!can )(?<!should )\bwe (?:call|define)\b",
    r"\bour (?:fiscal|financial) year (?:starts|begins|runs)\b",
    r"\b(?:you|u) (?:always |keep )?forg(?:ot|et|etting)\b",
    r"\bat least \d+ ?(?:%|percent)",
    r"^(?:please )?use .+ (?:for|as|instead of) ",
    r"\b(?:you|tool|bot)\b.{0,20}\blearn from (?:this|that|it|me|my|our)\b",
    r"\b(?:important|essential|crucial|vital|good|need) to (?:have|keep|strike|maintain|show|include|see)"
    r" (?:a |the |some )?(?:\w+ )?balanced?\b",
)
"""Something to be kept."""

RULES_OFF = cue(
    r"\b(?:ignore|forget|disregard|override|bypass|skip|drop|turn off|disable|break|without)\b(?: \w+){0,4} "
    r"(?:rules?|instructions?|prompts?|balance|balancing|guidelines?|floors?|restrictions?)\b",
    r"\b(?:you are now|pretend (?:to|you)|jailbreak|developer mode|system prompt)\b",
)
"""An attempt to get rid of the rules."""

WHY = cue(
    r"\bwhy\b",
    r"\bhow come\b",
    r"\bwhat(?:'s| is) the (?:reason|rationale|point|logic)\b",
    r"(?<!by )(?<!per )(?<!by the )\breason (?:for|behind)\b",
    r"\bwhat guards?\b",
    r"\bjustify\b",
    r"\bwhere (?:are|is|did) (?:the|all|your|my|our)\b.*\b(?:metrics|people|go)\b",
    r"\bmissing\b",
    r"\byou (?:left out|omitted|skipped|missed|didn't)\b",
    r"\bhow did you (?:choose|pick|select|rank|come up)\b",
    r"\bwhere (?:do|does|did) .*\bcome from\b",
)
"""Why something is on a list, or is not."""

WHY_MOVED = cue(
    r"\bwhy (?:did|has|have|is|are|was|were|does)\b.{0,60}\b(?:drop\w*|fall\w*|fell|ris\w+|rose|up|down|chang\w+"
    r"|increas\w+|decreas\w+|declin\w+|improv\w+|wors\w+|low|lower|high|higher|grow\w*|shrink\w*|bad|so)\b"
)
"""Why a value moved."""

EDITS = cue(r"^(?:no|without|drop|skip|remove|minus|only|just)\b|\bwhy\b")
"""How a change of the list before begins, or a question about it."""

LACKS = cue(r"\b(?:something|anything|nothing|what)(?:'s| is)? missing\b")
"""Something is not on the list."""

WHAT_ABOUT = cue(r"\b(?:what|how) about\b", r"\bno \w+(?: \w+)?(?: metrics)?\s*\?", r"^and\b.*\?")

HELP = cue(
    r"^(?:help|help me|\?+|hi|hello|hey|yo|hallo|good (?:morning|afternoon|evening)|thanks?|thank you|thx|ty|cheers"
    r"|menu|start|usage|test|testing|ping)(?: there| bot| you| all| team| a lot| so much| please)*[ .!?]*$",
    r"\bwhat (?:can|do) you (?:do|know|offer)\b",
    r"\bhow (?:do|can) (?:i|we) (?:use|ask|talk to) (?:you|this|it)\b",
    r"\bwh(?:o|at) are you\b|^are you\b",
    r"\bwhat can i ask\b",
    r"\bhow does this (?:bot )?work\b",
)

ADVICE = cue(
    r"\b(?:good|bad|right|wrong|better|sensible|smart|useful|best) (?:\w+ )?(?:idea|primary|main|north star|metric"
    r"|kpi|choice|target|proxy)\b",
    r"\bshould (?:i|we) (?:be )?(?:happy|worried|worry|use|pay|care|bonus|incentivi[sz]e)\b",
    r"\bis (?:it|that|this) failing\b",
    r"\b(?:does|do|can|will) .{2,40}\b(?:drive|predict|cause|influence|affect)s?\b",
    r"\bmake sense\b",
    r"\bvanity\b",
    r"\bokr\b",
    r"\bturn .+ into\b",
)
"""Whether a metric is a good choice."""

COMPARE = cue(
    r"\b(?:compare|compares|compared|comparing|comparison|versus|vs|against|relative to|up or down|side by side)\b",
    r"\b(?:better|worse|higher|lower) than\b",
    r"\bchanged? since\b",
)

TREND = cue(
    r"\b(?:trend|trending|trendline|over time|history|historical(?:ly)?|time series|course of|evolution|evolv\w+"
    r"|develop(?:ed|ing|s|ment)?|chang(?:ed?|ing)|moving|moved|chart|plot|graph|curve|progress(?:ion|ed))\b",
    r"\b(?:going|go|went|creep\w*) (?:up|down)\b",
    r"\b(?:creeping|climbing|rising|falling|dropping|declining|improving|worsening|shrinking|increasing|decreasing)\b",
    r"\b(?:improve[ds]?|worsen(?:ed|s)?|increase[ds]?|decrease[ds]?|decline[ds]?|dropped|risen|rose|fell|fallen)\b",
    r"\bgetting (?:any )?(?:better|worse|higher|lower|longer|shorter|bigger|smaller|slower|faster|larger)\b",
)

STRETCH = cue(r"\bover the (?:last|past)\b")
"""A course over time, unless it is split by something else."""

WHY_THERE = cue(
    r"\b(?:so far|all the way) (?:down|up)\b|\b(?:at|on) the (?:list|top|bottom|end)\b|\b(?:rank|place|list)\w*\b"
)
"""Why a metric stands where it stands."""

DEFINE = cue(
    r"\b(?:define|definition|explain|formula|meaning|stands? for|calculat\w+|comput\w+|worked out|counts? as|counted"
    r"|what exactly|describe)\b",
    r"\b(?:numerator|denominator|what unit)\b|\b(?:which|what) tables?\b",
    r"\btell me (?:more )?about\b",
    r"\bdifference (?:between|to|from)\b|\bdiffer(?:ent|s)? (?:from|to|than)\b|\bnot the same as\b",
    r"\bwhat (?:does|do|did)\b.*\bmean\b",
    r"\bwhat (?:does|do)\b.*\b(?:tell|say|show)(?: me| us)?[ ?.!]*$",
    r"\bwhat (?:does|do) (?:it|that|this)?.*\b(?:include|contain|consist of)\b",
    r"\bwhat means\b|\bmeans what\b",
    r"\bhow (?:is|are|do you|do we|does)\b.*\b(?:measured?|defined?)\b",
)

WHAT_IS = cue(
    r"^(?:so |and |ok |hey |please |hi )*(?:what(?:'s| is| are)|whats|wtf is) (?!our |my |your |the |\w+'s )"
)
WHAT_IS_THAT = cue(r"^(?:so |and |ok |hey |please |hi )*(?:what(?:'s| is| are)|whats) ")

OF_METRICS = cue(
    r"\b(?:metrics?|kpis?|indicators?|measures?|scorecard|dashboard|board ?pack|numbers?|north star|figures)\b",
    r"\b(?:track|tracking|monitor|watch|looking? at|focus on|keep an eye|care about|pay attention)\b",
    r"\btop \d+\b",
    r"\bhow (?:are|is) (?:we|everything|the company|business) doing\b",
)
LISTS = cue(r"\b(?:metrics|kpis?|indicators|scorecard|dashboard|board ?pack)\b")

ASKS_FOR_LIST = cue(
    r"\b(?:top|best|important|key|essential|crucial|recommend\w*|suggest\w*|should|list|needs? to|must|ought|want to"
    r"|which|give me|show|our|my)\b",
    r"\bdoing\b",
)

MEANT = cue(
    r"\b(?:i|we) (?:do )?(?:mean|meant)\b",
    r"\bmean(?:s|ing)\b",
    r"^(?:no|not that|the other)\b",
    r"\bin the sense of\b",
)
"""Somebody says which of several meanings is theirs."""

TARGETED = cue(
    r"\b(?:vs\.?|versus|against|(?:compared?|in comparison|in relation|with respect) (?:to|with)|relative to|to)(?: the| our| its)?"
    r" (?:target|plan|budget|goal)s?\b",
    r"\b(?:above|below|over|under|on|off|behind|ahead of|meet\w*|hit\w*|reach\w*|miss\w*|better than|worse than)"
    r"(?: the| our| its)? (?:target|plan|budget|goal)s?\b",
)
"""Held against what the company wants."""

YEAR_BEFORE = cue(
    r"\b(?:vs\.?|versus|than|against|(?:compared?|in comparison|in relation|with respect) (?:to|with)|relative to|from|over)(?: the| what it was| it was| in)*"
    r" (?:a year (?:ago|earlier|before)|last year|previous year|prior year|year before|py|ly"
    r"|(?:the )?same (?:\w+ )?(?:of |in )?(?:a year ago|last year|the year before|the previous year))\b",
    r"\b(?:yoy|y/y|y-o-y|year[- ](?:over|on)[- ]year)\b",
    r"\bcompared? with the year before\b|\bthis time last year\b",
)
"""Held against the same period a year before."""

OURS = cue(r"\b(?:we|our|ours|us)\b")
"""Somebody speaks of the company."""

TELLS_ME_WHAT_TO_DO = cue(
    r"\b(?:should|could|can|shall|must) (?:i|we)\b.*\b(?:first|next|do|fire|hire|call|close|buy|sell)\b"
)
"""Advice on what to do, which nobody computes."""

EARLIER = cue(r"\b(?:the )?(?:year|12 months) (?:before|earlier)\b|\bone year earlier\b")
"""The same period a year before that of the last answer."""

SAME = cue(r"^(?:and |now |ok |please )*(?:the )?same\b")
"""The last question again, whatever else is said."""

FOLLOWS = cue(
    r"^(?:(?:ok|okay|so|great|thanks|good|cool|nice|alright|hmm)[, ]+)*"
    r"(?:(?:can|could|would|will) (?:you|i|we) (?:please |also |just )*(?:do |get |have |give me |show me |see )?)?"
    r"(?:and|(?:the )?same|what about|how about|now|also|then"
    r"|only|just|but|make it|instead|drop|no|without|skip|remove)\b"
)
"""How a question begins that goes on from the one before."""
