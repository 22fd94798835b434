"""How newsrooms write an amount, a date, a percentage and a duration in ten languages, and short sentences for them.

Independent of the readers: numbers, currencies and dates come from CLDR, scale words, units and sentences from the
tables below. A form that a language does not have is None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_name, get_currency_symbol

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from llmdeal.mentions import PartialDate

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ja", "zh")
UNSPACED: Final = frozenset({"ja", "zh"})

# Power of ten, how it is written out (for one, for several), how it is shortened.
SCALES: Final[dict[str, tuple[tuple[int, str, str, str | None], ...]]] = {
    "en": ((12, "trillion", "trillion", "tn"), (9, "billion", "billion", "bn"), (6, "million", "million", "m")),
    "fr": ((9, "milliard", "milliards", "Mds"), (6, "million", "millions", "M")),
    "de": ((9, "Milliarde", "Milliarden", "Mrd."), (6, "Million", "Millionen", "Mio.")),
    "es": ((9, "mil millones", "mil millones", None), (6, "millón", "millones", None)),
    "it": ((9, "miliardo", "miliardi", "mld"), (6, "milione", "milioni", "mln")),
    "pt": ((9, "mil milhões", "mil milhões", "bi"), (6, "milhão", "milhões", "mi")),
    "nl": ((9, "miljard", "miljard", "mrd"), (6, "miljoen", "miljoen", "mln")),
    "pl": ((9, "mld", "mld", "mld"), (6, "mln", "mln", "mln")),
    "ja": ((12, "兆", "兆", None), (8, "億", "億", None), (4, "万", "万", None)),
    "zh": ((12, "万亿", "万亿", None), (8, "亿", "亿", None), (4, "万", "万", None)),
}
_OF: Final = {"fr": " de ", "es": " de ", "it": " di ", "pt": " de "}
_ELIDED: Final = "aeiouéE"
ABOUT: Final = {
    "en": ("about", "around", "roughly"),
    "fr": ("environ", "quelque"),
    "de": ("rund", "etwa"),
    "es": ("unos", "alrededor de"),
    "it": ("circa",),
    "pt": ("cerca de",),
    "nl": ("ongeveer", "circa"),
    "pl": ("około", "ok."),
    "ja": ("約",),
    "zh": ("约", "大约"),
}
_PERCENT: Final = {
    "en": ("%", " percent"),
    "fr": (" %", " pour cent"),
    "de": (" %", " Prozent"),
    "es": (" %", " por ciento"),
    "it": ("%", " per cento"),
    "pt": ("%", " por cento"),
    "nl": ("%", " procent"),
    "pl": (" %", " proc."),
    "ja": ("%", "パーセント"),
    "zh": ("%", "％"),
}
_YEARS_IN_WORDS: Final = {
    "en": ("two years", "three years", "four years", "five years", "six years", "seven years", "eight years"),
    "fr": ("deux ans", "trois ans", "quatre ans", "cinq ans", "six ans", "sept ans", "huit ans"),
    "de": ("zwei Jahre", "drei Jahre", "vier Jahre", "fünf Jahre", "sechs Jahre", "sieben Jahre", "acht Jahre"),
    "es": ("dos años", "tres años", "cuatro años", "cinco años", "seis años", "siete años", "ocho años"),
    "it": ("due anni", "tre anni", "quattro anni", "cinque anni", "sei anni", "sette anni", "otto anni"),
    "pt": ("dois anos", "três anos", "quatro anos", "cinco anos", "seis anos", "sete anos", "oito anos"),
    "nl": ("twee jaar", "drie jaar", "vier jaar", "vijf jaar", "zes jaar", "zeven jaar", "acht jaar"),
    "pl": ("dwa lata", "trzy lata", "cztery lata", "pięć lat", "sześć lat", "siedem lat", "osiem lat"),
    "ja": ("二年間", "三年間", "四年間", "五年間", "六年間", "七年間", "八年間"),
    "zh": ("两年", "三年", "四年", "五年", "六年", "七年", "八年"),
}
_UNITS: Final = {
    "en": ("{} years", "{} months"),
    "fr": ("{} ans", "{} mois"),
    "de": ("{} Jahre", "{} Monate"),
    "es": ("{} años", "{} meses"),
    "it": ("{} anni", "{} mesi"),
    "pt": ("{} anos", "{} meses"),
    "nl": ("{} jaar", "{} maanden"),
    "pl": ("{} lat", "{} miesięcy"),
    "ja": ("{}年間", "{}カ月"),
    "zh": ("{}年", "{}个月"),
}
_END_OF: Final = {
    "en": "the end of {}",
    "fr": "la fin de {}",
    "de": "Ende {}",
    "es": "finales de {}",
    "it": "la fine del {}",
    "pt": "o final de {}",
    "nl": "eind {}",
    "pl": "koniec {} r.",
    "ja": "{}年末",
    "zh": "{}年底",
}
_IN_FIGURES: Final = {
    "fr": "dd/MM/y",
    "de": "dd.MM.y",
    "es": "dd/MM/y",
    "it": "dd/MM/y",
    "pt": "dd/MM/y",
    "nl": "dd-MM-y",
    "pl": "dd.MM.y",
    "ja": "y/M/d",
    "zh": "y-MM-dd",
    "en": "y-MM-dd",
}
_MONTH: Final = {"es": "LLLL 'de' y", "pt": "LLLL 'de' y", "ja": "y年M月", "zh": "y年M月"}
_QUARTER: Final = {"es": "Q'T' y", "ja": "y年QQQQ", "zh": "y年QQQQ"}
_FULL_WIDTH: Final = {**{code: chr(code + 0xFEE0) for code in (*range(0x30, 0x3A), 0x25)}, 0x2E: "．", 0x2C: "，"}

# Sentences that say no more than that the article states it.
SENTENCES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "amount": {
        "en": ("The sum named is {}.", "One of the amounts is {}, it says."),
        "fr": ("Le montant cité est de {}.", "Il est question de {}."),
        "de": ("Die genannte Summe beträgt {}.", "Es geht um {}."),
        "es": ("La cifra citada es de {}.", "Se habla de {}."),
        "it": ("La cifra indicata è di {}.", "Si parla di {}."),
        "pt": ("O valor citado é de {}.", "Fala-se em {}."),
        "nl": ("Het genoemde bedrag is {}.", "Het gaat om {}."),
        "pl": ("Podana kwota to {}.", "Mowa o kwocie {}."),
        "ja": ("金額は{}とされる。", "{}という数字が挙がっている。"),
        "zh": ("所述金额为{}。", "涉及金额为{}。"),
    },
    "date": {
        "en": ("The date named is {}.", "The date to note: {}."),
        "fr": ("La date citée est le {}.", "Date à retenir : {}."),
        "de": ("Das genannte Datum ist der {}.", "Wichtiges Datum: {}."),
        "es": ("La fecha citada es el {}.", "Fecha clave: {}."),
        "it": ("La data indicata è il {}.", "Data da ricordare: {}."),
        "pt": ("A data citada é {}.", "Data a reter: {}."),
        "nl": ("De genoemde datum is {}.", "Belangrijke datum: {}."),
        "pl": ("Podana data to {}.", "Ważna data: {}."),
        "ja": ("日付は{}とされる。", "{}という日付が挙がっている。"),
        "zh": ("所述日期为{}。", "时间是{}。"),
    },
    "period": {
        "en": ("The period named is {}.",),
        "fr": ("Période citée : {}.",),
        "de": ("Genannter Zeitraum: {}.",),
        "es": ("Periodo citado: {}.",),
        "it": ("Periodo indicato: {}.",),
        "pt": ("Período citado: {}.",),
        "nl": ("Genoemde periode: {}.",),
        "pl": ("Podany okres: {}.",),
        "ja": ("時期は{}とされる。",),
        "zh": ("所述时间为{}。",),
    },
    "duration": {
        "en": ("The length named is {}.",),
        "fr": ("La durée citée est de {}.",),
        "de": ("Die genannte Dauer beträgt {}.",),
        "es": ("La duración citada es de {}.",),
        "it": ("La durata indicata è di {}.",),
        "pt": ("A duração citada é de {}.",),
        "nl": ("De genoemde duur is {}.",),
        "pl": ("Podany czas to {}.",),
        "ja": ("期間は{}とされる。",),
        "zh": ("所述期限为{}。",),
    },
    "share": {
        "en": ("The share named is {}.",),
        "fr": ("La part citée est de {}.",),
        "de": ("Der genannte Anteil beträgt {}.",),
        "es": ("La participación citada es del {}.",),
        "it": ("La quota indicata è del {}.",),
        "pt": ("A participação citada é de {}.",),
        "nl": ("Het genoemde belang is {}.",),
        "pl": ("Podany udział to {}.",),
        "ja": ("比率は{}とされる。",),
        "zh": ("所述比例为{}。",),
    },
    "rise": {
        "en": ("The shares rose {}.", "The stock gained {}."),
        "fr": ("L'action a gagné {}.", "Le titre a progressé de {}."),
        "de": ("Die Aktie stieg um {}.", "Die Aktie legte um {} zu."),
        "es": ("La acción subió un {}.", "Los títulos ganaron un {}."),
        "it": ("Il titolo è salito del {}.", "Il titolo ha guadagnato il {}."),
        "pt": ("A ação subiu {}.", "As ações ganharam {}."),
        "nl": ("Het aandeel steeg {}.", "Het aandeel won {}."),
        "pl": ("Kurs wzrósł o {}.", "Akcje zyskały {}."),
        "ja": ("株価は{}上昇した。", "株価は{}高だった。"),
        "zh": ("股价上涨{}。", "股价涨{}。"),
    },
    "fall": {
        "en": ("The shares fell {}.", "The stock lost {}."),
        "fr": ("L'action a perdu {}.", "Le titre a reculé de {}."),
        "de": ("Die Aktie fiel um {}.", "Die Aktie verlor {}."),
        "es": ("La acción cayó un {}.", "Los títulos perdieron un {}."),
        "it": ("Il titolo è sceso del {}.", "Il titolo ha perso il {}."),
        "pt": ("A ação caiu {}.", "As ações perderam {}."),
        "nl": ("Het aandeel daalde {}.", "Het aandeel verloor {}."),
        "pl": ("Kurs spadł o {}.", "Akcje straciły {}."),
        "ja": ("株価は{}下落した。", "株価は{}安だった。"),
        "zh": ("股价下跌{}。", "股价跌{}。"),
    },
    "name": {
        "en": ("Among those named is {}.", "{} is named in the article.", "The article also speaks of {} here."),
        "fr": ("L'article cite {} parmi les acteurs.", "{} est cité dans l'article."),
        "de": ("In dem Artikel wird {} genannt.", "{} kommt in dem Artikel vor."),
        "es": ("El artículo menciona a {} entre otros.", "{} aparece en el artículo."),
        "it": ("L'articolo cita {} tra gli altri.", "{} compare nell'articolo."),
        "pt": ("O artigo cita {} entre outros.", "{} aparece no artigo."),
        "nl": ("In het artikel wordt {} genoemd.", "{} komt voor in het artikel."),
        "pl": ("W artykule mowa jest o {}.", "{} pojawia się w artykule."),
        "ja": ("記事には{}が登場する。", "{}の名前が挙がっている。"),
        "zh": ("报道提到了{}。", "{}在报道中被提及。"),
    },
}


def wide(text: str) -> str:
    """Return a text with full-width digits and signs, as Japanese and Chinese papers set them."""
    return text.translate(_FULL_WIDTH)


def figure(number: Decimal, language: str) -> str:
    """Return a number in figures."""
    return str(format_decimal(number, format="#,##0.######", locale=language))


def scaled(amount: Decimal, power: int) -> Decimal | None:
    """Return what stands before a scale word, or None where nobody would write it so.

    Three decimals could be read as thousands: no claim is written with them.
    """
    number = amount.scaleb(-power)
    return number if number >= 1 and number == round(number, 2) else None


def amount(value: Decimal, currency: str, language: str, form: str) -> str | None:
    """Return an amount as a language writes it.

    Args:
        value: Full units.
        currency: ISO 4217 code.
        language: ISO 639-1 code.
        form: ``word`` (scale and currency written out), ``small`` (the next smaller scale word), ``code`` (the scale
            shortened, the currency's code), ``sign`` (the currency's sign), ``plain`` (all the figures).
    """
    if form == "plain":
        return _with_currency(figure(value, language), currency, language, linked=False)
    usable = [row for row in SCALES[language] if scaled(value, row[0]) is not None]
    usable = usable[1:] if form == "small" else usable
    if not usable:
        return None
    power, one, several, short = usable[0]
    number = value.scaleb(-power)
    word = one if number < 2 and language in {"fr", "it", "pt", "es"} else several  # noqa: PLR2004  singular below two
    if language == "de" and number == 1:
        word = one
    gap = "" if language in UNSPACED else " "
    if form == "code":
        return (
            f"{figure(number, language)} {short} {currency}"
            if short
            else f"{currency} {figure(number, language)}{gap}{word}"
        )
    if form == "sign":
        sign = get_currency_symbol(currency, locale=language)
        tight = "" if language == "en" else " "
        if language in {"en", "nl", "pt", "es"}:
            return f"{sign}{tight if len(sign) > 1 or language == 'nl' else ''}{figure(number, language)}{gap}{word}"
        return f"{figure(number, language)}{gap}{word}{gap}{sign}"
    return _with_currency(f"{figure(number, language)}{gap}{word}", currency, language, linked=True)


def _with_currency(number: str, currency: str, language: str, *, linked: bool) -> str:
    name = str(get_currency_name(currency, count=5, locale=language))
    if language in UNSPACED:
        return number + name
    link = _OF.get(language, " ") if linked else " "
    if language == "fr" and linked and name[0] in _ELIDED:
        link = " d’"
    return f"{number}{link}{name}"


def percent(value: Decimal, language: str, form: int) -> str:
    """Return a percentage without its sign: with the sign for per cent (0) or the word (1)."""
    return figure(abs(value), language) + _PERCENT[language][form]


def duration(months: int, language: str, form: str) -> str | None:
    """Return a duration in ``years``, in ``words`` or in ``months``."""
    years, rest = divmod(months, 12)
    if form == "months":
        return _UNITS[language][1].format(months)
    if rest or not years:
        return None
    if form == "years":
        return _UNITS[language][0].format(years)
    words = _YEARS_IN_WORDS[language]
    return words[years - 2] if 0 <= years - 2 < len(words) else None


def day(when: date, language: str, form: str) -> str:
    """Return a day, ``long`` (CLDR's), ``figures`` or ``weekday`` (with its day of the week)."""
    if form == "figures":
        return str(format_date(when, _IN_FIGURES[language], locale=language))
    return str(format_date(when, "full" if form == "weekday" else "long", locale=language))


def period(value: PartialDate, language: str, *, quarterly: bool) -> str | None:
    """Return a month, a quarter or the end of a year; None for any other stretch."""
    first, last = value.earliest, value.latest
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day != 1 or (last.day < 28):  # noqa: PLR2004  the shortest month
        return None
    if months == 1:
        return str(format_date(first, _MONTH.get(language, "LLLL y"), locale=language))
    if months == 3 and first.month % 3 == 1:  # noqa: PLR2004  a quarter
        if first.month == 10 and not quarterly:  # noqa: PLR2004  October
            return _END_OF[language].format(first.year)
        return str(format_date(first, _QUARTER.get(language, "QQQQ y"), locale=language))
    return None
