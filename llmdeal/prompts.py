"""Finds, loads and renders the files in ``prompts/``.

A prompt is ``<name>.v<N>.jinja``: front matter, then a ``system`` and a ``user`` block, each rendered on its own, so
that no text of an article can start another role. Its examples, ``<name>.v<N>.examples.yaml``, become earlier turns.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from llmdeal import draft as drafts
from llmdeal.draft import DealDraft
from llmdeal.errors import PromptError
from llmdeal.examples import Example, read_examples, read_yaml
from llmdeal.readers import open_document, read
from llmdeal.segmentation import language_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Template

    from llmdeal.readers import MarkedDocument

__all__ = ["Prompt", "Turn", "find_prompt", "list_prompts"]

_FILE = re.compile(r"(?P<name>[a-z][a-z0-9-]*)\.v(?P<version>[1-9][0-9]{0,5})\.jinja")
_FRONT_MATTER = re.compile(r"\A---\n(?P<yaml>.*?\n)---\n", re.DOTALL)
_MAX_BYTES: Final = 256 * 1024
# What the expressions of a template can raise besides jinja2's own errors.
_FAILURES: Final = (ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)
_OUTPUTS: Final[Mapping[str, type[BaseModel]]] = {
    "DealDraft": DealDraft,
    "Judgement": drafts.Judgement,
    "Rewrites": drafts.Rewrites,
}


class _FrontMatter(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str
    output: Literal["DealDraft", "Judgement", "Rewrites"] = "DealDraft"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a rendered prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Prompt:
    """A prompt file, loaded.

    Args:
        name: What stands before the version in its file name.
        version: Its version; a released one is never edited.
        description: What its front matter says of it.
        output: The type of answer that it asks for.
        path: Its file.
        source: The text of its file.
        examples_source: The text of its examples file, empty where there is none.
    """

    name: str
    version: int
    description: str
    output: type[BaseModel] = field(repr=False)
    path: Path
    source: str = field(repr=False)
    examples_source: str = field(repr=False, default="")

    @property
    def reference(self) -> str:
        """Name and version, as ``find_prompt`` takes them."""
        return f"{self.name}.v{self.version}"

    @cached_property
    def sha256(self) -> str:
        """Digest of the file and of its examples, in hexadecimal."""
        return hashlib.sha256(f"{self.source}\0{self.examples_source}".encode()).hexdigest()

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Its examples, each checked against its own text.

        Raises:
            PromptError: An example does not hold in its own text.
        """
        where = self.path.with_suffix("").with_suffix(f".v{self.version}.examples.yaml")
        return read_examples(self.examples_source, where) if self.examples_source else ()

    def check(self) -> None:
        """Render it once, on a sentence of no article, so that a fault shows before a model is started or paid.

        Raises:
            PromptError: The template or an example cannot be used.
        """
        self.render(read(open_document("Kestrel buys Bella Nonna for $1 million.", language="en")))

    def render(
        self,
        marked: MarkedDocument,
        *,
        output_language: str | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> tuple[Turn, ...]:
        """Render the conversation that asks for a draft of one article.

        Args:
            marked: The article with its mentions marked.
            output_language: ISO 639-1 code for headline, summary and key points; the article's when None.
            fields: Further fields to ask for, with their descriptions.

        Returns:
            The turns: system, a pair for each example, and the user's, which holds the article and comes last.

        Raises:
            PromptError: The template uses a variable that does not exist, or fails otherwise.
        """
        shared = tuple((fields or {}).items())
        if shared not in self._openings:
            self._openings[shared] = self._opening(dict(shared))
        question = self._block("user", {"fields": dict(shared)} | _variables(marked, output_language))
        return (*self._openings[shared], Turn("user", question))

    @cached_property
    def _openings(self) -> dict[tuple[tuple[str, str], ...], tuple[Turn, ...]]:
        """What stands before the article, which is the same for all articles, by the further fields."""
        return {}

    def _opening(self, fields: Mapping[str, str]) -> tuple[Turn, ...]:
        turns = [Turn("system", self._block("system", {"fields": fields}))]
        for example in self.examples:
            turns.append(Turn("user", self._block("user", {"fields": fields} | _variables(example.marked, None))))
            turns.append(Turn("assistant", json.dumps(example.answer, ensure_ascii=False, separators=(",", ":"))))
        return tuple(turns)

    def render_alone(self, variables: Mapping[str, Any], role: Literal["system", "user"] = "user") -> Turn:
        """Render one turn by itself, with variables of its own: it goes on from earlier ones, or asks something else.

        Args:
            variables: What the template may use.
            role: Whose turn.

        Raises:
            PromptError: The template uses a variable that does not exist, or fails otherwise.
        """
        return Turn(role, self._block(role, variables))

    @cached_property
    def _template(self) -> Template:
        from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self.path.parent),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Blank lines in place of the front matter keep the line numbers of errors those of the file.
        body = _FRONT_MATTER.sub(lambda match: "\n" * match.group().count("\n"), self.source)
        try:
            template = environment.from_string(body)
        except TemplateSyntaxError as error:
            msg = f"{self.path}, line {error.lineno}: {error.message}"
            raise PromptError(msg) from error
        except _FAILURES as error:
            msg = f"{self.path}: {error}"
            raise PromptError(msg) from error
        missing = {"system", "user"} - template.blocks.keys() if self.output is DealDraft else set()
        if missing:
            msg = f"{self.path}: no {{% block {min(missing)} %}}; a prompt has a block system and a block user."
            raise PromptError(msg)
        return template

    def _block(self, block: str, variables: Mapping[str, Any]) -> str:
        from jinja2 import TemplateError, TemplateNotFound, UndefinedError

        template = self._template
        try:
            return "".join(template.blocks[block](template.new_context(dict(variables)))).strip()
        except UndefinedError as error:
            known = ", ".join(sorted(variables))
            msg = f"{self.path}, line {_line_of(error, template)}: {error.message}; known are {known}."
            raise PromptError(msg) from error
        except TemplateNotFound as error:
            msg = f"{self.path}, line {_line_of(error, template)}: there is no file {error.name} in its folder."
            raise PromptError(msg) from error
        except (TemplateError, *_FAILURES) as error:
            msg = f"{self.path}, line {_line_of(error, template)}: {error}"
            raise PromptError(msg) from error


def _line_of(error: BaseException, template: Template) -> int:
    """Return the template's line that an error came from."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _variables(marked: MarkedDocument, output_language: str | None) -> dict[str, str]:
    published = marked.document.published
    return {
        "article": marked.render(),
        "language": language_name(output_language or marked.document.language),
        "published": published.isoformat() if published else "",
    }


def find_prompt(name: str, folder: Path | str | None = None) -> Prompt:
    """Find a prompt by name.

    Args:
        name: ``deal`` for its newest version, ``deal.v1`` for that one.
        folder: A folder of one's own, looked in before the prompts that come with the library.

    Returns:
        The prompt.

    Raises:
        PromptError: There is none of that name, or its file cannot be used.

    Example:
        >>> find_prompt("deal.v1").reference
        'deal.v1'
    """
    known = list_prompts(folder)
    found = [prompt for prompt in known if name in (prompt.name, prompt.reference)]
    if not found:
        names = ", ".join(prompt.reference for prompt in known) or "none"
        msg = f"There is no prompt {name!r}; there are {names}."
        raise PromptError(msg)
    return max(found, key=lambda prompt: prompt.version)


def list_prompts(folder: Path | str | None = None) -> tuple[Prompt, ...]:
    """List the prompts of a folder and those that come with the library, by name and version.

    Args:
        folder: A folder of one's own; a prompt in it hides one of the same name and version.

    Raises:
        PromptError: The folder does not exist, or a file in it cannot be used.
    """
    if folder is not None and not Path(folder).is_dir():
        msg = f"{folder}: there is no such folder of prompts."
        raise PromptError(msg)
    prompts = {prompt.reference: prompt for prompt in _load_folder(_own_folder())}
    if folder is not None:
        prompts.update((prompt.reference, prompt) for prompt in _load_folder(Path(folder)))
    return tuple(sorted(prompts.values(), key=lambda prompt: (prompt.name, prompt.version)))


def _own_folder() -> Path:
    """Return where our prompts are: in the wheel beside this file, in a checkout beside the package."""
    package = Path(__file__).parent
    installed = package / "prompts"
    return installed if installed.is_dir() else package.parent / "prompts"


def _load_folder(folder: Path) -> Iterator[Prompt]:
    for path in sorted(folder.glob("*.jinja")):
        if match := _FILE.fullmatch(path.name):
            yield _load(path, match["name"], int(match["version"]))


def _load(path: Path, name: str, version: int) -> Prompt:
    source = _read(path)
    match = _FRONT_MATTER.match(source)
    if match is None:
        msg = f"{path}, line 1: a prompt begins with front matter between two lines of three hyphens."
        raise PromptError(msg)
    try:
        front = _FrontMatter.model_validate(read_yaml(match["yaml"], f"{path}, front matter"))
    except ValidationError as error:
        first = error.errors()[0]
        msg = f"{path}: front matter, {'.'.join(map(str, first['loc'])) or 'as a whole'}: {first['msg']}."
        raise PromptError(msg) from error
    examples = path.with_name(f"{name}.v{version}.examples.yaml")
    return Prompt(
        name=name,
        version=version,
        description=front.description,
        output=_OUTPUTS[front.output],
        path=path,
        source=source,
        examples_source=_read(examples) if examples.is_file() else "",
    )


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            msg = f"{path}: larger than {_MAX_BYTES // 1024} kB, too large for a prompt."
            raise PromptError(msg)
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read: {error}"
        raise PromptError(msg) from error
