"""The words that complete what advice is asked for: what it is about, its goal, the stage, the model, the team."""

from __future__ import annotations

import re

from bot.reading.words.cues import cue

MATTERS = {
    "pilot": cue(r"\b(?:pilots?|poc|proofs? of concept|proof-of-concept|trial (?:run|phase|project))\b"),
    "automation": cue(r"\b(?:automat\w+|chat ?bots?|ai (?:agent|assistant)s?|rpa|copilots?)\b"),
    "pricing": cue(r"\b(?:pric(?:e|es|ing)(?: (?:rise|increase|change|hike|cut)s?)?|discounts?)\b"),
    "product_performance": cue(
        r"\bproducts? (?:is |are )?(?:perform\w*|doing|does|health|success|works?|working)\b",
        r"\b(?:new )?(?:feature|product|release)s?(?: launch\w*)?\b",
    ),
}
GOALS = {
    "people": cue(
        r"\b(?:training|coaching|well-?being|wellness|mentor\w*|leadership|hiring|recruit\w*|diversity|inclusion|people"
        r"|employees?|staff|culture|retain(?:ing)? (?:staff|talent))\b"
    ),
    "loyalty": cue(r"\b(?:loyalty|retention|rewards?|membership|win-?back|renewals?|save|churn)\b"),
    "satisfaction": cue(
        r"\b(?:satisfaction|customer (?:care|service|experience)|cx|support|service|voice of the customer)\b"
    ),
    "engagement": cue(r"\b(?:adoption|activation|onboarding|engagement|usage|product-led)\b"),
    "efficiency": cue(r"\b(?:efficiency|cost|savings?|lean|automation|productivity)\b"),
    "growth": cue(
        r"\b(?:growth|acquisition|referrals?|demand|lead|leads|sales|outbound|marketing|brand|conversion)\b"
    ),
}
STAGES = {
    "pre_pmf": cue(
        r"\bpre-? ?(?:product[- ]?market[- ]?fit|pmf|seed|revenue|launch)\b",
        r"\b(?:before|without|no|not (?:yet )?(?:at|have|found)|haven't (?:found|got|reached)|looking for|until)"
        r"(?: any| our| we have| a)? (?:product[- ]?market[- ]?fit|pmf)\b",
    ),
    "growth": cue(
        r"\b(?:growth (?:stage|phase)|(?:at|in|into|the) growth\b|scale-?up|growing fast|series [abc])"
    ),
    "scale": cue(
        r"\b(?:at scale|scale (?:stage|phase)|the scale|into scale|mature|a large company|public company)\b"
    ),
}
MODELS = {
    "marketplace": cue(r"\bmarket ?places?\b"),
    "ecommerce": cue(
        r"\b(?:e-? ?commerce|online (?:shop|store|retail)|web ?shop|a (?:shop|store|retailer)|retail|d2c|dtc)\b"
    ),
    "services": cue(r"\b(?:(?:professional )?services|consult(?:ancy|ing)|an agency|agency)\b"),
    "saas": cue(r"\b(?:saas|subscriptions?|software company)\b"),
}
TEAMS = {
    "support_leader": cue(r"\b(?:call[- ]?cent(?:re|er)|support|service desk|agents?|help ?desk)\b"),
    "sales_manager": cue(
        r"\b(?:reps?|sellers?|salespeople|aes?|account executives?|sdrs?|bdrs?|sales team)\b"
    ),
    "cto": cue(r"\b(?:engineers?|developers?|engineering|devs?)\b"),
    "chro": cue(r"\b(?:recruiters?|hr)\b"),
    "marketing_leader": cue(r"\b(?:marketers?|marketing)\b"),
    "cs_leader": cue(r"\b(?:csms?|customer success)\b"),
    "conversion_lead": cue(r"\bconversion (?:programme|program|team|project|rate optimi[sz]ation)\b"),
    "cfo": cue(r"\bfinance\b"),
}
"""Whose metrics are meant where no role is named: the first that fits."""

PERCENT = re.compile(r"\b(\d{1,3})(?:\.\d+)? ?(?:%|percent\b|per cent\b)")
LESS = cue(r"\b(?:less|fewer|lower|reduc\w+|cut\w*|drop\w*|decreas\w+|down|shorter|cheaper|sav\w+)\b")
