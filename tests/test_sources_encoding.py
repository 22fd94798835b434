from __future__ import annotations

import codecs
import contextlib
from encodings.aliases import aliases

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmdeal.errors import DocumentError
from llmdeal.sources.encoding import Decoded, decode

FRENCH = "L'accord, annoncé lundi, a été signé à l'été pour 1,2 milliard d’euros. Société Générale cède sa filiale."
GERMAN = "Die Übernahme der Münchner Firma für 1,8 Milliarden Euro wurde bestätigt. „Größere“ Änderungen folgen."
SPANISH = "La compañía española comprará la filial por 900 millones de dólares, anunció el señor Peña."
ITALIAN = "La società ha annunciato lunedì l'acquisizione; l'operazione sarà completata, perché così è più facile."
POLISH = "Spółka przejmie większościowy udział w łódzkiej firmie za 300 mln złotych, ogłoszono w środę."
JAPANESE = "ソフトバンクは月曜日、英半導体設計会社を三千億円で買収すると発表した。取引は年末までに完了する。"
CHINESE = "阿里巴巴集团周一宣布以三百亿元人民币收购该公司全部股份，交易预计将于年底前完成。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (FRENCH.replace("’", "'"), "latin-1"),
        (GERMAN, "cp1252"),
        (SPANISH, "latin-1"),
        (ITALIAN, "mac_roman"),
        ("The deal is worth £2.5m, or €3m, it said.", "cp1252"),
        ("Un café à Paris", "latin-1"),
        ("El señor compañero", "latin-1"),
        ("Prix: 3 millions d'€", "iso8859_15"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
    ],
)
def test_an_encoding_is_found_and_named(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), name="a.txt")

    assert decoded.text == text
    assert decoded.guessed is not None
    assert text.encode(encoding).decode(decoded.guessed) == text


@pytest.mark.parametrize("text", [FRENCH, JAPANESE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_its_mark_is_no_guess(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), name="a.txt")

    assert (decoded.text, decoded.guessed) == (text, None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), name="a.txt").text == FRENCH


def test_a_declared_encoding_is_believed_unless_a_mark_says_otherwise() -> None:
    assert decode("été".encode("iso8859-2"), name="a", declared="ISO-8859-2").text == "été"
    assert decode("“été”".encode("cp1252"), name="a", declared="iso-8859-1").text == "“été”"
    assert decode(codecs.BOM_UTF8 + "été".encode(), name="a", declared="latin-1").text == "été"
    assert decode("été".encode(), name="a", declared="no-such-encoding").text == "été"


def test_whatever_is_declared_a_text_comes_out_or_our_error() -> None:
    for declared in {*aliases.values(), "undefined", "unicode_escape", "a\0b", "é", "x" * 999}:
        with contextlib.suppress(DocumentError):
            assert decode(FRENCH.encode(), name="a", declared=declared).text, declared


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "a.bin is empty"),
        (b" \r\n\t", "a.bin is empty"),
        (codecs.BOM_UTF8 + b"  ", "a.bin is empty"),
        (codecs.BOM_UTF16_LE, "a.bin is empty"),
        (b"abc\x00def", "binary file"),
        (bytes(range(1, 256)), "binary file"),
        (b"%PDF-1.7 text", "binary file (a PDF file)"),
        (b"\x89PNG\r\n\x1a\n", "binary file (a picture)"),
        (codecs.BOM_UTF16_LE + b"a", "is marked as utf-16"),
        ("annoncé à l'été".encode("cp037"), "its encoding cannot be told"),
        ("Δύο εταιρείες συμφώνησαν σήμερα".encode("iso8859_7"), "its encoding cannot be told"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data, name="a.bin")

    assert words in str(caught.value)


def test_a_declaration_that_is_wrong_is_not_believed() -> None:
    assert decode("dépôt".encode("latin-1"), name="a", declared="utf-8") == Decoded("dépôt", guessed="cp1252")
    assert decode("dépôt à l'été".encode(), name="a", declared="ascii") == Decoded("dépôt à l'été")
    assert decode("買収".encode(), name="a", declared="euc-jp") == Decoded("買収", guessed="utf-8")


# The first call imports a detector, which takes longer than hypothesis allows.
@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_our_error(data: bytes) -> None:
    try:
        decoded = decode(data, name="a")
    except DocumentError:
        return
    assert decoded.text.strip()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\x1b"), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    data = text.encode()
    if text.startswith("\ufeff") or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return
    try:
        assert decode(data, name="a").text == text
    except DocumentError:
        controls = sum(byte < ord(" ") and byte not in b"\t\n\v\f\r\x0e\x0f" for byte in data)
        assert not text.strip() or not data.strip() or controls
