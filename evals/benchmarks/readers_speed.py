"""How fast the readers are: MB/s beside a plain regex scan, growth with the length, milliseconds an article.

Run it with ``python evals/benchmarks/readers_speed.py [--json]``. Loading a language's data is left out. The
megabyte is thick with mentions; the articles are those of ``evals/articles``, scaled to 600 words, and their
time includes splitting them into sentences.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from llmdeal.readers import open_document, read

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL, LARGE = 100_000, 1_000_000
WORDS = 600
FILES = sorted((Path(__file__).parents[1] / "articles").glob("*.yaml"))
ARTICLES = [(article["language"], article["text"]) for article in (yaml.safe_load(f.read_text("utf-8")) for f in FILES)]
PARAGRAPHS = {
    "en": """Harrowgate Software (Nasdaq: HRGT) said on Wednesday it has agreed to acquire Pinlark for between $1.2
and $1.5 billion (about 1.1 billion euros), or $54.20 per share in cash. The companies expect to close
the purchase by the end of 2026, provided that regulators clear it. Harrowgate reported revenue of $412.3
million for fiscal 2025, up 14% from a year earlier, under a seven-year contract. Its shares slipped 0.8%
to $31.46 in late-morning trading on March 4, 2026.

""",
    "fr": """L'accord pluriannuel de 38 milliards de dollars (32,58 milliards d'euros), annoncé lundi par Amazon.com
(AMZN.O), souligne l'appétit croissant de l'industrie pour la puissance de calcul. La capacité sera
déployée d’ici la fin de 2026, avec la possibilité de l’étendre en 2027. Le titre a gagné près de 5% dans
les premiers échanges à New York. Le chiffre d'affaires a atteint 1,92 milliard d’euros au troisième
trimestre 2025, sur environ cinq ans.

""",
    "de": """Wrenfold soll bereit sein, rund 1,8 Milliarden Euro für das Geschäft mit Industriedichtungen zu zahlen,
hieß es am Dienstagabend. Ein Vollzug werde Ende 2026 angepeilt. Die Sparte setzte im vergangenen Jahr
mit 3.100 Beschäftigten 742 Mio. Euro um. Die Aktie (OKBG.DE) gewann bis zum Mittag 6,4 Prozent und war
damit stärkster Wert im MDax, der selbst um 0,3 Prozent nachgab. Der Vertrag läuft über sieben Jahre und
gilt seit dem 3. November 2025.

""",
    "es": """La cadena mexicana de supermercados (BMV: ALMARZ) adquirirá el 51.5% de la empresa por 275 millones de
dólares (unos 5,060 millones de pesos), informó el martes. El contrato quedó firmado y las partes prevén
cerrar la operación el 31 de marzo de 2026, siempre que la autoridad dé su visto bueno. Facturó el año
pasado 1.2 mil millones de dólares. Los títulos cerraron con un alza de 3.4%, a 62.15 pesos. El pacto
tendrá una vigencia de cinco años.

""",
    "it": """La società bresciana (FMDR.MI) rileva il 100% della rivale per 87,5 mln di euro, di cui 62,5 mln
in contanti, ha
annunciato lunedì 21 ottobre 2024. L'operazione sarà chiusa entro la fine del 2026. Nel 2023 i ricavi sono stati
pari a 284 milioni di euro. Il titolo ha perso il 2,2% a 5,93 euro. L'accordo è triennale.

""",
    "pt": """A rede fixou em R$ 16,20 o preço por ação e levanta R$ 1,86 bilhão, informou na quinta-feira (5).
Cerca de
R$ 567 mi ficam com a gestora. A receita líquida foi de R$ 2,9 bi em 2025 e a dívida de 3,4 mil milhões de euros.
A operação fecha até ao final de 2026. As ações subiam 4,1%. O contrato dura sete anos.

""",
    "nl": """Het bedrijf (TRAA.AS) betaalt ongeveer € 1,26 mrd ofwel € 20,25 per aandeel, meldde het dinsdag.
De overname
wordt in het eerste kwartaal van 2026 afgerond. De omzet bedroeg vorig jaar € 1,9 miljard en de winst € 54 mln. Het
aandeel stond 2,6% lager. Het contract loopt vijf jaar.

""",
    "pl": """Spółka (GPW: TBRA) zapłaci od 900 mln do 1,1 mld zł (ok. 210–260 mln euro) – podano w
poniedziałek. Transakcja
ma być zamknięta do końca 2026 r. Przychody wyniosły w ubiegłym roku 702 mln zł, a zysk netto 131 mln zł. Kurs
spadł o 1,9 proc. Umowa trzyletnia obowiązuje od 2 października 2025 r.

""",
    "ja": """岬精機製作所（東証スタンダード、証券コード6153）は29日、買収が成立したと発表した。
買い付け価格は1株2480円で、総額は
約612億円となる。2026年3月期の売上高は1兆4200億円。来年3月末までに完了する。株価は前日比2.8%高だった。期間は10年間。

""",
    "zh": """澜江纸业（003899.SZ）1月13日公告，公司已完成对该厂100%股权的收购，
交易对价为3.35亿美元（约合人民币24.6亿元）。合同期三年，
2026年第三季度交割。2024年营业收入97.8亿元，同比增长6.1%；净利润5.3亿元。该公司周一收盘上涨2.6%，总市值约142亿元。

""",
}
# What is counted as a word where no space divides them.
SIGNS_A_WORD = {"ja": 1.8, "zh": 1.6}


def words_of(text: str, language: str) -> float:
    """Return how many words a text has."""
    return len(text) / SIGNS_A_WORD[language] if language in SIGNS_A_WORD else len(text.split())


class Row(NamedTuple):
    """What was measured for a language."""

    language: str
    reader_mb_s: float
    plain_mb_s: float
    ratio: float
    growth: float
    article_ms: float
    mentions: int


def seconds(action: Callable[[], object], rounds: int) -> float:
    """Return the median processor time of an action."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times)


def measure(language: str) -> Row:
    """Measure the readers in a language, and a plain scan for figures of the same text."""
    paragraph = PARAGRAPHS[language]
    small = open_document(paragraph * (SMALL // len(paragraph)), language=language)
    large = open_document(paragraph * (LARGE // len(paragraph)), language=language)
    read(small)
    plain = re.compile(r"\d[\d.,]*")
    small_time, large_time = seconds(lambda: read(small), 3), seconds(lambda: read(large), 1)
    plain_time = seconds(lambda: sum(1 for _ in plain.finditer(large.text)), 5)
    articles = [text for code, text in ARTICLES if code == language] or [paragraph]
    words = sum(words_of(text, language) for text in articles)
    article_time = seconds(lambda: [read(open_document(text, language=language)) for text in articles], 11)
    megabytes = len(large.text.encode()) / 1e6
    return Row(
        language,
        reader_mb_s=megabytes / large_time,
        plain_mb_s=megabytes / plain_time,
        ratio=large_time / plain_time,
        growth=(large_time / len(large.text)) / (small_time / len(small.text)),
        article_ms=article_time * 1e3 * WORDS / words,
        mentions=sum(len(read(open_document(text, language=language)).mentions) for text in articles)
        * WORDS
        // int(words),
    )


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    rows = [measure(language) for language in PARAGRAPHS]
    if parser.parse_args().json:
        print(json.dumps([row._asdict() for row in rows], indent=2))
        return
    print("language  readers MB/s  plain MB/s  ratio  time/byte 1 MB : 100 kB  ms/600 words  mentions")
    for row in rows:
        print(
            f"{row.language:8}  {row.reader_mb_s:12.2f}  {row.plain_mb_s:10.1f}  {row.ratio:5.1f}"
            f"  {row.growth:23.2f}  {row.article_ms:12.2f}  {row.mentions:8}"
        )


if __name__ == "__main__":
    main()
