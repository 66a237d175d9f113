"""What people say around a question: greetings, praise, excuses, thanks. It asks for nothing and hides what does."""

from __future__ import annotations

import re

_OPENERS = (
    r"(?:hi|hello|hey|hiya|yo|hallo|good morning|morning|good afternoon|good evening|dear)(?: (?:there|all|team|bot"
    r"|everyone|folks|counterpoise|again|guys))*"
    r"|(?:ok|okay|right|well|so|alright|sure|hmm+|um+|uh|oh|ah|wow|yes|yeah|yep|great|nice|cool|perfect|super|awesome"
    r"|excellent|brilliant|lovely|fantastic|good|interesting|fine|got it|understood|i see|makes sense|love it"
    r"|thanks|thank you|thx|cheers|much appreciated)(?: (?:a lot|so much|very much|again|then|one|job"
    r"|work|stuff|you|there))*"
    r"|(?:that|this)(?:'s| is| was| looks)(?: really| very| so| super)? (?:great|good|nice|helpful"
    r"|useful|interesting|cool|perfect)"
    r"|(?:quick|silly|stupid|dumb|random|simple|small|another|one more|last|weird|maybe a silly) (?:question|one|thing)"
    r"(?: (?:maybe|perhaps|sorry|for you|before [\w: ]{1,20}))*"
    r"|sorry(?: to (?:bother|bug|disturb|ask)(?: you)?(?: again)?)?|(?:just )?(?:curious|wondering|asking)"
    r"|out of curiosity|(?:be honest|honestly|tell me honestly)(?: with me)?|just checking|no rush"
    r"|when you (?:have|get) a"
    r" (?:minute|moment|sec|second)|if you don't mind|btw|by the way|fyi|tbh|lol|haha|actually|anyway|also|please|pls"
)
_OPENER = re.compile(
    rf"^(?:{_OPENERS})(?:\s*[,!.:;]+|\s+-+|\s+(?=but\b)|(?=\s*$))\s*(?:(?:but|so|and|though|anyway)\b,?\s*)?"
)
_BARE_OPENER = re.compile(
    r"^(?:(?:hmm+|um+|uh|oh|ah|wow|haha|lol|hi|hello|hey|hiya)(?: there| all| team| bot| counterpoise)?) (?=[\w@])"
)
_CLOSER = re.compile(
    r"(?:[\s,.!;:-]+(?:please and thank you|thanks(?: (?:a lot|so much|in advance|again|mate|team))?"
    r"|thank you(?: (?:so much|very much"
    r"|in advance|all|again))?|thx|ty|cheers|many thanks|much appreciated|tbh|lol|haha"
    r"|have an? (?:great|nice|good|lovely|wonderful) (?:weekend|day|evening|week|one|afternoon)"
    r"|if you don't mind|if (?:that's|that is)"
    r" (?:ok|okay|possible|alright)|if possible|no rush|when you (?:have|get) a (?:minute|moment|sec"
    r"|second)|asap|pretty please"
    r"|you know|right|just curious|just wondering|for me|would be (?:great|nice|lovely|helpful)"
    r"|by the way|btw))+(?P<mark>[\s?!.]*)$"
)
_SMILEYS = re.compile(
    r"(?<!\w)(?::[a-z][a-z_+-]*:|[:;]-?[)(dp]|xd|<3)(?!\w)|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]"
)
_NOBODY = re.compile(r"^(?:@?counterpoise|bot)\b[,:]?\s*")


def asked_in(text: str) -> str:
    """A plain text without what is said around it; the whole text where nothing else is left."""
    bare = rest = " ".join(_SMILEYS.sub(" ", text).split())
    while True:
        shorter = rest
        for form in (_NOBODY, _OPENER, _BARE_OPENER):
            shorter = form.sub("", shorter, count=1)
        if shorter == rest:
            break
        rest = shorter
    rest = _CLOSER.sub(lambda found: found["mark"], rest)
    return rest if re.search(r"\w", rest) else bare or text
