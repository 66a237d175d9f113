"""Harmless words that together say what nobody computed: of a target, of another time, of who did what.

Each of them builds true sentences, so that none can be forbidden alone: "holds" and "its target" are fine, and
"holds its target" says that it is reached.
"""

from __future__ import annotations

from bot.citations.words import phrases

AIM = "(?:its|the|their|our) (?:target|goal|plan|band)"
AN_AIM = "(?:target|goal|plan|band)s?"
PAST = r"(?:(?:in|of|for) the (?:previous|prior|preceding) \w+|(?:in|of) the \w+ (?:before|earlier))"
HAS_BEEN = "(?:(?:is|are|was|were|has|have|had) )?(?:been )?"
MOVED = (
    "(?:fell|fall|ros|ris|improv|worsen|declin|drop|grew|grow|mov|chang|shift|gain|lost|los|reach|met|meet|miss|beat"
    "|increas|decreas)"
)
REACHES = (
    "(?:end|finish|land|clos|leav|arriv|hav|had|has|keep|kept|hold|held|look|turn|carr|show|see|saw|report|register"
    "|read|includ|contain|count|not|watch|need|deserv|featur|span|cover|belong|total|com|came|go|went|run|put"
    "|combin|contrast)"
)

AIMS = phrases(rf"""
    (?:around|through|beside|besides|across|among|into|onto|via|then at) {AIM}, from an? {AN_AIM},
    {REACHES}* (?:with |in on )?{AIM},
    (?:is|are|was|were|being|as|also|still|now) {AIM}(?! (?:of|for)\b), ^{AIM}(?: \.)?$,
    ^{AIM} (?:stands?|comes?) (?:together )?(?:to|at)\b,
    also (?:the|its) (?:value|level|figure|target|goal),
    (?:end|close|edge|top|bottom|start|direction) of {AIM}, new (?:target|goal|plan|band|objective),
    {AN_AIM}(?: (?:of|for) [¤§])? {HAS_BEEN}(?:chang|mov|shift|agreed|new)*,
    {AN_AIM}(?: (?:of|for) [¤§])? {HAS_BEEN}set\b(?! (?:by|at|for)),
    {AN_AIM}(?: of §)? (?:before|earlier|previously|{PAST})
""")
"""Words between a metric and its target that would say it is there or was, or that the target is another now."""
ASIDE = phrases(rf"""
    (?:is|are|was|were) (?:not )?(?:there|closing|out|off|news?|even|turning)(?! (?:with|of|its|the|target)),
    turn(?:s|ed|ing)?(?! to), (?:chang|shift|turn|mov)* (?:direction|sides|course),
    direction (?:wanted|desired|intended), (?<!same )as before,
    (?:moved|moves|sets?|turned|shifted|changed|wants|wanted) ¤,
    (?:plan|company|board|people) (?:puts?|keeps?|holds?) ¤, {MOVED}* (?:in|during) the (?:previous|prior|preceding),
    people (?:(?:are|were|have|had|who|that) )?(?:leav|left|mov|stay|arriv|com|go)*,
    (?:company|board|people|they|plan|plans) (?:wants?|wanted|states?|stated|agreed|desired|intended|planned),
    (?:company|list|scorecard|balance|mix|pack|board) {HAS_BEEN}{MOVED}*,
    requir*(?! (?:\w+ )?(?:attention|focus)), performance (?:the|that|they|it) \w+ (?:wants|wanted)
""")
"""What is said of the company, the list or its people where only metrics are known."""
