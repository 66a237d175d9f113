"""The words that tell that one person's record, pay, rating or risk is asked for."""

from __future__ import annotations

import re

from bot.reading.words.cues import cue

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
    r"|team ?members?|(?:direct )?reports|aes?|sdrs?|bdrs?|csms?|salespeople|individuals|women|men|woman|man|guys?"
    r"|girls?|folks?|account (?:executives?|managers?)|developers?|devs?|designers?|recruiters?|marketers?|consultants?"
    r"|directors?|leaders?|executives?|supervisors?|(?:new )?hires?|interns?|trainees?|analysts?|accountants?)"
)
_FATE = (
    r"(?:leav(?:e|ing)|quit(?:ting)?|resign(?:ing|ed)?|burn(?:ed|t)? out|fired?|lay off|underperform\w*|worst"
    r"|weakest|lowest|highest|best|top|below|behind|miss(?:ing|ed|es)?|at risk|pregnant|sick|earns?|left"
    r"|(?:looking|searching|applying) for (?:a |another |new )+job|job hunting|(?:most|least|more|less) likely"
    r"|likely to|flight risks?|(?:hand(?:ing|ed)?|put(?:ting)?) in (?:\w+ )?(?:notice|resignation)"
    r"|(?:giv(?:e|es|ing)|gave) (?:\w+ )?notice|let go|get rid of|promoted?|slack\w*|laz(?:y|iest)"
    r"|paid (?:more|less|most|least|too)|(?:parental|maternity|sick|medical) leave)"
)
_OURS = (
    r"(?:our|the|your|its|their|company|customer|account|average|median|mean|total|what|last|this|team|it|let|here"
    r"|that|who|how|where|year|quarter|month|week|today)"
)
_NOT_A_PERSON = r"(?:it|we|the|our|a|an|this|that|each|every|there|churn|win|us|customers?|sales|revenue)\b"
_OUT_OF = r"(?: me)?(?: one| the| all| of| our| my| every| out)*"
_ANYONE = r"(?:everyone|everybody|anyone|anybody|someone|somebody|those|whoever|all)"
_SOMEBODY = (
    r"(?:boss|manager|colleague|co-?worker|co-?founder|team ?mate|peer|direct report|assistant|report|deputy|successor"
    r"|predecessor)"
)
_NO_ONE = (
    r"(?:company|business|product|team|channel|customer|account|visitor|order|deal|pipeline|site|shop|average|platform"
    r"|segment|region|department|store|app|firm|subscription|campaign|client|partner|market|marketing|support|sales)"
)

COUNTED = re.compile(
    rf"\b(?:how many|what (?:share|percentage|percent|proportion|fraction)|(?:share|number|percentage) of)(?: of)?"
    rf"(?: the| our| my)?(?: \w+)? (?:{_PERSONS}|customers|clients|users|visitors|shoppers|buyers|accounts"
    r"|candidates|applicants|those) (?:who|that)\b"
    r"|\b(?:metrics?|kpis?|numbers|signs?|signals?|indicators?)(?: that)?(?: \w+)? (?:show|tell|say|predict|warn)s?"
    r"(?: me| us)? who\b"
)
"""A count of people names nobody: "how many of the folks who left". Nor does a metric that tells who may go."""

ONE_PERSON = cue(
    rf"\b(?!{_OURS}'s)\w+'s (?:\w+ ){{0,2}}{_PRIVATE}\b",
    rf"\b(?:his|her|someone's|somebody's) (?:\w+ ){{0,2}}{_PRIVATE}\b",
    rf"\bhow much (?:do|does|did|is|will) (?!{_NOT_A_PERSON})\w+(?: \w+)? (?:earn|make|get paid|paid|making)\b",
    rf"\bwho(?:'?s| is| are| will| might| else)?\b.{{0,40}}\b{_FATE}\b",
    rf"\b(?:which|name|list|show me|rank){_OUT_OF} (?!sources? of hires?\b|hire sources?\b)(?:(?!do)\w+ ){{0,2}}"
    rf"{_PERSONS}\b(?! (?:productivity|engagement|net promoter)\b).{{0,30}}\b(?:{_FATE}|by name)\b",
    rf"\b(?:names?|{_PRIVATE}) (?:of|for) (?:each|every|all|any|individual|single)(?: of)?(?: our| my| the)?"
    rf" {_PERSONS}\b",
    rf"^(?:and |so )?(?:did|does|is|has|will|was) (?!{_NOT_A_PERSON})(?!{_OURS}\b)\w+ (?:[\w']+ ){{0,4}}"
    r"(?:his|her|herself|himself)\b",
    rf"\b(?:my|his|her) {_SOMEBODY}\b"
    rf".{{0,30}}\b(?:{_FATE}|{_PRIVATE})\b",
    rf"^(?:and |so )?(?:is|are) (?!{_NOT_A_PERSON})(?!{_OURS}\b)(?!{_PERSONS}\b)(?!\w+s )\w+(?: \w+)?"
    r" (?:leaving|quitting|resigning)\b",
    rf"\bhow much (?:does|did|is|will) (?:our|the|my) (?!{_NO_ONE})\w+(?: \w+)? (?:earn|make|get paid|paid)\b",
    rf"\bwhat (?:does|did|is|will) (?:our|the|my) (?!(?:\w+ )?{_NO_ONE}s? (?:earn|make|get|paid))"
    r"[\w-]+(?: [\w-]+){0,4}? (?:earn(?:ing)?|paid|get paid|make (?:a|per) (?:year|month)|take home)\b",
    r"\b(?:is|are|was|were|does|do|did|being|gets?|who|that)\b.{0,40}\b(?:paid|earns?|earning|makes?|making)"
    r" (?:\w+ )?(?:more|less|better|worse|as much)(?: money)? (?:than|as) (?:me|i|my\w*|him|her|\w+'s)\b",
    rf"\bnames? of (?:the )?{_ANYONE}\b",
    rf"\bnames? of (?:the |our |my )?(?:\w+ )?{_PERSONS} (?:who|that|on|with|whose|in|at|leaving|behind|below)\b",
    rf"\b(?:list|name|show|give|send|tell)(?: me)?(?: all of| all| the)? {_ANYONE} (?:who|whose|on|with|that)\b"
    rf".{{0,40}}\b(?:{_FATE}|{_FILED})\b",
    rf"\bwhose {_PRIVATE}\b",
    rf"\b{_PERSONS} (?:sorted|ranked|ordered) by\b|\b{_FILED}\b.{{0,30}}\bone by one\b",
    r"\b(?:risk|turnover|attrition|pay|absences?|sick (?:days|leave)|salar(?:y|ies)|ratings?) by (?:employee|person"
    r"|individual)s?\b",
    rf"\b(?:is|are|will|would) (?:my|our|the) (?:(?!(?:{_NO_ONE}|people|employee|rep|engineer|user)s?\b)\w+ ){{1,4}}?"
    r"(?:(?:going|about|likely|planning) to (?:leave|quit|resign)|leaving|quitting|resigning)\b",
    r"\b(?:is|will|would) (?:my|our|the) (?:vp|head|director|chief|c[efotmrp]o|chro|president|boss)\b.{0,30}"
    r"\b(?:leave|quit|resign)\b",
    rf"\bhow much (?:does|did) (?:my|our|the) (?!(?:\w+ )?{_NO_ONE}s?\b)(?:\w+ ){{1,4}}?take home\b",
    r", ?names?(?: please| pls)?[ ?!.]*$|\b(?:with|and|including|give me|need|want|have) (?:the |their |all )*names\b",
    rf"\b(?:herr|frau|mrs?|ms)\.? (?!right\b)\w+\b.{{0,30}}\b(?:{_PRIVATE}|{_FATE})\b"
    rf"|\b(?:{_PRIVATE}|{_FATE})\b.{{0,30}}\b(?:herr|frau|mrs?|ms)\.? (?!right\b)\w+\b",
    rf"\b{_ANYONE}\b.{{0,30}}\b(?:planning|about|going|likely|wants?|wanting|thinking)\b.{{0,15}}"
    r"\b(?:leav(?:e|ing)|quit(?:ting)?|resign(?:ing)?)\b",
    rf"\b(?:the|my|our|those) (?:\w+ ){{0,2}}{_PERSONS} (?:who (?:are|is) |that are )?most likely to\b",
    rf"\b(?:weakest|worst|strongest|best|laziest) (?:one )?(?:of|among|in) (?:all )?(?:my|our|the)"
    rf" (?:\w+ )?{_PERSONS}\b",
    rf"\bwhat (?:do|does|did) you (?:think|guess|reckon)"
    rf" (?!{_NOT_A_PERSON})\w+(?: \w+)? (?:earns?|makes?|is paid|gets paid)\b",
    r"\b(?:pay|salary|bonus|compensation|wages?|sick (?:leave|days)) (?:of|for) (?:our|my|the) (?:\w+ ){0,2}?"
    r"(?:director|manager|lead|leader|officer|president|co-?founder|partner|colleague|boss)\b",
    rf"\bwhat (?:do|does|did) (?!{_NOT_A_PERSON})(?!\w+ {_PERSONS})\w+(?: \w+)? (?:earn|make|get paid)\b",
    rf"\b(?:has|is|was|will) (?!{_NOT_A_PERSON})(?!{_PERSONS}\b)(?!{_OURS}\b)\w+ (?:been |be |off |often )*"
    r"(?:sick|ill|absent|on leave|pregnant"
    r"|promoted|fired|unhappy|burn(?:ed|t|ing) out)\b",
    rf"\b(?:whether|if) (?!{_NOT_A_PERSON})(?!{_OURS}\b)(?!{_PERSONS}\b)\w+(?: \w+)? (?:is|was|will|might|may)"
    r"\b.{0,25}\b(?:leav(?:e|ing)|quit(?:ting)?|resign(?:ing)?)\b",
    rf"\b(?:is|will|would) (?!{_NOT_A_PERSON})\w+(?: \w+)? (?:(?:going|about|likely|planning) to )?"
    r"(?:leave|quit|resign)\b(?! out\b)",
    rf"\b(?:list|show|export|give me)\b.{{0,20}}\b{_PERSONS}\b.{{0,20}}\b(?:with|and|by) (?:their )?{_FILED}\b",
    rf"\b{_PERSONS}'s? (?:\w+ )?(?!bonus(?:es)? (?:to|on|with|plan|scheme)\b){_FILED}\b",
    rf"\b(?:rank|stack rank|fire) (?:my|our|the) {_PERSONS}\b(?! metrics)",
    rf"\b{_PERSONS}\b.{{0,20}}\b(?:by name|with names|with their names)\b",
    rf"\b(?:worst|weakest|(?:lowest|highest|best|worst|poorly|badly) rated|lowest paid|highest paid"
    rf"|best paid) (?:performing )?{_PERSONS}\b",
    rf"\b{_PRIVATE} (?:of|for) (?:our|the|my) (?:\w+ ){{0,2}}?(?:head of|chief|ceo|cfo|coo|cto|cmo|cro"
    rf"|chro|cpo|vp|president|boss"
    r"|founder|director of|head|assistant)\b",
    r"^(?:and |so |but |ok )*who (?:are|were|was|is|exactly were|exactly are)(?: all)? (?:they|those"
    r"|these|them|the people|the ones|the leavers)\b",
    r"\b(?:salary|rating|appraisal|bonus|sick days) (?:of|for) (?!our|the|all|each|a\b)\w+",
)
"""One person's record, pay, rating or risk."""
