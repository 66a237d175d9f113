"""What a question wants: its kind, told by the words around the names."""

from __future__ import annotations

import re

from bot.model import Kind
from bot.reading.pointing import Thread, points_at_lists
from bot.reading.seen import Seen

_PRIVATE = (
    r"(?:salar(?:y|ies)|pay|paid|wages?|bonus(?:es)?|compensation|earnings|ratings?|appraisals?|reviews?"
)
_PRIVATE += (
    r"|performance|sick days?|sick leave|absences?|medical|age|birthday|address|phone|gender|religion|home"
)
_PRIVATE += (
    r"|personal (?:data|file|record)s?|hr (?:file|record)s?|record|files?|risk|attrition risk|flight risk)"
)
_PEOPLE = (
    r"(?:employees?|people|persons?|reps?|sellers?|staff|managers?|colleagues?|workers?|engineers?|agents?"
)
_PEOPLE += r"|team ?members?|aes?|sdrs?|salespeople|individuals|women|men)"
_OURS = r"(?:our|the|your|its|their|company|customer|account|average|median|mean|total|what|last|this|team|it|let|here|that)"

_REFUSAL = re.compile(
    rf"\b(?!{_OURS}'s)\w+'s (?:\w+ ){{0,2}}{_PRIVATE}\b"
    rf"|\b(?:his|her|someone's|somebody's|my (?:boss|manager|colleague|coworker)'?s?) (?:\w+ ){{0,2}}{_PRIVATE}\b"
    rf"|\bhow much (?:do|does|did|is|will) (?!it|we|the|our|a|an|this|that|each|every)\w+(?: \w+)? (?:earn|make|cost us|get paid|paid|making)\b"
    rf"|\bwho(?:'s| is| are| will| might| else)?\b.{{0,40}}\b(?:leav(?:e|ing)|quit(?:ting)?|resign(?:ing|ed)?|burn(?:ed|t)? out|fired?|lay off|underperform\w*|worst|weakest|lowest|best paid|highest paid|at risk|pregnant|sick|earns?|left)\b"
    rf"|\b(?:which|what|name|list|show me|rank|give me)(?: me)?(?: the| all| of| our| my| every)* (?:\w+ ){{0,2}}{_PEOPLE} (?!rate|metric|turnover)(?:\w+ ){{0,4}}?(?:leav|quit|resign|risk|underperform|worst|lowest|highest|best|salar|earn|paid|pregnant|sick|left|by name|ranked)"
    rf"|\b(?:names?|list|record|file|salar(?:y|ies)|ratings?|details) of (?:each|every|all|any|the|our|individual|single)? ?(?:\w+ )?{_PEOPLE}\b"
    rf"|\b(?:is|will|would) (?!it|the|our|this|that|there|churn|win|we)\w+(?: \w+)? (?:going to |about to |likely to |planning to )?(?:leave|quit|resign)\b"
    rf"|\b(?:rank|fire|stack rank) (?:my|our|the) {_PEOPLE}\b|\b(?:worst|weakest|lowest paid|highest paid|best paid) (?:performing )?{_PEOPLE}\b"
    rf"|\b(?:salar(?:y|ies)|rating|appraisal|bonus) (?:of|for) (?!our|the|all|each|a)\w+"
)
_COACHING = re.compile(
    r"^(?:please |hey |ok |okay |and |so |bot )*(?:remember|always|never|from now on|in (?:the )?future|going forward|don't ever"
    r"|do not ever|keep in mind|note that|stop (?:showing|including|suggesting|using))\b"
    r"|^(?:coach|teach)\b|\bfrom now on\b|\bgoing forward\b"
    r"|\bfor us,? .{2,40}\bmeans?\b|\bwe call\b|\bwe define\b|\bour (?:fiscal|financial) year (?:starts|begins|runs)\b"
    r"|\b(?:you|u) (?:forgot|forget|always forget|keep forgetting)\b|\bat least \d+ ?(?:%|percent)"
    r"|^(?:please )?use .+ (?:for|as|instead of) "
)
_JAILBREAK = re.compile(
    r"\b(?:ignore|forget|disregard|override|bypass|skip|drop|turn off|disable|break|without)\b(?: \w+){0,4} "
    r"(?:rules?|instructions?|prompts?|balance|balancing|guidelines?|floors?|restrictions?)\b"
    r"|\b(?:you are now|pretend (?:to|you)|act as|jailbreak|developer mode|system prompt)\b"
)
_WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat(?:'s| is) the (?:reason|rationale|point|logic)\b|\breason (?:for|behind)\b"
    r"|\bwhat guards?\b|\bjustify\b|\bwhere (?:are|is|did)\b|\bmissing\b|\byou (?:left out|omitted|skipped|didn't)\b"
)
_MOVED = re.compile(
    r"\bwhy (?:did|has|have|is|are|was|were|does)\b.{0,60}\b(?:drop\w*|fall\w*|fell|ris\w+|rose|up|down|chang\w+"
    r"|increas\w+|decreas\w+|declin\w+|improv\w+|wors\w+|low|lower|high|higher|grow\w*|shrink\w*|bad|so)\b"
)
_ABOUT_SIDE = re.compile(r"\b(?:what|how) about\b|\bno \w+(?: \w+)?(?: metrics)?\s*\?|^and\b.*\?")
_HELP = re.compile(
    r"^(?:help|help me|\?+|hi|hello|hey|yo|hallo|good (?:morning|afternoon|evening)|thanks?|thank you|thx|ty|cheers|menu|start|usage)"
    r"(?: there| bot| you| all| team| a lot| so much| please)*[ .!?]*$"
    r"|\bwhat (?:can|do) you (?:do|know|offer)\b|\bhow (?:do|can) (?:i|we) (?:use|ask|talk to) (?:you|this|it)\b"
    r"|\bwho are you\b|\bwhat are you\b|\bwhat can i ask\b|\bhow does this (?:bot )?work\b"
)
_ADVICE = re.compile(
    r"\b(?:good|bad|right|wrong|better|sensible|smart|useful|best) (?:\w+ )?(?:idea|primary|main|north star|metric|kpi|choice|target|proxy)\b"
    r"|\bshould (?:i|we) (?:be )?(?:happy|worried|worry|use|pay|care|bonus|incentivi[sz]e)\b|\bis (?:it|that|this) failing\b"
    r"|\b(?:does|do|can|will) .{2,40}\b(?:drive|predict|cause|influence|affect)s?\b|\bmake sense\b|\bvanity\b"
    r"|\b(?:okr|turn .+ into)\b|\bhow (?:do|should|can) (?:i|we) measure (?:a|an|our|the) (?:pilot|programme|program|campaign|loyalty)\b"
)
_COMPARE = re.compile(
    r"\b(?:compare|compared|comparison|versus|vs|against|difference between|better than|worse than|relative to|change since"
    r"|changed since|up or down|side by side|higher than|lower than)\b"
)
_TREND = re.compile(
    r"\b(?:trend|trending|trendline|over time|history|historical(?:ly)?|time series|course of|evolution|evolv\w+|develop(?:ed|ing|s)"
    r"|chang(?:ed|ing)|moving|moved|chart|plot|graph|curve|progress(?:ion|ed)|month by month|run of)\b"
)
_DEFINE = re.compile(
    r"\b(?:define|definition|explain|formula|meaning|stands? for|calculat\w+|comput\w+|worked out|tell me (?:more )?about"
    r"|counts? as|counted|what exactly)\b|\bwhat (?:does|do|did)\b.*\bmean\b|\bhow (?:is|are|do you|do we|does)\b.*\b(?:measure|measured|define|defined)\b"
    r"|\bmeaning of\b|\bdescribe\b"
)
_WHAT_IS = re.compile(
    r"^(?:so |and |ok |hey |please |hi )*(?:what(?:'s| is| are)|whats|wtf is) (?!our |my |the |your )"
)
_LIST = re.compile(
    r"\b(?:metrics?|kpis?|indicators?|measures|scorecard|dashboard|board ?pack|numbers?|north star|figures)\b"
    r"|\b(?:track|tracking|monitor|watch|look at|focus on|keep an eye|care about|pay attention)\b|\btop \d+\b"
)
_ASKING_LIST = re.compile(
    r"\b(?:top|best|important|key|essential|crucial|recommend\w*|suggest\w*|should|list|need to|needs to|must|ought|want to|which|give me|show me)\b"
)


def kind_of(seen: Seen, thread: Thread, metrics: tuple[str, ...]) -> Kind | None:
    """The kind that the words ask for, or None where only the thread can tell."""
    text = seen.text
    for kind, form in (("refusal", _REFUSAL), ("coaching", _COACHING)):
        if form.search(text):
            return kind  # type: ignore[return-value]
    if points_at_lists(text) and seen.count and not _WHY.search(text):
        return "recommendation"
    if _asks_why(seen, thread, metrics):
        return "explanation"
    if _HELP.search(text):
        return "help"
    if _JAILBREAK.search(text):
        return "recommendation"
    if _ADVICE.search(text) and (metrics or seen.unclear or not _LIST.search(seen.rest)):
        return "advice"
    return _about_metrics(seen, metrics) if metrics else _about_lists(seen)


def _asks_why(seen: Seen, thread: Thread, metrics: tuple[str, ...]) -> bool:
    """Why is something on the list, or not? Why a value moved is a comparison: causes are not known here."""
    if _WHY.search(seen.text):
        if metrics and _MOVED.search(seen.text):
            return False
        return bool(metrics or seen.unclear or seen.side or thread.newest)
    listed = thread.last is None or thread.last.kind in ("recommendation", "explanation")
    return bool(_ABOUT_SIDE.search(seen.text) and listed and thread.newest and (seen.side or metrics))


def _about_metrics(seen: Seen, metrics: tuple[str, ...]) -> Kind:
    text = seen.text
    if seen.role.role or seen.role.choices or seen.count:
        if _LIST.search(seen.rest) and _ASKING_LIST.search(seen.rest) and not seen.dimension:
            return "recommendation"
    if seen.second_period or _COMPARE.search(text) or _MOVED.search(text):
        return "comparison"
    if seen.grain or _TREND.search(text):
        return "trend"
    if _DEFINE.search(text):
        return "definition"
    if _WHAT_IS.search(text) and not (seen.period or seen.dimension or len(metrics) > 1):
        return "definition"
    return "value"


def _about_lists(seen: Seen) -> Kind | None:
    if seen.role.role or seen.role.choices:
        return "recommendation"
    if _LIST.search(seen.rest) and (_ASKING_LIST.search(seen.rest) or seen.side or seen.count):
        return "recommendation"
    return "recommendation" if seen.side and not seen.nearly else None
