"""The words that tell what advice is asked for. The order of `TOPICS` decides where several fit."""

from __future__ import annotations

import re

from bot.reading.words.cues import cue
from metrics.advice.model import Topic

_PEOPLE = (
    r"(?:people|persons?|employees?|reps?|sellers?|salespeople|aes?|sdrs?|bdrs?|staff|teams?|managers?|agents?|engineers?"
    r"|developers?|recruiters?|marketers?|csms?|consultants?|support|sales|colleagues?|leaders?|executives?|someone)"
)
_GOOD = (
    r"(?:good|bad|great|right|wrong|better|sensible|smart|useful|best|suitable|decent|proper|valid|meaningful|fair"
    r"|reasonable|healthy|appropriate|ok|okay|fine|terrible|poor|dangerous|safe)"
)
_LEAD = (
    r"(?:primary|main|north star|headline|leading|key|metrics?|kpi|measure|choice|proxy|indicator|goal|number|idea"
    r"|thing to (?:track|measure|steer by)|way to (?:measure|judge|see))"
)
_MORE = (
    r"(?:more|less|fewer|higher|lower|increase\w*|reduc\w+|uplift|lift|cut\w*|drop|improve\w*|rise|raise|better|double"
    r"|twice|\d+ ?(?:%|percent|per cent|points|pp))"
)

SHARED = cue(
    r"\b(?:share|shared|in common|overlap\w*|both|same|alike|differ\w*|difference|side by side|compare\w*|versus|vs)\b"
)
CHANGE = cue(
    r"\bwhat (?:would|will|does|do|could|might)?\b.{0,30}\b(?:chang\w+|differ\w*|look like)\b",
    r"\bwhat(?:'s| is) different\b",
    r"\bhow (?:would|will|does|do|could)\b.{0,40}\b(?:chang\w+|differ\w*|look)\b",
    r"\bwhat (?:if|about if)\b",
    r"\bif we (?:were|was|are|became|become|go|went|move|moved|turn|turned|had)\b",
)
SINGLE = cue(
    r"\b(?:which|what) (?:one|single|is the one|'s the one)\b",
    r"\b(?:one|single|only|primary|main|most important|first|number one) (?:\w+ )?(?:metric|kpi|number|thing)\b",
    r"\bnorth star\b",
    r"\bsteer by\b",
    r"\bjust one\b",
)
TIERS = cue(
    r"\b(?:own|owns|owned|owning|accountable|responsible|control|controls)\b.*\b(?:impact\w*|influenc\w*|affect\w*"
    r"|contribut\w*|touch\w*|shares?|support\w*|only)\b",
    r"\b(?:impact\w*|influenc\w*|affect\w*|contribut\w*)\b.*\b(?:own|owns|owned|accountable|responsible|control)\b",
    r"\btwo tiers\b|\btiers? of metrics\b",
    r"\bwhich metrics (?:should|does|do|can|would|must) .{2,40} (?:own|be accountable for|be responsible for)\b",
)
PROMISE = cue(
    rf"\b(?:promis\w+|guarantee\w*|pledg\w+|vow\w*|assur\w+|commit\w* to|claims?|swears?|swore|says? (?:it|they"
    rf"|he|she|that)|wants? to deliver)\b.*\b{_MORE}"
)
KPI = cue(
    r"\b(?:turn|turning|make|making|convert|transform|change|translate)\b.*\b(?:into|to|as|a)\b.*\b(?:kpi|okr|target"
    r"|key result|objective)s?\b",
    r"\b(?:set|write|define|create|build|draft|phrase|formulate|propose|suggest|give me|need|want)\b.{0,40}\b(?:kpi|okr"
    r"|target|key result|objective)s?\b.{0,20}\b(?:for|on|from|out of|around|about|of)\b",
    r"\bwhat (?:would be|is|should be|'s|should)\b.{0,30}\b(?:target|goal)\b.{0,20}\b(?:for|be)\b",
    r"\bwhat target\b",
    r"\bas (?:a|an) (?:kpi|okr)\b.*\b(?:next|by|for) \b",
    r"\bokrs? (?:for|on|about|around|from)\b",
    r"\bkpi-?ify\b",
)
VERB = cue(
    r"\b(?:drives?|predicts?|causes?|influences?|affects?|leads? to|improves?|increases?|reduces?|boosts?|raises?"
    r"|lowers?|hurts?|impacts?|moves?|helps?|explains?|correlates?|depends? on|changes?|linked|related|connected|tied"
    r"|correlated|pay off in|pays off in|translates? into|shows? up in|results? in|cause|driver"
    r"|predictor|due to|because|caused)\b"
)
LINK = cue(r"\b(?:relationship|correlation|link|connection) between\b")
DRIVES = cue(
    r"\b(?:do|does|did|can|could|will|would)\b.{2,60}\b(?:drive|predict|cause|influence|affect|lead to|improve|increase"
    r"|reduce|boost|raise|lower|hurt|impact|move|help|explain|correlate|depend on|change)s?\b",
    r"\b(?:is|are)\b.{2,60}\b(?:linked|related|connected|tied|correlated|the cause|a cause|a driver|the driver"
    r"|a predictor|due to|because of|caused)\b",
    r"\b(?:do|does|did|will|would)\b.{2,60}\b(?:pay off|translate|show up|result|end up) (?:in|into)\b",
    r"^(?:so |and |ok )*what (?:drives|causes|moves|influences|affects|predicts)\b",
    r"\b(?:relationship|correlation|link|connection) between\b",
)
_PAY = r"\b(?:pay|paid|paying|bonus\w*|commission\w*|incentiv\w+|reward\w*|compensat\w+|comp plan|variable pay)\b"
REWARD = cue(
    rf"^(?!(?:so |and )?(?:how much|how many|what|show|which|when)\b).*{_PAY}.{{0,40}}"
    r"\b(?:by|on|for|per|to|with|based)\b",
    r"\b(?:in|part of) (?:the|our|their|a) (?:bonus|comp|compensation|commission|pay|incentive)\b",
    rf"\b(?:we|i|they|you|to|should|can|could|manager|boss)\b.{{0,25}}\b(?:measure|measuring|judge|judging|rate|score"
    rf"|evaluate|assess|grade|hold|promote)\b.{{0,20}}\b{_PEOPLE}\b.{{0,30}}\b(?:by|on|for|against|based|according)\b",
    rf"\b{_PEOPLE} (?:is|are|get|gets|being) (?:measured|judged|rated|scored|evaluated|assessed|graded|held|promoted)\b"
    r".{0,20}\b(?:by|on|for|against|to|accountable)\b",
)
PAYS = cue(_PAY)
PRIMARY = cue(
    rf"\b{_GOOD}\b[^.?!]{{0,30}}\b{_LEAD}\b",
    r"\bshould (?:i|we|they|you|our \w+|the \w+|[\w-]+) (?:really )?(?:use|track|steer|choose|pick|focus|optimi[sz]e"
    r"|make|care|look|rely|target|chase)\b",
    r"\bmakes? sense\b",
    r"\bvanity\b",
    r"\b(?:as|be|is) (?:a|an|the|our|my|your|their) (?:single |one )?(?:primary|main|north star|headline|guiding)\b",
    r"\b(?:can|may|could) (?:i|we)? ?(?:trust|rely on|steer by)\b(?! (?:our |the |my )?forecasts?\b(?! accuracy))",
    r"\bgood (?:enough|idea)\b",
    r"\bworth tracking\b",
)
SEVERAL = cue(
    r"\b(?:which|what|list|name|show|give me|choose|pick|recommend|suggest)(?: me)?(?: the)?"
    r" (?:\w+ )?(?:metrics|kpis|indicators|numbers|figures|measures|things)\b"
)
"""A list is asked for, and no judgement of one metric."""
FAILING = (
    r"\b(?:fail\w*|work\w*|success\w*|worth|judge\w*|flop\w*|pay\w* off|brought|deliver\w*|disappoint\w*|measur\w+"
    r"|evaluat\w+|assess\w*|doing|good|bad|waste\w*|kill|stop|continue)\b"
)
PROGRAMME = cue(
    rf"\b(?:programmes?|programs?|campaigns?|initiatives?|schemes?|projects?|push)\b.*{FAILING}",
    rf"{FAILING}.*\b(?:programmes?|programs?|campaigns?|initiatives?|schemes?|push)\b",
)
MEASURE = cue(
    r"\bhow (?:do|can|should|would|could|to|will|might|does)\b.{0,20}\b(?:measure|evaluate|judge|assess|know|tell|see"
    r"|track|score|prove)\b",
    r"\b(?:metrics?|kpis?|measures?|numbers?|indicators?)\b.{0,12}\b(?:for|of|in|during|after|before|to watch)\b",
    r"\bwhat (?:should|do|would|must|to)\b.{0,20}\b(?:measure|track|watch|look|mind|check)\b",
    r"\b(?:is|did|does|was)\b.{0,30}\b(?:working|work|success|successful|pay off|paid off|worth it)\b",
    r"\bhow (?:is|are) (?:the|our|my) products? (?:doing|performing)\b",
    r"\bsuccess (?:criteria|metrics?|measures?)\b",
)
GUARDS = cue(
    r"\bwhat (?:guards?|protects?|balances?|counter ?balances?|offsets?|checks)\b",
    r"\bwhat keeps? .{2,50} (?:honest|in check|balanced)\b",
    r"\bcounter-? ?metrics?\b",
    r"\bguard-? ?rails?\b",
    r"\bguarded\b",
    r"\b(?:goes|go|belongs|stands?|put|show|read) (?:\w+ ){0,4}?(?:beside|alongside|next to|together with)\b",
    r"\b(?:watch|track|look at|measure|monitor|see|use|have|need"
    r"|keep an eye on)\b.{0,20}\b(?:alongside|beside|next to|together with)\b",
    r"\bso (?:that )?(?:nobody|no one|people|they|reps|we) (?:do(?:es)?n't |can't |cannot )?(?:games?"
    r"|cheats?|abuses?)\b",
    r"\bpair(?:ed|s)? (?:\w+ ){0,4}?with\b",
    r"\bhow (?:can|could|might|do|would) .{2,50} (?:be )?(?:gam(?:ed|e|ing)|cheat\w*|misus\w*)\b",
    r"\bwhat (?:should|do|can|could|would) (?:i|we) balance .{2,50} with\b",
    r"(?<!@)\bcounter-?(?:weight|poise|balance)\b",
)
RECORD = cue(
    r"\bwhat\b.{0,40}\b(?:record|capture|collect|log|store|instrument|be recorded)\b",
    r"\b(?:what|which) (?:data|tables?|columns?|fields?|records?)\b.{0,30}"
    r"\b(?:need\w*|require\w*|missing|use[sd]?|for)\b",
    r"\bwhat (?:do|does|would|must|should) (?:i|we|you) need (?:to|for|in order to)\b",
    r"\bwhat(?:'s| is) (?:missing|needed|required) (?:to|for|from)\b",
    r"\bwhy (?:can't|can not|cannot|don't|won't) (?:i|we|you) (?:see|compute|show|measure|calculate)\b",
    r"\bhow (?:can|do|could|would) (?:i|we) (?:start|begin) (?:measuring|tracking|recording|to (?:measure|track))\b",
    r"\bwhy (?:is|isn't|are).{2,50}\bnot measured\b|\bisn't measured\b",
)

TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("tiers", TIERS),
    ("change", CHANGE),
    ("single", SINGLE),
    ("promise", PROMISE),
    ("record", RECORD),
    ("guards", GUARDS),
    ("kpi", KPI),
    ("reward", REWARD),
    ("drives", DRIVES),
    ("measure", MEASURE),
    ("primary", PRIMARY),
    ("programme", PROGRAMME),
    ("shared", SHARED),
)
