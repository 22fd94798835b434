"""What a caller may set about a model."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Settings:
    """Which model is asked, where, and how patiently.

    Args:
        model: ``embedded``, the name of an embedded model, the path of a ``.gguf`` file, ``provider/model``, or a
            plain OpenAI name. Default: the environment variable ``LLMDEAL_MODEL``.
        base_url: An OpenAI-compatible address. Default: ``OPENAI_BASE_URL``.
        api_key: Default: the provider's own variable, such as ``OPENAI_API_KEY``. Never shown by ``repr``.
        temperature: 0 for the most repeatable answer.
        timeout: Seconds for one request. Default: 120, and 1800 for the embedded model.
        deadline: Seconds for everything, attempts and waits included. Default: 300, and 3600 for the embedded model.
        transport_attempts: How often one request is sent at most when the network or the server fails.
        reasks: How often an invalid answer is sent back to the model for correction.
        seed: Sent with each request where it is given.
        context_tokens: Context of the embedded model, in tokens; ignored elsewhere.
        parallel: Requests that the embedded model answers at the same time; each gets its own context.

    Example:
        >>> Settings(model="gpt-4.1-mini", api_key="sk-secret").api_key
        'sk-secret'
        >>> "sk-secret" in repr(Settings(api_key="sk-secret"))
        False
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    temperature: float = 0.0
    timeout: float | None = None
    deadline: float | None = None
    transport_attempts: int = 5
    reasks: int = 2
    seed: int | None = None
    context_tokens: int = 16_384
    parallel: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot work, early and by name."""
        for name in ("timeout", "deadline"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                message = f"{name} must be more than 0 seconds, not {value}."
                raise ValueError(message)
        for name, least in (
            ("transport_attempts", 1),
            ("reasks", 0),
            ("context_tokens", 512),
            ("parallel", 1),
        ):
            if getattr(self, name) < least:
                message = f"{name} must be at least {least}, not {getattr(self, name)}."
                raise ValueError(message)
