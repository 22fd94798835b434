"""Which model is meant by what a caller says."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from llmdeal.errors import ModelError
from llmdeal.llm import Settings, choosing, connect
from tests.loopback import Loopback

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LLMDEAL_MODEL", "DEEPSEEK_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    choosing._announced.clear()  # noqa: SLF001 - a process announces once, a test each time


def test_import_is_light() -> None:
    code = (
        "import sys, llmdeal.llm; heavy = {'openai', 'instructor', 'tenacity', 'xllamacpp', 'genai_prices', "
        "'huggingface_hub', 'httpx2', 'jiter'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (Settings(model="gpt-4.1", api_key="k"), "openai/gpt-4.1"),
        (Settings(model="openai/gpt-4.1", api_key="k"), "openai/gpt-4.1"),
        (Settings(api_key="k"), "openai/gpt-4.1-mini"),
        (Settings(model="anything/at-all", base_url="http://127.0.0.1:1/v1"), "anything/at-all"),
        (Settings(model="openai/gpt-oss-20b", base_url="http://127.0.0.1:1/v1"), "openai/gpt-oss-20b"),
        (Settings(model="openai/gpt-4.1", base_url="http://127.0.0.1:1/v1"), "gpt-4.1"),
        (Settings(model="gpt-4.1", base_url="https://api.openai.com/v1", api_key="k"), "openai/gpt-4.1"),
        (Settings(model="embedded", api_key="k"), "qwen2.5-coder-1.5b"),
        (Settings(model="SmolLM2-135M"), "smollm2-135m"),
        (Settings(model="deepseek/deepseek-chat", api_key="k"), "deepseek/deepseek-chat"),
        (Settings(model="ollama/llama3"), "ollama/llama3"),
    ],
)
def test_settings_name_the_model(settings: Settings, name: str) -> None:
    assert connect(settings).name == name


def test_environment_names_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert connect().name == "openai/gpt-4.1-mini"
    monkeypatch.setenv("LLMDEAL_MODEL", "smollm2-135m")
    assert connect().name == "smollm2-135m"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert connect().name == "smollm2-135m"
    assert connect(Settings(model="gpt-4.1")).name == "gpt-4.1"


def test_embedded_runs_for_want_of_a_key_and_says_so_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert connect().enumerates
    connect()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("embedded model qwen2.5-coder-1.5b") == 1


def test_announcement_goes_where_the_caller_says(capsys: pytest.CaptureFixture[str]) -> None:
    lines: list[str] = []
    connect(announce=lines.append)
    assert len(lines) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (Settings(model="frobnicate"), "There is no model 'frobnicate'"),
        (Settings(model="frob/nicate"), "There is no model 'frob/nicate'"),
        (Settings(model="openai/"), "There is no model 'openai/'"),
        (Settings(model="gpt-4.1"), "OPENAI_API_KEY"),
        (Settings(model="deepseek/deepseek-chat"), "DEEPSEEK_API_KEY"),
        (Settings(model="anthropic/claude-sonnet-4-5", api_key="sk-secret-of-mine"), "pip install"),
        (Settings(model="no/such/file.gguf"), "There is no weights file"),
        (Settings(base_url="127.0.0.1:8000"), "starts with http"),
    ],
)
def test_what_cannot_be_used(settings: Settings, says: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModelError, match=says) as caught:
        connect(settings)
    assert "\n" not in str(caught.value)
    assert "sk-secret-of-mine" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_unknown_name_is_told_what_is_known() -> None:
    with pytest.raises(ModelError) as caught:
        connect(Settings(model="frobnicate"))
    for known in ("qwen2.5-coder-1.5b", "smollm2-135m", ".gguf", "gpt-4.1-mini", "provider/model", "--base-url"):
        assert known in str(caught.value)


def test_only_model_of_an_address() -> None:
    with Loopback(models=["mine"]) as server:
        assert connect(Settings(base_url=server.url)).name == "mine"


def test_several_models_of_an_address() -> None:
    with Loopback(models=["mine", "yours"]) as server, pytest.raises(ModelError, match="mine, yours"):
        connect(Settings(base_url=server.url))


def test_address_that_does_not_answer() -> None:
    with Loopback() as server:
        pass
    with pytest.raises(ModelError, match=r"127\.0\.0\.1"):
        connect(Settings(base_url=server.url))


def test_llama_cpp_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"llmdeal\[embedded\]"):
        connect(Settings(model="embedded"))


def test_context_of_a_hosted_model() -> None:
    assert connect(Settings(model="gpt-4.1-mini", api_key="k")).context_tokens == 1_000_000
    assert connect(Settings(model="x", base_url="http://127.0.0.1:1/v1")).context_tokens is None


def test_gguf_file_of_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.touch()
    llm = connect(Settings(model=str(path)))
    assert (llm.name, llm.enumerates) == ("mine", True)


@pytest.mark.parametrize("wrong", [{"timeout": 0}, {"deadline": -1}, {"transport_attempts": 0}, {"reasks": -1}])
def test_settings_that_cannot_work(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Settings(**wrong)  # type: ignore[arg-type]
