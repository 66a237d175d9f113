"""Who is in the playground: people by their roles, the channels they share, the bot's direct messages."""

from __future__ import annotations

from bot.playground.workspace import BOT, Channel, Person, Workspace

CRO, CHRO, REP, GUEST, ADMIN = "U0CRO", "U0CHRO", "U0REP", "U0GUEST", "U0ADMIN"

PEOPLE = (
    Person(CRO, "CRO", "Chief Revenue Officer"),
    Person(CHRO, "CHRO", "Chief People Officer"),
    Person(REP, "Sales rep", "Account Executive"),
    Person(GUEST, "Guest", "Consultant from outside", guest=True, team="T0OTHER"),
    Person(ADMIN, "Admin", "Runs the workspace", admin=True),
)
EVERYBODY = (CRO, CHRO, REP, ADMIN)
CHANNELS = (
    Channel("C0SALES", "sales", "channel", (*EVERYBODY, BOT), "Pipeline, quota and the people who carry it"),
    Channel("C0LEADERS", "leadership", "group", (CRO, CHRO, ADMIN, BOT), "Private: revenue and people leaders"),
    Channel("C0PARTNERS", "with-partners", "channel", (*EVERYBODY, GUEST, BOT), "Shared with another company",
            shared=True),
    Channel("C0RANDOM", "random", "channel", EVERYBODY, "Counterpoise is not in here"),
)  # fmt: skip
GROUPS = {"S0LEADERS": (CRO, CHRO), "S0PEOPLE": (CHRO,)}


def workspace(app: str) -> Workspace:
    """A fresh workspace in which the app goes by this name."""
    people = (*PEOPLE, Person(BOT, app, "App", bot=True))
    direct = [Channel(f"D0{one.id[2:]}", "", "im", (one.id, BOT)) for one in PEOPLE]
    return Workspace(
        {one.id: one for one in people}, {one.id: one for one in (*CHANNELS, *direct)}, GROUPS, "Playground"
    )
