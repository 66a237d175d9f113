"""An exception of the client -> what to tell the user, and whether the endpoint is dead."""

from __future__ import annotations

from bot.llm.bounds import TooMuchError


def dead(error: Exception) -> bool:
    """Whether the endpoint does not answer at all, so that asking again at once is of no use."""
    import openai

    return isinstance(error, TimeoutError | openai.APIConnectionError | openai.InternalServerError)


def what(error: Exception, *, name: str, seconds: float) -> str:
    """What went wrong, to stand after "the language model"; never the exception's own words."""
    import openai

    if isinstance(error, TooMuchError) or isinstance(error.__cause__, TooMuchError):
        return "did not come to an end"
    reasons: tuple[tuple[type[Exception], str], ...] = (
        (TimeoutError, f"took longer than {seconds:g} seconds"),
        (openai.APITimeoutError, f"took longer than {seconds:g} seconds"),
        (openai.APIConnectionError, "could not be reached"),
        (openai.AuthenticationError, "does not accept the key in OPENAI_API_KEY"),
        (openai.PermissionDeniedError, "does not accept the key in OPENAI_API_KEY"),
        (openai.NotFoundError, f"is not there under the name {name!r}"),
        (openai.RateLimitError, "is over its limit"),
    )
    for kind, reason in reasons:
        if isinstance(error, kind):
            return reason
    if isinstance(error, openai.APIStatusError):
        return f"answered with error {error.status_code}"
    return "answered with something unreadable"
