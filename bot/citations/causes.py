"""Refuse causes. The model is shown a scorecard, and a scorecard holds no contributions: nothing bears a cause out.

Where a question asks why, the contributions of groups are computed, and code says where a change came from, in
hedged form and only as far as they support it (``bot.replies.origin``). The model has no part in that.
"""

from __future__ import annotations

from bot.citations.facts import Facts
from bot.citations.sentences import Sentence
from bot.citations.words import phrases

CHANGE = "(?:rise|fall|increase|decrease|gain|drop|decline|improvement|change)"
CAUSES = phrases(rf"""
    because, due to, owing to, thanks, drove, drives?, driven, driving, drivers?, led to, leads? to,
    leading to, caus*, results? in, resulted, resulting, as a result, therefore, thus, hence, consequen*,
    attribut*, explain*, contribut*, fuel*, spark*, trigger*, boost*, hurt*, help*, push*, pull*, drag*,
    reflect*(?! an? {CHANGE} (?:of|from|to|by) §), stem(?:s|med|ming), thereby, owes?, means?, meaning,
    impact*, effects?, affect*, influenc*, amid, on the back of, in the wake, correlat*, linked, tied,
    associated, related, follows from, following(?! an? {CHANGE} (?:of|from|to|by) §), underpin*,
    support*, lift(?:s|ed|ing), weigh*, offset*,
    (?:mak(?:es|ing)|made)(?! (?:progress|gains|ground|up of)), given, so that, erod*, undermin*, enabl*,
    responsible, blame, credit, reason*, root, why, accounts? for, translat*, pay(?:s|ing) off, fosters?,
    produc(?:es|ed|ing), creat*, (?:^|\W )so,
    as ¤ (?:rose|fell|improved|worsened|dropped|grew|moved|changed|reached|climbed|slipped|declined|increased),
    (?:comes?|came|coming) from ¤, after ¤, results? of ¤, (?:is|are|was|were) (?:a|the) result,
    with ¤ (?:rising|falling|up|down)
""")


def caused(sentence: Sentence, facts: Facts) -> str | None:  # noqa: ARG001 - all checks look alike
    """Refuse a sentence that says why."""
    found = CAUSES.search(sentence.plain)
    return f"gives a cause: {found[0]!r}" if found else None
