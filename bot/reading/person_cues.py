"""The words that tell that one person's record, pay, rating or risk is asked for."""

from __future__ import annotations

from bot.reading.cues import cue

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
