"""The words that ask for people one after the other: a list of them, a row for each, the first or the last of them."""

from __future__ import annotations

from bot.reading.words.cues import cue

_ONE = r"(?:employee|person|individual|colleague|human|staff member|team ?member|head)"
_SORT = r"(?:rep|seller|recruiter|engineer|developer|agent|salesperson|employee|manager|designer|analyst|csm|sdr|ae)"
_STAFF = r"(?:employees|staff|personnel|salaries|payroll|workforce)"
_OF_METRICS = (
    r"(?! (?:metrics?|kpis?|numbers|retention|turnover|attrition|engagement|survey|costs?|count|size|groups?|segments?"
    r"|levels?|types?|categor\w+|bands?|tenure|quality|effectiveness|productivity|satisfaction|experience|practice"
    r"|completeness|net promoter))"
)
"""What people are counted in, or measured by, names nobody."""

_ENDS = r"(?= *(?:$|[?!.,;:)]| (?:in|at|for|of|last|this|and|with|over|from|please|pls|so|since|who|that)\b))"
"""No name of a metric goes on from there: "by employee net promoter score"."""

_CHIEF = r"(?:c[efotmrp]o|chro|vp(?: of)?(?: \w+)?|head of \w+|president|founder|boss)"
_OWN = r"(?:salary|pay|bonus|compensation|rating|appraisal|wages?)"

ONE_BY_ONE = cue(
    rf"\b(?:by|(?:of|for|from) (?:each|every)) (?:each |every |single |individual ){{0,2}}{_ONE}s?\b{_ENDS}",
    r"\bby name\b(?! of)|\bnames behind\b",
    rf"\b(?:broken down|itemi[sz]ed|one line|a row) (?:by|for|per) (?:each |every )?{_ONE}s?\b|\beach {_ONE}'s\b",
    r"\b(?:export|dump|download|list|show|print|give me|send me)\b.{0,16}"
    rf"\b{_STAFF}\b(?:[ ?!.]*$| (?:list|table|file|data|with|in|who|and)\b)",
    r"\b(?:export|dump|download|list)(?: of| all| the| our| my)* leavers\b",
    rf"\b(?:employees?|leavers?|salary|{_STAFF}) (?:list|table|directory|records)\b{_OF_METRICS}",
    r"\bselect\b.{1,60}\bfrom (?:employees?|people|persons?|staff|payroll|salar\w+|compensation\w*)\b",
    rf"\b(?:everyone|everybody|individual)(?:'s)? (?:salary|salaries|pay|ratings?)\b{_OF_METRICS}",
    rf"\b(?:rank|sort) (?:all )?(?:my|our|the) (?:\w+ )?{_SORT}s\b{_OF_METRICS}|\b{_SORT} (?:ranking|leader ?board)\b",
    rf"\b(?:best|worst|weakest|top|slowest|laziest) (?:performing )?{_SORT}\b{_OF_METRICS}",
    rf"\b(?:which|what) {_SORT} (?:has|have|had|is|was|are|did|does|closed?|sold|won|lost|miss\w*|took|got)\b",
    rf"\blist of (?:\w+ )?{_SORT}s (?:under|below|over|above|with|who|that|at)\b",
    r"^(?:and |so )?who(?:'s| is| was| has| had)? .{0,30}\b(?:most|fewest|least|highest|lowest|longest)\b"
    r"(?!.*\b(?:metrics|kpis)\b)",
    r"\bwhose\b.{1,30}\b(?:lowest|highest|best|worst|most|least|slipp\w+)\b",
    rf"\b(?:the|our) {_CHIEF}(?:'s)? {_OWN}\b(?! (?:attention|ratio|gap|equity|for|plan|mix))",
    rf"^{_CHIEF}(?:'s)? {_OWN}[ ?!.]*$",
    rf"\b(?:earns?|makes?|paid|earning) (?:more|less) than (?:the |our |my )?{_CHIEF}\b",
    rf"\bmy (?:own )?(?:salary|appraisal|bonus|pay ?check)\b|\bmy own {_OWN}\b",
    r"\b(?:his|her) (?:\w+ )?(?:attainment|win rate|quota|numbers|ratings?|results|deals|pipeline|targets?|score)\b",
    rf"\bthe only (?:\w+ )?(?:woman|man|person|{_SORT})\b{_OF_METRICS}",
    r"\b(?:of|for|about|does|did|is|has|was|will|how's) @(?!here\b|channel\b|everyone\b)\w|@(?!here\b)[\w.-]+'s\b",
)
"""People are asked for one by one, or one of them is pointed at."""
