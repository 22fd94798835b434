"""Reading what went wrong out of any SDK's exception, and saying it without a key in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from llmdeal.errors import AnswerError, AuthenticationError, RateLimitError, RequestError, TransportError

_TRANSIENT_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_OVERLOADED = 429
_TRANSIENT_NAME = re.compile(
    r"timeout|timedout|connect|network|protocolerror|readerror|writeerror|serviceunavailable|internalserver|overloaded",
    re.IGNORECASE,
)
_SPENT = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")
_SECRETS = (
    (re.compile(r"(?i)\bbearer\s+[^\s'\"]+"), "Bearer ***"),
    (re.compile(r"(?i)((?:api[_-]?key|authorization|token)['\"]?\s*[:=]\s*['\"]?)[^\s'\",}]+"), r"\1***"),
    (re.compile(r"\b(?:sk|pk|gsk|xai|hf|AIza)[-_][A-Za-z0-9_*.\-]{6,}"), "***"),
    (re.compile(r"://[^/\s@]+@"), "://***@"),
)
_LONGEST = 400


class FaultError(Exception):
    """One failed request; never leaves this package."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True)
class Fault:
    """What one failed request came to.

    Args:
        kind: The public error that it becomes when it stands.
        message: What the server or the network said, without secrets.
        transient: Whether sending the same request again may help.
        retry_after: Seconds that the server asked us to wait, if it did.
        status: HTTP status, if there was a response.
    """

    kind: type[AnswerError]
    message: str
    transient: bool
    retry_after: float | None = None
    status: int | None = None


def redact(text: str, secret: str | None = None) -> str:
    """Return ``text`` on one line, shortened, with anything that looks like a key masked.

    Args:
        text: A message of a server or of an SDK.
        secret: The key in use, masked wherever it appears.

    Example:
        >>> redact("Incorrect API key provided: sk-abc123def456.")
        'Incorrect API key provided: ***'
    """
    if secret and len(secret) > 3:  # noqa: PLR2004 - a shorter "key" is a placeholder that would mask common words
        text = text.replace(secret, "***")
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def diagnose(error: BaseException, secret: str | None = None) -> Fault:
    """Return what ``error`` means, whichever SDK raised it.

    Args:
        error: An exception of openai, anthropic, httpx, botocore and the like.
        secret: The key in use, never repeated in the message.

    Example:
        >>> diagnose(TimeoutError("timed out")).transient
        True
    """
    status = _status(error)
    said = redact(_said(error), secret)
    if status is None:
        transient = isinstance(error, OSError) or bool(_TRANSIENT_NAME.search(type(error).__name__))
        kind: type[AnswerError] = TransportError if transient else RequestError
        return Fault(kind, said or type(error).__name__, transient)
    message = f"HTTP {status}: {said}" if said else f"HTTP {status}"
    spent = status == _OVERLOADED and any(word in f"{_code(error)} {said}".lower() for word in _SPENT)
    return Fault(
        kind=_kind(status),
        message=message,
        transient=status in _TRANSIENT_STATUS and not spent,
        retry_after=_retry_after(error),
        status=status,
    )


def _kind(status: int) -> type[AnswerError]:
    if status in {401, 403}:
        return AuthenticationError
    if status == _OVERLOADED:
        return RateLimitError
    return TransportError if status in _TRANSIENT_STATUS or status >= 500 else RequestError  # noqa: PLR2004 - HTTP


def _status(error: BaseException) -> int | None:
    response = getattr(error, "response", None)
    if isinstance(response, dict):  # botocore
        response = response.get("ResponseMetadata", {})
        candidates = [response.get("HTTPStatusCode")]
    else:
        candidates = [getattr(error, "status_code", None), getattr(response, "status_code", None)]
    # google-genai keeps the status in `code`, the openai SDK a word; a stream's error event may hold a numeral.
    for value in [*candidates, _code(error), getattr(error, "status", None)]:
        if isinstance(value, int | str) and re.fullmatch(r"[345]\d\d", str(value)):
            return int(value)
    return None


def _code(error: BaseException) -> object:
    body = getattr(error, "body", None)
    return getattr(error, "code", None) or (body.get("code") if isinstance(body, dict) else None)


def _said(error: BaseException) -> str:
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error", body)
        said = inner.get("message") if isinstance(inner, dict) else inner
        if said:
            return str(said)
    response = getattr(error, "response", None)
    location = getattr(response, "headers", {}).get("location") if response is not None else None
    if location:
        return f"the address redirects to {location}, which is not followed; give that address if you trust it"
    cause = error.__cause__
    detail = f"{error} ({cause})" if isinstance(cause, Exception) and str(cause) else str(error)
    # A web page in place of an API answer says nothing to a person.
    return re.sub(r"<[^>]*>", " ", detail)


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        value = headers.get(name)
        if value is None:
            continue
        try:
            return max(0.0, float(value) / unit)
        except ValueError:
            pass
        try:
            at = parsedate_to_datetime(value)
        except ValueError:
            continue
        return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp())
    return None
