"""Numbers in words, what scales them, and what they may count, in English, Russian and Belarusian."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = """
2 two два две двух двум двумя двое двоих дзве
3 three три трех трёх трем трём трое троих тры трох
4 four четыре четырех четырёх четверо четверых чатыры чатырох
5 five пять пяти пятеро пятерых пяць пяці
6 six шесть шести шестеро шестерых шасць шасці
7 seven семь семи семеро семерых сем сямі
8 eight восемь восьми восем васьмі
9 nine девять девяти дзевяць дзевяці
10 ten десять десяти дзесяць дзесяці
11 eleven одиннадцать одиннадцати адзінаццаць
12 twelve dozen двенадцать двенадцати дванаццаць
13 thirteen тринадцать тринадцати трынаццаць
14 fourteen четырнадцать четырнадцати чатырнаццаць
15 fifteen пятнадцать пятнадцати пятнаццаць
16 sixteen шестнадцать шестнадцати шаснаццаць
17 seventeen семнадцать семнадцати семнаццаць
18 eighteen восемнадцать восемнадцати васемнаццаць
19 nineteen девятнадцать девятнадцати дзевятнаццаць
20 twenty двадцать двадцати дваццаць дваццаці
30 thirty тридцать тридцати трыццаць
40 forty сорок сорока сорак
50 fifty пятьдесят пятидесяти пяцьдзясят
60 sixty шестьдесят шасцьдзясят
70 seventy семьдесят семдзесят
80 eighty восемьдесят восемдзесят
90 ninety девяносто дзевяноста
"""
NUMBER_WORDS: Final = {
    word: int(value) for value, *words in (line.split() for line in _WORDS.split("\n") if line) for word in words
}

SCALES: Final = (
    (re.compile(r"thousand\b|k\b|тыс\w*", re.IGNORECASE), 10**3),
    (re.compile(r"million\b|mln\b|m\b|млн\b|миллион\w*|мільён\w*", re.IGNORECASE), 10**6),
    (re.compile(r"billion\b|bn\b|млрд\b|миллиард\w*|мільярд\w*", re.IGNORECASE), 10**9),
)
PER_CENT: Final = re.compile(r"\s*(?:%|percent\b|per cent\b|процент\w*|працэнт\w*)", re.IGNORECASE)
CURRENCY: Final = re.compile(r"[$€£₽]\s?$")
MONTH: Final = re.compile(
    r"\s*(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|январ|феврал|март|апрел|ма[яй]|июн|июл|август"
    r"|сентябр|октябр|ноябр|декабр|студзен|лют|сакавік|красавік|траўн|чэрвен|ліпен|жні|верас|кастрычнік|лістапад|снежн)"
)
PASSED: Final = frozenset(["of", "the", "more", "other", "new", "young", "old", "из", "новых", "больш", "з"])
"""Words between a number and what it counts."""
