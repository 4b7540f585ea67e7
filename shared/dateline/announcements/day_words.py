"""The names of months and weekdays, and the patterns of days that are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge
from typing import Final

_MONTHS: Final = (
    ("January", "Jan", "января", "студзеня"), ("February", "Feb", "февраля", "лютага"),
    ("March", "Mar", "марта", "сакавіка"), ("April", "Apr", "апреля", "красавіка"), ("May", "мая"),
    ("June", "Jun", "июня", "чэрвеня"), ("July", "Jul", "июля", "ліпеня"), ("August", "Aug", "августа", "жніўня"),
    ("September", "Sept", "Sep", "сентября", "верасня"), ("October", "Oct", "октября", "кастрычніка"),
    ("November", "Nov", "ноября", "лістапада"), ("December", "Dec", "декабря", "снежня"),
)  # fmt: skip
MONTHS: Final = {name.casefold(): number for number, names in enumerate(_MONTHS, 1) for name in names}

WEEKDAY_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAYS: Final = (
    r"mondays?|понедельник(?:ам)?|панядзел(?:ак|ках)",
    r"tuesdays?|вторник(?:ам)?|аўтор(?:ак|ках)|аўторкам",
    r"wednesdays?|сред(?:у|ам)|серад(?:у|ах)",
    r"thursdays?|четверг(?:ам)?|чацв(?:ер|яргах)",
    r"fridays?|пятниц(?:у|ам)|пятніц(?:у|ах)",
    r"saturdays?|суббот(?:у|ам)|субот(?:у|ах)",
    r"sundays?|воскресень(?:е|ям)|нядзел(?:ю|ях)",
)
WEEKDAY: Final = "(?:" + "|".join(_WEEKDAYS) + ")"
_WEEKDAY_NUMBERS: Final = [re.compile(names, re.IGNORECASE) for names in _WEEKDAYS]

_MONTH: Final = (
    "(?:" + "|".join(sorted((name for names in _MONTHS for name in names), key=len, reverse=True)) + r")(?![^\W\d])"
    r"(?:(?<=Jan)\.|(?<=Feb)\.|(?<=Mar)\.|(?<=Apr)\.|(?<=Aug)\.|(?<=Sep)\.|(?<=ept)\.|(?<=Oct)\.|(?<=Nov)\.|(?<=Dec)\.)?"
)
_DAY: Final = r"(?<![\d.:,])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|-?го|-?га)?(?![\d:])"
_LETTER: Final = "(?=[JFMASOND])"
"""The first of an English month: only there a month may stand before its day."""
_YEAR: Final = r"(?:,?\s+(?P<year{0}>(?:19|20)\d\d)(?!\d)(?:\s*(?:года|год|г\.|г\b))?)?"
_TO: Final = r"(?:\s*[-–—−]\s*|\s+(?:to|till|until|through|по|до|па|да)\s+)"
_TO_OR_AND: Final = r"(?:\s*[-–—−]\s*|\s+(?:to|till|until|through|and|по|до|и|па|да|і)\s+)"
_AND_WEEKDAY: Final = rf"(?:(?i:{WEEKDAY}),?\s+)?"


def _named(pattern: str, name: str) -> str:
    return f"(?P<{name}>{pattern})"


def _day(at: int) -> str:
    """'12 May 2026' or 'May 12, 2026'."""
    return (
        rf"(?:{_named(_DAY, f'day{at}')}\s+(?:of\s+)?{_named(_MONTH, f'month{at}')}{_YEAR.format(at)}"
        rf"|{_LETTER}{_named(_MONTH, f'month{at}b')}\s+{_named(_DAY, f'day{at}b')}{_YEAR.format(f'{at}b')})"
    )


RANGE: Final = re.compile(rf"\b{_day(1)}{_TO}{_AND_WEEKDAY}{_day(2)}")
"""'30 June – 2 July', 'from 29 January to 4 February'."""
SHORT_RANGE: Final = re.compile(
    rf"\b(?:{_named(_DAY, 'first')}(?P<to>{_TO_OR_AND}){_AND_WEEKDAY}"
    rf"{_named(_DAY, 'last')}\s+{_named(_MONTH, 'month')}{_YEAR.format('')}"
    rf"|{_LETTER}{_named(_MONTH, 'monthb')}\s+{_named(_DAY, 'firstb')}{_TO}{_named(_DAY, 'lastb')}"
    rf"(?!\s*[ap]\.?m){_YEAR.format('b')})"
)
"""'5–7 December', 'July 7–9', '25 and 26 June'."""
SINGLE: Final = re.compile(rf"\b{_day(1)}")
NUMERIC: Final = re.compile(
    r"(?<![\d.])(?:(?P<iso>20\d\d-[01]\d-[0-3]\d)|(?P<day>[0-3]?\d)\.(?P<month>[01]\d)\.(?P<year>20\d\d))(?![\d.]\d)"
)
BETWEEN: Final = re.compile(r"\b(?:between|между|паміж)\s+$", re.IGNORECASE)
MONTH_ALONE: Final = re.compile(
    rf"\b(?P<end>(?:the\s+)?end\s+of\s+|конца\s+|канца\s+)?{_named(_MONTH, 'month')}{_YEAR.format('')}"
)
UNTIL: Final = re.compile(r"\b(?:until|till|through|up to|to|до|да|по|па)\s+$", re.IGNORECASE)
"""What stands before the last day of something."""
UNTIL_MONTH: Final = re.compile(r" (?:until|till|through|up to|to|до|да|по|па) [^\W\d]")
BY: Final = re.compile(r"\b(?:by|before|after|on or before|к|после|позднее|не позже|пасля|пазней)\s+$", re.IGNORECASE)
"""What stands before a day by which something else is done."""
SINCE: Final = re.compile(r"\b(?:from|since|с|со|з|са)\s+$", re.IGNORECASE)

_EACH: Final = r"(?:each|every|кажд(?:ый|ую|ое|ая)|кожн(?:ы|ую|ае|ая))"
_ORDINALS: Final = (
    (r"first|перв(?:ый|ую|ое|ая|ой)|перш(?:ы|ую|ае|ая)", 1), (r"second|втор(?:ой|ую|ое|ая)|друг(?:і|ую|ое|ая)", 2),
    (r"third|трет(?:ий|ью|ье|ья)|трэц(?:і|юю|яе|яя)", 3), (r"fourth|четв[её]рт(?:ый|ую|ое)|чацв[её]рт(?:ы|ую|ае)", 4),
    (r"last|последн(?:ий|юю|ее)|апошн(?:і|юю|яе)", -1),
)  # fmt: skip
_ORDINAL: Final = "(?:" + "|".join(names for names, _ in _ORDINALS) + ")"
OF_MONTH: Final = re.compile(
    rf"\b(?:(?:on\s+)?(?:the\s+)?(?:{_EACH}\s+)?|в\s+|у\s+)(?P<ordinal>{_ORDINAL})\s+(?P<weekday>{WEEKDAY})\s+"
    r"(?:of\s+(?:each|every|the)\s+month|(?:каждого\s+)?месяца|(?:кожнага\s+)?месяца)\b",
    re.IGNORECASE,
)
"""'The first Saturday of each month'."""
EVERY: Final = re.compile(
    rf"\b(?:(?:(?P<each>{_EACH})(?:\s+(?P<ordinal>{_ORDINAL}|other))?|on|по|па)\s+"
    rf"(?P<weekdays>{WEEKDAY}(?:(?:,\s*|\s+(?:and|и|і|ды)\s+){WEEKDAY})*)"
    r"|(?P<daily>daily|(?:each|every) day|ежедневно|каждый день|штодня|штодзень|кожны дзень))\b",
    re.IGNORECASE,
)
"""'Every Thursday', 'on Saturdays and Sundays', 'daily'."""
ON_WEEKDAY: Final = re.compile(
    rf"\b(?:(?P<this>this|next|coming|эт(?:от|у|о)|ближайш(?:ий|ую|ее)|следующ(?:ий|ую|ее)|гэт(?:ы|ую|ую|ае|у)"
    rf"|бліжэйш(?:ы|ую|ае)|наступн(?:ы|ую|ае))\s+|(?:on|в|во|у|ў)\s+)(?P<weekday>{WEEKDAY})\b",
    re.IGNORECASE,
)
NEAR: Final = re.compile(
    r"\b(?:(?P<day2>the day after tomorrow|послезавтра|паслязаўтра)|(?P<day1>tomorrow|завтра|заўтра)"
    r"|(?P<day0>tonight|сегодня|сёння))\b",
    re.IGNORECASE,
)


def weekday_number(name: str) -> int | None:
    """0 for a Monday in any form, None for what is no weekday."""
    return next((at for at, names in enumerate(_WEEKDAY_NUMBERS) if names.fullmatch(name)), None)


def ordinal_number(name: str) -> int:
    """1 for 'first' … -1 for 'last'."""
    return next((number for names, number in _ORDINALS if re.fullmatch(names, name, re.IGNORECASE)), 0)


def month_number(name: str) -> int:
    """1 for January in any form."""
    return MONTHS[name.rstrip(".").casefold()]


_LATIN: Final = re.compile(
    r" (?=[JFMASONDTWEedt])(?:J(?:an|anuary|une?|uly?)|Feb(?:ruary)?|Mar(?:ch)?|May|Apr(?:il)?|Aug(?:ust)?|Sept?"
    r"|September|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|[Ee](?:very|ach)|[Dd]aily|[Tt]o(?:morrow|night)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)(?![a-z])"
)
_CYRILLIC: Final = re.compile(
    r" (?=[яфмаисондсчлквжКзпгпсбтшЗСПГБТШЕеАаЁё])(?:января|февраля|ма(?:рта|я)|апреля|июня|июля|августа|сентября"
    r"|октября|ноября|декабря|студзеня|лютага|сакавіка|красавіка|чэрвеня|ліпеня|жніўня|верасня|кастрычніка|лістапада|снежня"
    r"|[Кк](?:ажд|ожн)|[Зз]а[вў]тра|[Пп]аслязаўтра|[Пп]ослезавтра|[Сс](?:егодня|ёння)|[Ее]жедневно|[Шш]тод"
    r"|понедельник|вторник|сред[уа]|четверг|пятниц|суббот|воскресень|панядзел|аўтор|серад|чацв|пятніц|субот|нядзел)"
)
"""Each begins with a space and one letter of a few: no other way of looking at a whole text is as quick."""


def possible_days(text: str) -> Iterator[int]:
    """A quick look: where in ``text`` something stands that could be a day to come, in its order."""
    cyrillic = "о" in text or "а" in text
    spaced = " " + text.replace("\n", " ").replace("\xa0", " ")
    named = (found.start() for found in (_CYRILLIC if cyrillic else _LATIN).finditer(spaced))
    return merge(named, _numbers(text)) if ".20" in text else named


def _numbers(text: str) -> Iterator[int]:
    """Where a year may follow a point, as in 12.05.2026."""
    at = text.find(".20")
    while at >= 0:
        yield at
        at = text.find(".20", at + 1)


_RECURRING: Final = (
    "very ", "ach ", "aily", "days", "onth", "ажд", "ожн", "жедневно", "тодня", "тодзень", " по ", "По ", " па ", "Па ",
    "месяца",
)  # fmt: skip


def may_recur(sentence: str) -> bool:
    """Whether there is anything in ``sentence`` that could be a rule."""
    return any(word in sentence for word in _RECURRING)


_JOINING: Final = (
    "–", "—", "-", " to ", "till ", "until ", "hrough ", " and ", " по ", " до ", " и ", " па ", " да ", " і ",
)  # fmt: skip


def may_have_ranges(sentence: str) -> bool:
    """Whether there is anything in ``sentence`` that joins a first and a last day."""
    return any(word in sentence for word in _JOINING)
