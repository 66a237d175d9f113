"""The composition root: the only place that builds real things."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from bot.answer import Bot
from bot.leading import Limits
from bot.llm import Model, OpenAIModel
from bot.memory import Memory, default_state_url, open_memory
from bot.settings import MODEL, Settings
from metrics import demo
from metrics.engine import Engine
from metrics.lists.wanted import today_in
from metrics.opening import open_company

Progress = Callable[[str, int, int], None]
CALLS_AN_ANSWER = 1.5
"""Calls of the longest kind that an answer waits for: a model is asked twice at most, to read the question and to word
the answer, and where one of them took all that a call may take, half of that is enough for the other."""


def build_bot(settings: Settings, progress: Progress | None = None) -> Bot:
    """The bot as the environment describes it.

    Raises:
        UserError: the bot's memory cannot be opened, or a setting is no number.
    """
    companies = Companies(settings, progress)
    limits = Limits(CALLS_AN_ANSWER * settings.seconds_a_call, settings.tokens_a_month)
    return Bot(companies.open, memory_of(settings), _model(settings), today_in, settings.admins, limits)


def memory_of(settings: Settings) -> Memory:
    """The bot's own memory.

    Raises:
        UserError: it cannot be opened.
    """
    return open_memory(settings.state_url or default_state_url())


class Companies:
    """The engines of company folders, each opened once; the demo company is generated where none is named."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self._settings, self._progress = settings, progress
        self._engines: dict[Path, Engine] = {}
        self._lock = Lock()

    def open(self, folder: str | None) -> Engine:
        """The engine of a folder; else of COUNTERPOISE_COMPANY; else of the demo company.

        Raises:
            CompanyError: the folder or its warehouse does not work.
        """
        named = folder or self._settings.company
        with self._lock:
            path = Path(named).expanduser().resolve() if named else self._demo()
            if path not in self._engines:
                self._engines[path] = open_company(path)
            return self._engines[path]

    def _demo(self) -> Path:
        path = self._settings.demo_folder
        return demo.ensure(path, self._progress) if self._progress else demo.ensure(path)


def _model(settings: Settings) -> Model | None:
    if not settings.has_model:
        return None
    return OpenAIModel(
        name=settings.model or MODEL,
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        deadline=settings.seconds_a_call,
    )
