"""Saved runs: one JSONL file each, with a line about the run and then one for each answer, written as it comes."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from llmdeal.errors import InputError
from llmdeal.evaluation.answers import Answered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from llmdeal.evaluation.labels import GoldArticle

__all__ = ["ArticleDigest", "Run", "RunAbout", "RunError", "RunWriter", "digest_of", "load_run", "save_run"]

Key = tuple[str, int]

# What makes two answers comparable: a run that mixed them would be a run of nothing.
_FIXED: Final = ("llmdeal", "prompt", "version", "prompt_sha256", "model", "temperature")


class RunError(InputError):
    """A saved run cannot be read, or cannot be gone on with."""


class ArticleDigest(BaseModel):
    """An article as it was when it was asked about, so that a change of it is noticed.

    Args:
        id: The article's.
        text: SHA-256 of what is asked about: text, language, day of publication.
        labels: SHA-256 of the labels.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    labels: str


class RunAbout(BaseModel):
    """What a run is a run of.

    Args:
        name: For people; the file's name without its ending.
        created: When it was begun (ISO 8601).
        llmdeal: The library's version.
        prompt: Name of the prompt.
        version: Its version.
        prompt_sha256: Digest of the prompt and its examples, in hexadecimal.
        model: The model's name, as answers give it.
        temperature: At which it was asked.
        repeats: How often each article is asked about.
        articles: All that are to be asked about, answered or not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    created: AwareDatetime
    llmdeal: str
    prompt: str
    version: int
    prompt_sha256: str
    model: str
    temperature: float = 0.0
    repeats: int = 1
    articles: tuple[ArticleDigest, ...] = ()

    @property
    def title(self) -> str:
        """Prompt and model."""
        return f"{self.prompt}.v{self.version} on {self.model}"


@dataclass(frozen=True)
class Run:
    """A saved run.

    Args:
        about: What it is a run of.
        answers: One for each article and repeat that is done, in the order they came.
    """

    about: RunAbout
    answers: tuple[Answered, ...]

    @cached_property
    def by_key(self) -> dict[Key, Answered]:
        """The answers by article and repeat."""
        return {(answered.id, answered.repeat): answered for answered in self.answers}

    @cached_property
    def unanswered(self) -> tuple[Key, ...]:
        """The articles and repeats that were to be asked and are not yet."""
        planned = ((article.id, repeat) for repeat in range(self.about.repeats) for article in self.about.articles)
        return tuple(key for key in planned if key not in self.by_key)


def digest_of(article: GoldArticle) -> ArticleDigest:
    """Return the digests of an article.

    Args:
        article: The article and its labels.

    Example:
        >>> from llmdeal.evaluation.labels import GoldArticle, GoldDeal
        >>> digest = digest_of(GoldArticle("one", "en", "A buys B.", GoldDeal(), None, None, "one", ()))
        >>> digest.id, digest.labels[:8]
        ('one', '44136fa3')
    """
    asked = (article.text, article.language, str(article.published))
    return ArticleDigest(id=article.id, text=_sha256(asked), labels=_sha256(_plain(article.gold)))


def load_run(path: Path) -> Run:
    """Load a saved run.

    Args:
        path: The file. A last line that was torn when its writer was killed is left out; where an article was asked
            about again, the later answer stands.

    Returns:
        The run.

    Raises:
        RunError: The file cannot be read, or is no saved run. The message names the line.
    """
    return _Lines(path).run()


def save_run(path: Path, run: Run) -> None:
    """Save a run whole: either the old file is there, or the new one.

    Args:
        path: The file; its folder is made where it is not there.
        run: The run.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    lines = [model.model_dump_json() for model in (run.about, *run.answers)]
    fresh.write_bytes("".join(f"{line}\n" for line in lines).encode())
    fresh.replace(path)


class RunWriter:
    """Writes a run, each answer as soon as it is there; goes on with the file where there is one.

    Args:
        path: The file.
        about: What the run is a run of. Where the file is of fewer articles or repeats, they are added to it.

    Raises:
        RunError: The file is a run of something else, or another process writes it. The message says what differs.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> about = RunAbout(name="one", created="2026-11-24T12:00:00Z", llmdeal="0.1.0", prompt="deal", version=1,
        ...     prompt_sha256="ab", model="fake")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for name in ("a", "b"):
        ...         with RunWriter(Path(folder, "one.jsonl"), about) as writer:
        ...             writer.add(Answered(id=name))
        ...     [answered.id for answered in load_run(Path(folder, "one.jsonl")).answers]
        ['a', 'b']
    """

    def __init__(self, path: Path, about: RunAbout) -> None:
        from filelock import FileLock, Timeout

        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(path.with_name(f".{path.name}.lock"))
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            msg = f"{path}: another process is writing this run; wait for it, or write elsewhere."
            raise RunError(msg) from error
        try:
            before = _earlier(path, about)
            self._about = before.about
            self._answers = before.by_key
            # Written anew, so that a torn line is gone before the next one is put behind it.
            save_run(path, before)
            self._file = path.open("ab")
        except BaseException:
            self._lock.release()
            raise

    @property
    def run(self) -> Run:
        """The run as far as it has come."""
        return Run(self._about, tuple(self._answers.values()))

    def add(self, answered: Answered) -> None:
        """Write an answer; it is in the file when this returns.

        Args:
            answered: The answer. It takes the place of an earlier one about the same article and repeat.

        Raises:
            OSError: It cannot be written.
        """
        self._file.write(f"{answered.model_dump_json()}\n".encode())
        self._file.flush()
        self._answers[answered.id, answered.repeat] = answered

    def close(self) -> None:
        """Close the file and let other processes have it."""
        self._file.close()
        self._lock.release()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()


class _Lines:
    """The lines of a file, each with its number."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._lines = path.read_bytes().split(b"\n")
        except OSError as error:
            msg = f"{path}: cannot be read: {error.strerror or error}."
            raise RunError(msg) from error

    def run(self) -> Run:
        try:
            about = RunAbout.model_validate_json(self._lines[0])
        except ValidationError as error:
            msg = (
                f"{self._path}: is no saved run: its first line says nothing about one. `llmdeal eval run` makes them."
            )
            raise RunError(msg) from error
        answers = {(answered.id, answered.repeat): answered for answered in self._answers()}
        return Run(about, tuple(answers.values()))

    def _answers(self) -> Iterator[Answered]:
        for number, line in enumerate(self._lines[1:], start=2):
            if not line.strip():
                continue
            try:
                yield Answered.model_validate_json(line)
            except ValidationError as error:
                # Only what follows the last line feed can be torn: a writer ends each line with one.
                if number == len(self._lines):
                    return
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"])) or "the line"
                msg = f"{self._path}, line {number}: {where}: {first['msg']}. Delete the line to ask again."
                raise RunError(msg) from error


def _earlier(path: Path, about: RunAbout) -> Run:
    """Return the run to go on with: that of the file with what is new put in, or one without answers."""
    if not path.exists() or not path.stat().st_size:
        return Run(about, ())
    run = load_run(path)
    _refuse_another(path, run.about, about)
    articles = {article.id: article for article in (*run.about.articles, *about.articles)}
    merged = {"articles": tuple(articles.values()), "repeats": max(run.about.repeats, about.repeats)}
    return Run(run.about.model_copy(update=merged), run.answers)


def _refuse_another(path: Path, old: RunAbout, new: RunAbout) -> None:
    differing = [
        f"{name.replace('_', ' ')} {_short(getattr(old, name))}, not {_short(getattr(new, name))}"
        for name in _FIXED
        if getattr(old, name) != getattr(new, name)
    ]
    texts = {article.id: article.text for article in old.articles}
    if changed := _listed(
        article.id for article in new.articles if texts.get(article.id, article.text) != article.text
    ):
        differing.append(f"another text of {changed}")
    if differing:
        msg = f"{path} is a run of something else: {'; '.join(differing)}. Write elsewhere, or delete it."
        raise RunError(msg)


def _short(value: object) -> str:
    text = str(value)
    return f"{text[:12]}..." if len(text) == hashlib.sha256().digest_size * 2 else text


def _listed(names: Iterable[str]) -> str:
    shown: Sequence[str] = sorted(names)
    return f"{', '.join(shown[:5])}{' and others' if len(shown) > 5 else ''}"  # noqa: PLR2004  a line's worth


def _plain(value: Any) -> Any:  # noqa: ANN401  whatever labels are made of
    """Return labels as plain data, without what is not labelled."""
    if is_dataclass(value):
        found = {field.name: getattr(value, field.name) for field in fields(value) if field.compare}
        return {name: _plain(part) for name, part in found.items() if part is not None}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.model_dump(mode="json", exclude_defaults=True) if isinstance(value, BaseModel) else value


def _sha256(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
