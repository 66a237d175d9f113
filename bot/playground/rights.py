"""The scopes that methods and events want, as Slack's reference pages list them."""

from __future__ import annotations

from collections.abc import Mapping

METHODS: Mapping[str, set[str]] = {
    "auth.test": set(),
    "blocks.validate": set(),
    "apps.manifest.export": set(),
    "bots.info": {"users:read"},
    "team.info": {"team:read"},
    "users.info": {"users:read"},
    "usergroups.list": {"usergroups:read"},
    "usergroups.users.list": {"usergroups:read"},
    "conversations.info": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations.members": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations.replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations.history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations.open": {"im:write", "mpim:write"},
    "chat.postMessage": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "chat.startStream": {"chat:write"},
    "chat.appendStream": {"chat:write"},
    "chat.stopStream": {"chat:write"},
    "reactions.add": {"reactions:write"},
    "reactions.remove": {"reactions:write"},
    "views.open": set(),
    "views.push": set(),
    "views.update": set(),
    "views.publish": set(),
    "assistant.threads.setStatus": {"chat:write", "assistant:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
    "assistant.threads.setTitle": {"assistant:write"},
    "agents.sessions.setStatus": {"chat:write"},
    "agents.sessions.rename": {"chat:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
}
"""The scopes of which a method wants one. A method that reads channels wants the one of the channel's kind."""

EVENTS: Mapping[str, set[str]] = {
    "app_mention": {"app_mentions:read"},
    "message.im": {"im:history"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.mpim": {"mpim:history"},
}
"""The scope without which an event does not come, even to who subscribed to it."""

FAMILY = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
"""How scopes and events name a kind of channel."""
