"""The environment, read once: tokens, the model's endpoint, the company folder, the bot's memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from metrics.errors import UserError

DAYS = 180
"""Days that questions and answers are kept where COUNTERPOISE_RETENTION_DAYS says nothing."""
MODEL = "gpt-4.1-mini"
"""What is asked for where COUNTERPOISE_MODEL names no model."""

SECONDS = 20
"""How long a call of the model may take, unless COUNTERPOISE_MODEL_SECONDS says otherwise."""


@dataclass(frozen=True)
class Settings:
    """What the environment says. Secrets never show in a representation, so they cannot reach a log."""

    slack_bot_token: str = field(default="", repr=False, metadata={"name": "SLACK_BOT_TOKEN"})
    slack_app_token: str = field(default="", repr=False, metadata={"name": "SLACK_APP_TOKEN"})
    slack_signing_secret: str = field(default="", repr=False, metadata={"name": "SLACK_SIGNING_SECRET"})
    slack_config_token: str = field(default="", repr=False, metadata={"name": "SLACK_CONFIG_TOKEN"})
    slack_api_url: str = field(default="", metadata={"name": "SLACK_API_URL"})
    openai_api_key: str = field(default="", repr=False, metadata={"name": "OPENAI_API_KEY"})
    openai_base_url: str = field(default="", metadata={"name": "OPENAI_BASE_URL"})
    model: str = field(default="", metadata={"name": "COUNTERPOISE_MODEL"})
    model_seconds: str = field(default="", metadata={"name": "COUNTERPOISE_MODEL_SECONDS"})
    model_tokens: str = field(default="", metadata={"name": "COUNTERPOISE_MODEL_TOKENS_A_MONTH"})
    company: str = field(default="", metadata={"name": "COUNTERPOISE_COMPANY"})
    retention_days: str = field(default="", metadata={"name": "COUNTERPOISE_RETENTION_DAYS"})
    state_url: str = field(default="", repr=False, metadata={"name": "COUNTERPOISE_STATE_URL"})
    admin_ids: str = field(default="", metadata={"name": "COUNTERPOISE_ADMINS"})

    @property
    def admins(self) -> frozenset[str]:
        """Who may teach the bot for the whole workspace: ids of users, between commas or blanks."""
        return frozenset(self.admin_ids.replace(",", " ").split())

    @property
    def retention(self) -> int:
        """Days that questions and answers are kept.

        Raises:
            UserError: the setting is no whole number of days from 1.
        """
        written = self.retention_days or str(DAYS)
        if not written.isdecimal() or int(written) < 1:
            raise UserError("COUNTERPOISE_RETENTION_DAYS is no number of days: write one such as 180.")
        return int(written)

    @property
    def days(self) -> int:
        """The same for what must not fail: where the setting is no number, as if it were not made."""
        try:
            return self.retention
        except UserError:
            return DAYS

    @property
    def failures(self) -> Path:
        """The file that keeps what failed, beside the memory."""
        return self.home / "failures.log"

    @property
    def has_model(self) -> bool:
        """Whether a language model was set up at all: a key, or an endpoint that may need none."""
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def seconds_a_call(self) -> float:
        """How long a call of the model may take.

        Raises:
            UserError: what is set is no number above zero.
        """
        return float(_number(self.model_seconds, "COUNTERPOISE_MODEL_SECONDS") or SECONDS)

    @property
    def tokens_a_month(self) -> int | None:
        """How many tokens the model may take in a calendar month; None: any number.

        Raises:
            UserError: what is set is no number above zero.
        """
        return _number(self.model_tokens, "COUNTERPOISE_MODEL_TOKENS_A_MONTH")

    @property
    def home(self) -> Path:
        """Where files of our own live: beside the bot's memory where that is a file, else in the user's data."""
        try:
            url = make_url(self.state_url) if self.state_url else None
        except (ArgumentError, ValueError):
            url = None
        if url is None or url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
            return Path(platformdirs.user_data_dir("counterpoise"))
        return Path(str(url.database)).expanduser().resolve().parent

    @property
    def demo_folder(self) -> Path:
        """Where the demo company lives."""
        return self.home / "demo"


def names() -> tuple[str, ...]:
    """The environment variables that are read."""
    return tuple(str(entry.metadata["name"]) for entry in fields(Settings))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment gives; blanks around values are dropped."""
    found = {
        entry.name: environment.get(str(entry.metadata["name"]), "").strip() for entry in fields(Settings)
    }
    return Settings(**found)


def _number(text: str, name: str) -> int | None:
    """A whole number above zero; None where nothing is set."""
    if not text:
        return None
    if not text.isdecimal() or not int(text):
        raise UserError(f"{name} is {text!r}: write a whole number above zero, or leave it empty.")
    return int(text)
