"""Numbers in words are read back, up to a million, in the eight languages that spell them with letters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmdeal.mentions import Money
from llmdeal.readers import open_document, read

if TYPE_CHECKING:
    from collections.abc import Callable

# The words from 1 to 20, or to the last that is no composition, and the tens from 20 to 90.
SMALL: Final = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
    " dix-neuf",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
    " achtzehn neunzehn",
    "es": "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
    " dieciocho diecinueve veinte veintiún veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete"
    " veintiocho veintinueve",
    "it": "un due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici"
    " diciassette diciotto diciannove",
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito"
    " dezenove",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
    " achttien negentien",
    "pl": "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście"
    " piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście",
}
TENS: Final = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "pl": "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt"
    " dziewięćdziesiąt",
}
HUNDREDS: Final = {
    "es": "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
    "pt": "cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos",
    "pl": "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset",
}
EUROS: Final = {
    "en": ("thousand", " million euros"),
    "fr": ("mille", " millions d\u2019euros"),
    "de": ("tausend", " Millionen Euro"),
    "es": ("mil", " millones de euros"),
    "it": ("mila", " milioni di euro"),
    "pt": ("mil", " milhões de euros"),
    "nl": ("duizend", " miljoen euro"),
    "pl": ("tysięcy", " milionów euro"),
}


def word(table: dict[str, str], language: str, number: int) -> str:
    return table[language].split()[number - 1]


def french(number: int) -> str:
    if number < 20:
        return word(SMALL, "fr", number)
    if number >= 80:
        return "quatre-vingts" if number == 80 else f"quatre-vingt-{french(number - 80)}"
    ten = min(number // 10, 6)
    rest = number - 10 * ten
    left = word(TENS, "fr", ten - 1)
    if not rest:
        return left
    return f"{left} et {french(rest)}" if rest in {1, 11} else f"{left}-{french(rest)}"


def germanic(language: str, number: int) -> str:
    small = len(SMALL[language].split())
    if number <= small:
        return word(SMALL, language, number)
    ten, unit = divmod(number, 10)
    left = word(TENS, language, ten - 1)
    if not unit:
        return left
    if language == "en":
        return f"{left}-{word(SMALL, language, unit)}"
    one = word(SMALL, language, unit)
    link = "und" if language == "de" else "ën" if one.endswith("e") else "en"
    return f"{one}{link}{left}"


def romance(language: str, number: int) -> str:
    if number <= len(SMALL[language].split()):
        return word(SMALL, language, number)
    ten, unit = divmod(number, 10)
    left = word(TENS, language, ten - 1)
    if not unit:
        return left
    one = word(SMALL, language, unit)
    if language == "it":
        left = left[:-1] if unit in {1, 8} else left
        return left + {1: "uno", 3: "tré"}.get(unit, one)
    return f"{left} {'y' if language == 'es' else 'e'} {one}" if language != "pl" else f"{left} {one}"


def below_hundred(language: str) -> Callable[[int], str]:
    if language == "fr":
        return french
    return (
        (lambda number: germanic(language, number))
        if language in {"en", "de", "nl"}
        else (lambda number: romance(language, number))
    )


def below_thousand(language: str, number: int) -> str:
    """Write a number up to 999 in words."""
    hundreds, rest = divmod(number, 100)
    low = below_hundred(language)
    if not hundreds:
        return low(rest)
    if language in HUNDREDS:
        first = word(HUNDREDS, language, hundreds)
        if number == 100:
            return {"es": "cien", "pt": "cem"}.get(language, first)
        return first if not rest else f"{first} {'e ' if language == 'pt' else ''}{low(rest)}"
    unit = "" if hundreds == 1 and language != "en" else word(SMALL, language, hundreds)
    if language == "en":
        return f"{unit} hundred" + (f" and {low(rest)}" if rest else "")
    if language == "fr":
        cent = f"{unit} cent".strip()
        return f"{cent} {low(rest)}" if rest else cent + ("s" if hundreds > 1 else "")
    hundred = {"de": "hundert", "nl": "honderd", "it": "cento"}[language]
    tail = (
        "eins"
        if language == "de" and rest == 1
        else "uno"
        if language == "it" and rest == 1
        else low(rest)
        if rest
        else ""
    )
    joined = f"{unit}{hundred}{tail}"
    return joined.replace("oo", "o") if language == "it" else joined


def in_words(language: str, number: int) -> str:
    """Write a number up to 999,999 in words."""
    thousands, rest = divmod(number, 1000)
    thousand = EUROS[language][0]
    if not thousands:
        return below_thousand(language, rest)
    if language in {"de", "it", "nl"}:
        return f"{below_thousand(language, thousands)}{thousand}"
    left = below_thousand(language, thousands).replace("quatre-vingts", "quatre-vingt")
    left = left.removesuffix("s") if language == "fr" and left.endswith("cents") else left
    return f"{left} {thousand} {below_thousand(language, rest) if rest else ''}".strip()


def amounts_of(text: str, language: str) -> list[object]:
    return [mention.value for mention in read(open_document(f"x {text} x", language=language)).mentions]


@pytest.mark.parametrize("language", sorted(SMALL))
@settings(deadline=None, max_examples=100)
@given(number=st.integers(min_value=2, max_value=999))
def test_a_number_of_millions_in_words_is_read_back(language: str, number: int) -> None:
    text = f"{in_words(language, number)}{EUROS[language][1]}"
    assert amounts_of(text, language) == [Money(amount=Decimal(number) * 10**6, currency="EUR")]


@pytest.mark.parametrize("language", sorted(SMALL))
@settings(deadline=None, max_examples=60)
@given(thousands=st.integers(min_value=2, max_value=999), rest=st.integers(min_value=0, max_value=999))
def test_a_number_of_euros_in_words_is_read_back(language: str, thousands: int, rest: int) -> None:
    if language in {"de", "it", "nl"}:
        # One word; papers spell only whole thousands, and below a hundred or in hundreds.
        thousands, rest = (thousands if thousands < 100 else thousands // 100 * 100), 0
    number = thousands * 1000 + rest
    euros = " euros" if language in {"en", "fr", "es", "pt"} else " Euro" if language == "de" else " euro"
    text = f"{in_words(language, number)}{euros}"
    assert amounts_of(text, language) == [Money(amount=Decimal(number), currency="EUR")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "between two and three hundred million dollars", "USD 200,000,000-300,000,000"),
        ("en", "one hundred and five million dollars and two million euros", "USD 105,000,000"),
        ("en", "a hundred and fifty thousand pounds", "GBP 150,000"),
        ("en", "twelve hundred dollars", "USD 1,200"),
        ("pt", "entre cento e vinte e duzentos milhões de euros", "EUR 120,000,000-200,000,000"),
        ("en", "twenty twenty-five million dollars", ""),
        ("en", "dozens of one hundred and five", ""),
    ],
)
def test_what_joins_two_numbers_and_what_does_not(language: str, text: str, expected: str) -> None:
    assert "; ".join(map(str, amounts_of(text, language)[:1])) == expected
