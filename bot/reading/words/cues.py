"""The words around the names that tell what a question wants. Each cue is a list of alternatives."""

from __future__ import annotations

import re


def cue(*alternatives: str) -> re.Pattern[str]:
    """One pattern out of several."""
    return re.compile("|".join(alternatives))


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
    r"^(?:please )?use .+ (?:for|as|instead of|(?:definition|method|version) of) ",
    r"\b(?:you|tool|bot)\b.{0,20}\blearn from (?:this|that|it|me|my|our)\b",
    r"\b(?:important|essential|crucial|vital|good|need) to (?:have|keep|strike|maintain|show|include|see)"
    r" (?:a |the |some )?(?:\w+ )?balanced?\b",
)
"""Something to be kept."""

RULES_OFF = cue(
    r"\b(?:ignore|forget|disregard|override|bypass|skip|drop|turn off|disable|break|without)\b(?: \w+){0,4} "
    r"(?:rules?|instructions?|prompts?|balance|balancing|guidelines?|floors?|restrictions?)\b",
    r"\b(?:you are now|your rules are|pretend (?:to|you)|jailbreak|developer mode|system prompt)\b",
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
    r"\b(?:is|are) there (?:nothing|no(?:ne)?|not (?:any(?:thing)?|one|a single))\b.*\b(?:people|business)\b",
    r"\byou (?:left out|omitted|skipped|missed|didn't)\b",
    r"\bhow did you (?:choose|pick|select|rank|come up)\b",
    r"\bwhere (?:do|does|did) .*\bcome from\b",
)
"""Why something is on a list, or is not."""

WHY_MOVED = cue(
    r"\bwhy (?:did|has|have|is|are|was|were|does)\b.{0,60}\b(?:drop\w*|fall\w*|fell|ris\w+|rose|up|down|chang\w+"
    r"|increas\w+|decreas\w+|declin\w+|improv\w+|wors\w+|low|lower|high|higher|grow\w*|shrink\w*|bad|so)\b",
    r"\b(?:explain(?:s|ed)?|drove|caused|(?:is|was) behind)\b.{0,40}\b(?:drop|fall|rise|increase|decrease|decline"
    r"|dip|jump|spike|slump|improvement)\b",
)
"""Why a value moved."""

MOVED = cue(
    r"\b(?:why|explains?|drove|caused|behind|drops?|falls?|fell|rises?|rose|dips?|jumps?|spikes?|slumps?|grow|shrink)\b"
)
"""The words for that which say nothing of what moved."""

EDITS = cue(
    r"^(?:(?:ok|okay|and|now|please|so) )*(?:no|without|drop|skip|remove|minus|only|just)\b|\bwhy\b",
    r"\b(?:cut|narrow|trim|shorten|boil|bring|get|take|whittle) (?:it |that |this |them |the list |those )?down to \d",
)
"""How a change of the list before begins, or a question about it."""

LACKS = cue(r"\b(?:something|anything|nothing|what)(?:'s| is)? missing\b")
"""Something is not on the list."""

WHAT_ABOUT = cue(r"\b(?:what|how) about\b", r"\bno \w+(?: \w+)?(?: metrics)?\s*\?", r"^and\b.*\?")

HELP = cue(
    r"^(?:help|help me|\?+|hi|hello|hey|yo|hallo|good (?:morning|afternoon|evening)|thanks?|thank you|thx|ty|cheers"
    r"|menu|start|usage|test|testing|ping)(?: there| bot| you| all| team| a lot| so much| please)*[ .!?]*$",
    r"^(?:you rock[, ]*)?have an? (?:great|nice|good|lovely|wonderful)"
    r" (?:weekend|day|evening|week|one|afternoon)\b[ !.]*$",
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
    r"\b(?:compare|compares|compared|comparing|comparison|versus|vs|against|relative to"
    r"|(?<!going )(?<!trending )(?<!moving )up or down|side by side)\b",
    r"\b(?:better|worse|higher|lower) than\b",
    r"\b(?:what|anything|something|much)(?:'s| has| have)? changed since\b",
    r"\b(?:how much|how big) of a change\b",
    r"\bthan (?:in |for |during )?(?:the )?(?:(?:last|previous|prior|preceding) )?(?:week|month|quarter|year)"
    r" (?:before|earlier|prior)\b",
    r"\bthan (?:in )?(?:the )?(?:last|previous|prior|preceding) (?:week|month|quarter|year)\b",
)

TREND = cue(
    r"\b(?:trend|trending|trendline|over time|history|historical(?:ly)?|time series|course of|evolution|evolv\w+"
    r"|develop(?:ed|ing|s|ment)?|chang(?:ed?|ing)|moving|moved|chart|plot|graph|curve|progress(?:ion|ed))\b",
    r"\bhow (?:did|do|does|has|have) .{2,60}\b(?:move|evolve|develop|change|shift|progress)d?\b",
    r"\b(?:going|go|went|creep\w*) (?:up|down)\b",
    r"\b(?:creeping|climbing|rising|falling|dropping|declining|improving|worsening|shrinking|increasing|decreasing)\b",
    r"\b(?:improve[ds]?|worsen(?:ed|s)?|increase[ds]?|decrease[ds]?|decline[ds]?|dropped|risen|rose|fell|fallen)\b",
    r"\b(?:than|as) (?:(?:it|they|we|he|she|people|customers) )?(?:once )?(?:used to|did before|ever)\b",
    r"\b(?P<more>more|less|fewer|\w+er) and (?P=more)\b",
    r"\bgetting (?:any )?(?:better|worse|higher|lower|longer|shorter|bigger|smaller|slower|faster|larger)\b",
)

STRETCH = cue(r"\bover the (?:last|past)\b")
"""A course over time, unless it is split by something else."""

WHY_THERE = cue(
    r"\b(?:so far|all the way) (?:down|up)\b|\b(?:at|on) the (?:list|top|bottom|end)\b|\b(?:rank|place|list)\w*\b"
)
"""Why a metric stands where it stands."""

DEFINE = cue(
    r"\b(?:define|definition|explain|formula|meaning|stands? for|calculat\w+|comput\w+|work(?:ed)? out|counts? as"
    r"|counted|what exactly|describe)\b",
    r"\b(?:numerator|denominator|what unit)\b|\b(?:which|what) tables?\b",
    r"\btell me (?:more )?about\b",
    r"\bdifference (?:between|to|from)\b(?! (?:the )?(?:wo)?men\b)"
    r"|\bdiffer(?:ent|s)? (?:from|to|than)\b|\bnot the same as\b",
    r"\bwhat (?:does|do|did)\b.*\bmean\b",
    r"\bwhat (?:does|do)\b.*\b(?:tell|say|show)(?: me| us)?[ ?.!]*$",
    r"\bwhat (?:does|do) (?:it|that|this)?.*\b(?:include|contain|consist of)\b",
    r"\bwhat means\b|\bmeans what\b",
    r"\bwhat(?:'s| is) the difference[ ?.!]*$",
    r"\bhow (?:is|are|do you|do we|does)\b.*\b(?:measured?|defined?)\b",
)

HOW_MADE = cue(
    r"^(?:please )?(?:define|explain|describe|(?:the )?(?:definition|meaning|formula) (?:of|for))\b(?! how)",
    r"\b(?:(?:explain|tell me|describe|show me)(?: to me)? )?how (?:(?:do|would|did|can|should) )?(?:you|we|i|one)"
    r" (?:\w+ly )?(?:define|calculate|compute|measure|work out|determine|derive|count|arrive at|get to|figure out)\b",
)
"""How a value is made: a definition is asked for, of whatever is described behind it."""

WHAT_IS = cue(
    r"^(?:so |and |ok |hey |please |hi )*(?:what(?:'s| is| are)|whats|wtf is) (?!our |my |your |the |\w+'s )"
)
WHAT_IS_IT = cue(r", ?what(?:'s| is) (?:that|it)[ ?.!]*$")
DIFFERENCE = cue(r"\bdifferences?\b(?! (?:in|to|since|over|from (?:last|the)))")
AT_PRESENT = cue(r"\b(?:right now|at the moment|currently|at present|these days|standing at)\b")
"""A value is asked for, though it begins as a question for a meaning does."""

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

OURS = cue(r"\b(?:we|our|ours|us)\b")
"""Somebody speaks of the company."""

TELLS_ME_WHAT_TO_DO = cue(
    r"\b(?:should|could|can|shall|must) (?:i|we)\b.*\b(?:first|next|do|fire|hire|call|close|buy|sell)\b"
)
"""Advice on what to do, which nobody computes."""

SAME = cue(r"^(?:and |now |ok |please |(?:give|show|send) (?:me|us) )*(?:the )?same\b")
"""The last question again, whatever else is said."""

FOLLOWS = cue(
    r"^(?:(?:ok|okay|so|great|thanks|good|cool|nice|alright|hmm|please)[, ]+)*"
    r"(?:(?:can|could|would|will) (?:you|i|we) (?:please |also |just )*(?:do |get |have |give me |show me |see )?)?"
    r"(?:(?:give|show|send) (?:me|us) (?=(?:the )?same\b))?"
    r"(?:and|(?:the )?same|what about|how about|now|also|then"
    r"|only|just|but|make it|instead|drop|no|without|skip|remove)\b"
)
"""How a question begins that goes on from the one before."""
