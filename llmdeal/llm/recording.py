"""Answers kept as small files, so that a test or an evaluation can be run again without a model."""

from __future__ import annotations

import hashlib
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from llmdeal import errors
from llmdeal.errors import AnswerError, InvalidAnswerError, ModelError
from llmdeal.llm.counting import estimate_tokens
from llmdeal.llm.request import Answer
from llmdeal.llm.schema import strict_schema
from llmdeal.usage import Usage

if TYPE_CHECKING:
    from llmdeal.llm.request import LLM, OnPartial, Request

_REPEATABLE = ("RefusalError", "TruncatedError", "EmptyAnswerError", "InvalidAnswerError")
_COUNTS = "token-counts.json"


class Recording:
    """Replays what is recorded in a folder; with a model behind it, records what is missing.

    The key of an answer is the SHA-256 of all that is sent: messages, schema, model, temperature and limit. Change any,
    and it is another question.

    Args:
        folder: Where the recordings are, one file an answer.
        llm: The model that is asked what is not recorded; None to replay only.
        model: Which model's answers to replay, where the folder holds several and ``llm`` is None.

    Example:
        >>> import asyncio, tempfile
        >>> from pydantic import BaseModel
        >>> from llmdeal.llm import FakeLLM, Message, Request
        >>> class City(BaseModel):
        ...     name: str
        >>> request = Request((Message(role="user", content="Capital of France?"),), City)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = asyncio.run(Recording(folder, FakeLLM([{"name": "Paris"}])).ask(request))
        ...     answer = asyncio.run(Recording(folder).ask(request))
        >>> answer.parsed, answer.replayed
        (City(name='Paris'), True)
    """

    def __init__(self, folder: Path | str, llm: LLM | None = None, *, model: str | None = None) -> None:
        self._folder = Path(folder)
        self._llm = llm
        self._about = _about(llm) if llm is not None else _recorded(self._folder, model)

    @property
    def name(self) -> str:
        """The model whose answers these are."""
        return str(self._about["model"])

    @property
    def temperature(self) -> float:
        """The temperature that it was asked at."""
        return float(self._about["temperature"])

    @property
    def context_tokens(self) -> int | None:
        """The model's context window in tokens, as it was when the answers were recorded."""
        value = self._about["context_tokens"]
        return None if value is None else int(value)

    @property
    def enumerates(self) -> bool:
        """Whether schemas are made per article, as when the answers were recorded."""
        return bool(self._about["enumerates"])

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        """Return the recorded answer, or ask for it and record it.

        Args:
            request: The question.
            on_partial: Called as the model behind does; once, with the whole answer, on replay.

        Raises:
            ModelError: It is not recorded, and there is no model to ask.
            AnswerError: As recorded, or as the model behind raises it.
        """
        path = self._folder / f"{self.key(request)}.json"
        if path.exists():
            answer = _replay(path, request)
            if on_partial is not None:
                on_partial(json.loads(answer.text))
            return answer
        if self._llm is None:
            start = request.messages[-1].content.strip()[-80:] if request.messages else ""
            message = (
                f"No recording {path.name} of {self.name} in {self._folder} for the question that ends in {start!r}. "
                "Record it by asking through Recording(folder, llm) with the model behind it."
            )
            raise ModelError(message)
        return await self._record(self._llm, path, request, on_partial)

    async def count_tokens(self, text: str) -> int:
        """Return the recorded number of tokens, or else count and record it.

        Args:
            text: Any text.
        """
        path, digest = self._folder / _COUNTS, _sha256(f"{self.name}\n{text}")[:16]
        counts: dict[str, int] = _read(path) if path.exists() else {}
        if digest in counts:
            return counts[digest]
        if self._llm is None:
            return estimate_tokens(text)
        count = await self._llm.count_tokens(text)
        # Read again: another question may have been counted in the meantime.
        counts = {**(_read(path) if path.exists() else {}), digest: count}
        _write(path, counts)
        return count

    async def aclose(self) -> None:
        """Close the model behind, if there is one."""
        if self._llm is not None:
            await self._llm.aclose()

    def key(self, request: Request) -> str:
        """Return the name under which the answer to ``request`` is kept.

        Args:
            request: The question.
        """
        sent = {
            "messages": [message.model_dump() for message in request.messages],
            "schema": request.schema or strict_schema(request.response_model),
            "model": self.name,
            "temperature": self.temperature,
            "max_output_tokens": request.max_output_tokens,
        }
        return _sha256(json.dumps(sent, sort_keys=True, ensure_ascii=False))

    async def _record(self, llm: LLM, path: Path, request: Request, on_partial: OnPartial | None) -> Answer:
        record: dict[str, Any] = {
            **self._about,
            "messages_sha256": _sha256("\n".join(f"{m.role}\n{m.content}" for m in request.messages)),
            "max_output_tokens": request.max_output_tokens,
        }
        try:
            answer = await llm.ask(request, on_partial=on_partial)
        except AnswerError as error:
            # A failure of the model is a result like any other; one of the network is not.
            if type(error).__name__ in _REPEATABLE:
                _write(path, {**record, **_error_record(error)})
            raise
        record |= {
            "answered_by": answer.model,
            "attempts": answer.attempts,
            "seconds": round(answer.seconds, 2),
            "cost": None if answer.cost is None else str(answer.cost),
            "usage": answer.usage.model_dump(),
            "notices": list(answer.notices),
            "answer": answer.text,
        }
        _write(path, record)
        return answer


def _about(llm: LLM) -> dict[str, Any]:
    return {
        "model": llm.name,
        "temperature": getattr(llm, "temperature", 0.0),
        "context_tokens": llm.context_tokens,
        "enumerates": llm.enumerates,
    }


def _recorded(folder: Path, model: str | None) -> dict[str, Any]:
    """Return whose answers ``folder`` holds; they are asked for under that name."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        if path.name != _COUNTS:
            about = {key: _read(path).get(key) for key in ("model", "temperature", "context_tokens", "enumerates")}
            found.setdefault(json.dumps(about, sort_keys=True), about)
    matching = [about for about in found.values() if model is None or about["model"] == model]
    if len(matching) == 1:
        return matching[0]
    names = sorted({str(about["model"]) for about in found.values()})
    if not matching:
        message = (
            f"No recordings{f' of {model}' if model else ''} in {folder}. Record some with Recording(folder, llm)."
        )
    else:
        message = f"{folder} holds the answers of several models or settings ({', '.join(names)}): name one."
    raise ModelError(message)


def _replay(path: Path, request: Request) -> Answer:
    record = _read(path)
    usage = Usage.model_validate(record["usage"])
    if "error" in record:
        kind = getattr(errors, record["error"]["type"])
        told = record["error"]["message"]
        raise kind(told, attempts=record["attempts"], usage=usage, last_answer=record.get("answer"))
    try:
        parsed = request.response_model.model_validate_json(record["answer"])
    except ValidationError as error:
        message = f"The recorded answer {path.name} is no longer valid ({error.error_count()} errors): record it again."
        raise InvalidAnswerError(
            message, attempts=record["attempts"], usage=usage, last_answer=record["answer"]
        ) from error
    return Answer(
        parsed=parsed,
        text=record["answer"],
        usage=usage,
        attempts=record["attempts"],
        seconds=record["seconds"],
        model=record["answered_by"],
        cost=None if record["cost"] is None else Decimal(record["cost"]),
        replayed=True,
        notices=tuple(record["notices"]),
    )


def _error_record(error: AnswerError) -> dict[str, Any]:
    return {
        "attempts": error.attempts,
        "usage": error.usage.model_dump(),
        "error": {"type": type(error).__name__, "message": str(error)},
        "answer": error.last_answer,
    }


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        message = f"The recording {path} cannot be read ({error}): delete it and record it again."
        raise ModelError(message) from error
    if not isinstance(record, dict):
        message = f"The recording {path} is none: delete it and record it again."
        raise ModelError(message)
    return record


def _write(path: Path, record: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    fresh.replace(path)
