"""From messages to a validated answer, through instructor, in the strongest output mode that the server honours."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from llmdeal.errors import AnswerError, InvalidAnswerError
from llmdeal.llm.address import OutputMode
from llmdeal.llm.exchange import Exchange, ModeRefusedError
from llmdeal.llm.faults import redact
from llmdeal.llm.quiet import quiet_instructor
from llmdeal.llm.schema import strict_schema

if TYPE_CHECKING:
    from pydantic import BaseModel

_INSTRUCTOR_MODES = {
    OutputMode.JSON_SCHEMA: "JSON_SCHEMA",
    OutputMode.JSON_OBJECT: "JSON",
    OutputMode.TEXT: "MD_JSON",
}


async def ask(exchange: Exchange, reasks: int) -> BaseModel:
    """Ask until the answer validates, weakening the output mode where the server demands it.

    Args:
        exchange: The question and the server.
        reasks: How often an invalid answer is sent back for correction.

    Returns:
        The validated answer, an instance of the request's response model.

    Raises:
        AnswerError: There is no answer to use; its subclass says why.
    """
    while True:
        try:
            return await _ask_once(exchange, reasks)
        except ModeRefusedError as refused:
            reason, instead = redact(str(refused)), refused.instead
        habits, old = exchange.habits, exchange.mode
        if habits.mode is old:
            habits.mode = instead
            habits.notices.append(
                f"{exchange.terms.model} does not honour the output mode {old.value} ({reason}): "
                f"fell back to {instead.value}.",
            )
        # Another question may have learnt more about the server in the meantime.
        exchange.mode = habits.mode


async def _ask_once(exchange: Exchange, reasks: int) -> BaseModel:
    import instructor

    request = exchange.request
    create = instructor.patch(create=exchange.create, mode=instructor.Mode[_INSTRUCTOR_MODES[exchange.mode]])
    try:
        with quiet_instructor():
            # `context` is never passed: it would render every message as a template, the article included.
            await create(  # type: ignore[misc]  # instructor types it as sync or async
                response_model=_response_model(exchange),
                max_retries=reasks,
                strict=False,
                messages=[message.model_dump() for message in request.messages],
            )
    except instructor.core.InstructorRetryException as error:
        cause = error.__cause__ or error
    else:
        # instructor answers with an instance of a class of its own making, and with the raw response hung on it.
        return request.response_model.model_validate_json(exchange.tally.last_answer or "")
    if isinstance(cause, AnswerError | ModeRefusedError) or not is_validation(cause):
        # Raised outside the handler, so that no SDK exception, request and key hang on ours.
        raise cause.with_traceback(None)
    raise invalid(exchange, cause)


def invalid(exchange: Exchange, cause: BaseException) -> AnswerError:
    """Return the error for an answer that never validated.

    Args:
        exchange: The question and what it took.
        cause: The last validation error.
    """
    tries = exchange.tally.attempts
    message = (
        f"{exchange.terms.model} gave no valid answer in {tries} attempt{'s' if tries > 1 else ''}: "
        f"{reasons(cause)}. Try another model or prompt."
    )
    return exchange.tally.error(InvalidAnswerError, message)


def reasons(cause: BaseException) -> str:
    """Return what was wrong with an answer, in one line.

    Args:
        cause: The last validation error.
    """
    from pydantic import ValidationError

    if not isinstance(cause, ValidationError):
        return redact(str(cause))
    problems = cause.errors(include_url=False, include_context=False, include_input=False)
    told = [": ".join(filter(None, (".".join(map(str, p["loc"])), p["msg"]))) for p in problems[:3]]
    return redact("; ".join(told)) + (f"; and {len(problems) - 3} more" if len(problems) > 3 else "")  # noqa: PLR2004  as many as are shown above


def is_validation(error: BaseException) -> bool:
    """Return whether ``error`` says that an answer did not validate.

    Args:
        error: What instructor's last attempt ended in.
    """
    from instructor.core import ResponseParsingError
    from pydantic import ValidationError

    return isinstance(error, ValidationError | json.JSONDecodeError | ResponseParsingError)


def _response_model(exchange: Exchange) -> type[BaseModel]:
    """Return the model in instructor's clothes, whose schema, which weak modes put in the prompt, is the one sent."""
    if exchange.request.schema is None:
        return _dressed_once(exchange.request.response_model)
    return _dressed(exchange.request.response_model, exchange.schema)


@lru_cache(maxsize=32)
def _dressed_once(model: type[BaseModel]) -> type[BaseModel]:
    return _dressed(model, strict_schema(model))


def _dressed(model: type[BaseModel], schema: dict[str, Any]) -> type[BaseModel]:
    from instructor.v2.core.function_calls import response_schema

    # instructor would do this itself at every call, and compute the schema again.
    dressed = response_schema(model)
    setattr(dressed, "model_json_schema", classmethod(lambda _cls, *_args, **_options: schema))  # noqa: B010 - a method
    return dressed
