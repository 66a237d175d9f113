"""Who asks, where, and who else is there: looked up in Slack, kept for a few minutes, careful where it fails."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.audience.decide import decide
from bot.audience.places import is_direct
from bot.audience.policy import Policy
from bot.audience.rights import LEVELS, Kind, Place, Rights, Room, Viewer
from bot.slack.sending.meanings import code_of, is_busy
from metrics.privacy.thresholds import Ceiling

log = logging.getLogger(__name__)

KEPT = 300.0
"""Seconds that what Slack said of a person or channel is believed."""
BRIEFLY = 10.0
"""Seconds for which the most careful is assumed of whom Slack cannot be reached for: about one question's time."""
MOST = 200
"""People in a channel that are looked at, one by one, before something is shared with it."""
WORDS = 80
"""Characters of a title or of a name that are looked at."""
UNREACHED = (aiohttp.ClientError, TimeoutError, OSError)
"""What a call ends with that did not get as far as an answer of Slack."""
UNTOLD = frozenset([""])
"""The members of a user group of which Slack does not tell them."""
T = TypeVar("T")


@dataclass(frozen=True)
class People:
    """What Slack knows of people and places, and what the policy makes of it."""

    client: AsyncWebClient
    policy: Policy
    _seen: dict[str, tuple[float, Any]] = field(default_factory=dict)

    async def rights(self, user: str, channel: str, *, private: bool = False) -> Rights:
        """What somebody may ask and see somewhere. ``private``: nobody else sees the answer."""
        rights = decide(await self.viewer(user), await self.room(channel), self.policy)
        return replace(rights, here=rights.alone) if private else rights

    async def rights_alone(self, user: str) -> Rights:
        """What somebody may ask and see in their direct messages with the bot."""
        return await self.rights(user, f"D{user}", private=True)

    async def viewer(self, user: str) -> Viewer:
        """Who somebody is."""
        return await self._kept(f"user:{user}", lambda: self._viewer(user), Viewer(user, "unknown"))

    async def room(self, channel: str) -> Room:
        """What kind of place a channel is."""
        return await self._kept(f"channel:{channel}", lambda: self._room(channel), Room(channel, "unknown"))

    async def not_for_all(
        self, channel: str, level: Ceiling, sharer: str, sees: Callable[[Rights], bool]
    ) -> str | None:
        """Why somebody may not share values of a level with everybody in a channel; None where they may.

        ``sees`` tells whether somebody with these rights may see each of the values, and the list they stand on.
        Nothing that was known before counts: who shares does it once, and who comes in or becomes a guest meanwhile is
        looked at as they are.
        """
        self._seen.pop(f"channel:{channel}", None)
        room = await self.room(channel)
        if room.shared or room.kind == "unknown":
            return "This channel is, or may be, shared with another company."
        members = await self._members(channel)
        if members is None:
            return "I cannot see who is in this channel."
        if len(members) > MOST:
            return f"More than {MOST} people are in this channel: share it in a smaller one."
        if sharer not in members:
            return "You are not in this channel any more."
        own, _ = await self.me()
        for member in members:
            if member != own and not await self._may(member, room, level, sees):
                return f"<@{member}> is in this channel and may not see them."
        return None

    async def _may(self, member: str, room: Room, level: Ceiling, sees: Callable[[Rights], bool]) -> bool:
        self._seen.pop(f"user:{member}", None)
        viewer = await self.viewer(member)
        rights = decide(viewer, room, self.policy)
        enough = LEVELS.index(rights.alone) >= LEVELS.index(level)
        return viewer.kind == "member" and enough and sees(rights)

    async def me(self) -> tuple[str, str]:
        """Who the bot is, and in which workspace."""
        return await self._kept("me", self._me)

    async def scopes(self) -> frozenset[str]:
        """What the bot's token may do."""
        return await self._kept("scopes", self._scopes)

    async def _scopes(self) -> frozenset[str]:
        who = await self.client.auth_test()
        given = {name.lower(): str(value) for name, value in who.headers.items()}
        return frozenset(one.strip() for one in given.get("x-oauth-scopes", "").split(","))

    async def _me(self) -> tuple[str, str]:
        who = await self.client.auth_test()
        return str(who["user_id"]), str(who["team_id"])

    async def _viewer(self, user: str) -> Viewer:
        try:
            person = (await self.client.users_info(user=user))["user"]
        except SlackApiError as error:
            if is_busy(error):
                raise
            log.warning("Slack does not say who %s is: %s", user, code_of(error))
            return Viewer(user, "unknown")
        _, own = await self.me()
        if person.get("is_bot") or user == "USLACKBOT":
            return Viewer(user, "bot")
        if person.get("deleted"):
            return Viewer(user, "unknown")
        if person.get("is_stranger") or person.get("team_id", own) != own:
            return Viewer(user, "stranger")
        guest = person.get("is_restricted") or person.get("is_ultra_restricted")
        admin = bool(person.get("is_admin") or person.get("is_owner"))
        members = {one: await self._group(one) for one in sorted(self.policy.groups)}
        groups = frozenset(one for one, there in members.items() if user in there)
        unsure = frozenset(one for one, there in members.items() if there is UNTOLD)
        profile = person.get("profile") or {}
        title = str(profile.get("title") or "")[:WORDS]
        kind: Kind = "guest" if guest else "member"
        return Viewer(user, kind, groups, admin, title, _name(person, profile), unsure)

    async def _group(self, group: str) -> frozenset[str]:
        return await self._kept(f"group:{group}", lambda: self._users(group))

    async def _users(self, group: str) -> frozenset[str]:
        try:
            return frozenset((await self.client.usergroups_users_list(usergroup=group))["users"])
        except SlackApiError as error:
            if is_busy(error):
                raise
            log.warning("Slack does not say who is in %s: %s", group, code_of(error))
            return UNTOLD

    async def _room(self, channel: str) -> Room:
        if is_direct(channel):
            return Room(channel, "direct")
        try:
            found = (await self.client.conversations_info(channel=channel))["channel"]
        except SlackApiError as error:
            if is_busy(error):
                raise
            log.warning("Slack does not say what %s is: %s", channel, code_of(error))
            return Room(channel, "unknown")
        shared = any(found.get(name) for name in ("is_ext_shared", "is_pending_ext_shared"))
        if found.get("is_im"):
            return Room(channel, "direct", shared)
        if found.get("is_mpim"):
            return Room(channel, "group", shared)
        kind: Place = "private" if found.get("is_private") else "public"
        topic = str((found.get("topic") or {}).get("value") or "")[:WORDS]
        return Room(channel, kind, shared, str(found.get("name") or "")[:WORDS], topic)

    async def _members(self, channel: str) -> list[str] | None:
        found: list[str] = []
        try:
            async for page in await self.client.conversations_members(channel=channel, limit=MOST):
                found += page["members"]
                if len(found) > MOST:
                    break
        except SlackApiError as error:
            log.warning("Slack does not say who is in %s: %s", channel, code_of(error))
            return None
        except UNREACHED as error:
            log.warning("Slack cannot be reached: %s", type(error).__name__)
            return None
        return found

    async def _kept(self, key: str, look: Callable[[], Awaitable[T]], careful: T | None = None) -> T:
        """What is known, or what Slack says now; where it is busy or cannot be reached, ``careful``, for a moment.

        Without that what was known before has to do: who the bot is does not change.
        """
        since, known = self._seen.get(key, (0.0, None))
        if known is None or monotonic() - since > KEPT:
            try:
                known = await look()
            except (SlackApiError, *UNREACHED) as error:
                if isinstance(error, SlackApiError) and not is_busy(error):
                    raise
                log.warning("Slack cannot be reached: %s", type(error).__name__)
                known, since = careful or known, monotonic() - KEPT + BRIEFLY
                if known is None:
                    raise
            else:
                since = monotonic()
            self._seen[key] = (since, known)
        found: T = known
        return found


def _name(person: Mapping[str, Any], profile: Mapping[str, Any]) -> str:
    """What people see as somebody's name, on one line."""
    found = profile.get("display_name") or profile.get("real_name") or person.get("name")
    return " ".join(str(found or "").split())[:WORDS]
