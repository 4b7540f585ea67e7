"""What becomes of a single character when text is folded: nothing, itself, or the letters that readers type for it.

Left alone is what every index folds by itself: the case of Latin and Cyrillic letters, and the diacritics of common
Latin letters that Unicode takes apart (é). So most texts are their own folded form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final
from unicodedata import category

Ranges = tuple[tuple[int, int], ...]

FULL_WIDTH: Final = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
"""The signs, digits and letters of ASCII in the width of East Asian type, and their own."""

GERSHAYIM: Final = "\u05f4"
HEBREW_LETTER: Final = re.compile("[א-ת]")
HEBREW_ABBREVIATION: Final = re.compile("(?<=[א-ת])(?:[\"“”„‟″]|['’‘‛′]{1,2})(?=[א-ת])")
"""What is typed for the gershayim inside abbreviations such as צה״ל: a quotation mark, or one or two apostrophes."""

HEBREW_QUOTED: Final = re.compile(
    '(?<![א-ת])([ושהבלכמ]{1,3})["“”„‟″״]([א-ת]{2,}(?:[ -][א-ת]+){0,5})(["“”„‟″״])(?![א-ת])'
)
"""Prefixes, what is quoted behind them (ל״הארץ״), and the mark that closes it: the first one is no gershayim then."""

ANUSVARA: Final = "ं"
VIRAMA: Final = "्"
YIWN: Final = "ւ"
_LOOKED_AROUND: Final = VIRAMA + "·" + YIWN

INVISIBLE: Final = "\u00ad"
"""A soft hyphen: what stands for a character that folding takes out."""

_TYPED: Final[dict[str, str]] = {
    # Latin letters that Unicode does not take apart, as newspapers write them
    **dict(zip("ıİłŁøØđĐðÐħĦŧŦŋŊĸƒƏəƐɛƆɔƁɓƊɗƘƙƳƴ", "iIlLoOdDdDhHtTnNqfAaEeOoBbDdKkYy", strict=True)),
    **{"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ß": "ss", "ẞ": "SS", "ŉ": "n"},
    **{"ŀ": "l", "Ŀ": "L", "ǣ": "ae", "Ǣ": "AE", "ǽ": "ae", "Ǽ": "AE", "ǿ": "o", "Ǿ": "O"},
    # Cyrillic: ё is often written е; a word's ў is у behind a consonant (ўрад, урад), and on Russian keyboards;
    # accents that are no letters of an alphabet
    **dict(zip("ёЁўЎѐЀѝЍ", "еЕуУеЕиИ", strict=True)),
    # Arabic (Lucene's ArabicNormalizer and PersianNormalizer): alef, waw and yeh with hamza or madda, teh marbuta,
    # dotless and Persian yeh, keheh, the forms of heh
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ؤٶ", "و"),
    **dict.fromkeys("ئىیېےۓٸ", "ي"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ةہۂھۀەۃ", "ه"),
    **dict(zip("ـ٫٬،", ("", ".", ",", ","), strict=True)),
    # Devanagari: candrabindu, of which a printer may have the dot alone
    "ँ": "ं",
    # Malayalam: chillus, which are written as a letter and a virama too
    **dict(zip("ൺൻർൽൾൿ", ("ണ്", "ന്", "ര്", "ല്", "ള്", "ക്"), strict=True)),
    # Armenian: the ligature, whose capitals are ԵՎ
    "և": "եվ",
    # Hebrew: the ligatures of Yiddish; geresh and gershayim, which stand inside abbreviations
    **{"װ": "וו", "ױ": "וי", "ײ": "יי", "׳": "", "״": ""},
    # apostrophes that are letters to Unicode; the half rings and primes of transliterations
    **{"ʼ": "'", "ʻ": "", "ʾ": "", "ʿ": "", "ʹ": "", "ʺ": ""},
    # signs that compatibility would write into the word before them
    **{"№": " No ", "™": " ", "℠": " ", "℡": " TEL ", "℻": " FAX "},
}

_DROPPED: Final[Ranges] = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5),
    (0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E4),
    (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x0711, 0x0711), (0x0730, 0x074A), (0x0898, 0x089F), (0x08CA, 0x08E1),
    (0x08E3, 0x08FF), (0x093C, 0x093C), (0x09BC, 0x09BC), (0x0A3C, 0x0A3C), (0x0ABC, 0x0ABC), (0x0B3C, 0x0B3C),
    (0x0CBC, 0x0CBC), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0x302A, 0x302D), (0xFE20, 0xFE2F),
)  # fmt: skip
"""Marks that readers don't type: accents that are not part of a letter, harakat, niqqud and cantillation, nukta."""

_IGNORABLE: Final[Ranges] = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Unicode's Default_Ignorable_Code_Point: nobody sees them. And the anchors of interlinear annotations."""

_FOLDED_BY_INDEX: Final[Ranges] = ((0x00C0, 0x017F), (0x1E00, 0x1EFF))
"""Blocks of Latin letters whose diacritics every index folds by itself: Latin-1, Extended-A, Extended Additional."""

_GREEK: Final = (*range(0x0370, 0x0400), *range(0x1F00, 0x2000))
_INDIC: Final = range(0x0900, 0x0E00)
_LATIN_OR_CYRILLIC_END: Final = 0x0530
_FRACTION_SLASH: Final = "\u2044"


def character_class(ranges: Ranges) -> str:
    """Ranges of code points as they stand between the brackets of a regular expression."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


IGNORABLE: Final = character_class(_IGNORABLE)
"""Invisible characters, for a regular expression's brackets."""

HOMORGANIC_NASAL: Final = re.compile(
    "|".join(
        f"{nasal}[\u093c{IGNORABLE}]*{VIRAMA}[\u093c{IGNORABLE}]*(?=[{consonants}])"
        for nasal, consonants in zip("ङञणनम", ("क-घ", "च-झ", "ट-ढ", "त-ध", "प-भ"), strict=True)
    )
)
"""What Hindi writes as a dot above as well (हिन्दी, हिंदी): the nasal of the consonant's own place."""


def _ranges_where(wanted: Callable[[str], bool], points: range) -> Ranges:
    yes = "".join("x" if wanted(chr(point)) else " " for point in points)
    return tuple((points[found.start()], points[found.end() - 1]) for found in re.finditer("x+", yes))


MARKS: Final = character_class(_ranges_where(lambda char: category(char)[0] == "M", range(0x300, 0x10000)))
"""Marks that stand on or beside a letter and belong to its word, for a regular expression's brackets."""


_PERSIAN_STEMS: Final = (
    "خواه|خواست|[كک]ن|[كک]رد|شو|شد|گو[يی]?|گفت|رو|رفت|ده|داد|آ[يی]|آمد|گ[يی]ر|گرفت|توان|توانست|دان|دانست|ب[يی]ن|د[يی]د|زن|زد"
    "|بر|برد|آور|آورد|گذار|گذاشت|خور|خورد|مان|ماند|ساز|ساخت|پرداز|پرداخت|رس|رسان|رس[يی]د|دار|داشت|نو[يی]س|نوشت|[كک]ش|[كک]ش[يی]د"
    "|گرد|گشت|افت|افتاد|باش|آموز|آموخت|خوان|خواند|پذ[يی]ر|پذ[يی]رفت|[يی]اب|[يی]افت|بند|بست|فروش|فروخت|شنو|شن[يی]د|ا[يی]ست"
)
PERSIAN_PREFIX: Final = re.compile(
    f"(?<![\\w{MARKS}{IGNORABLE}])(ن?می(?= [\u0621-\u064a\u066e-\u06d3])"
    f"|ن?مي(?= (?:{_PERSIAN_STEMS})(?:[مدت]|[يی]|[يی][مد]|ند|ه)?(?![\\w{MARKS}]))) "
)
"""What Persian verbs of the present begin with, before the space that many type for the joiner: می خواهم, می‌خواهم.
With Arabic letters (مي خواهم) before common verbs alone: others are Arabic's (مي زيادة)."""

ARMENIAN_YIWN: Final = re.compile("(?<=[եԵ])[ւՒ]")
"""Of the older spelling եւ, in the newer ԵՎ, և."""

SPLIT_AM: Final = re.compile("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])(?=[\u0e32\u0eb2])")
"""The ring of Thai and Lao "am", typed by itself before a tone: นํ้า, น้ำ."""


def _within(point: int, ranges: Ranges) -> bool:
    return any(first <= point <= last for first, last in ranges)


def folded_character(char: str) -> str:
    """What a character of a composed text becomes."""
    point = ord(char)
    if char in _TYPED:
        return _TYPED[char]
    if char.isascii():
        return char
    if _within(point, _DROPPED) or _within(point, _IGNORABLE):
        return ""
    if base := _latin_base(char):
        return char if _within(point, _FOLDED_BY_INDEX) else base
    decimal = unicodedata.decimal(char, None)
    if decimal is not None:
        return str(decimal)
    compatible = unicodedata.normalize("NFKC", char)
    if compatible != char and (char.isalnum() or any(map(str.isalnum, compatible)) or point in FULL_WIDTH):
        fraction = " " if _FRACTION_SLASH in compatible else ""
        return fraction + "".join(map(folded_character, compatible.strip()))
    return _without_case(char, point)


def letterlike_signs() -> str:
    """Signs that are written for letters and digits (㈱, ㍿, ℡, ㎞), for a regular expression's brackets."""
    blocks = (range(0x2100, 0x2600), range(0x3200, 0x3400), range(0x1F100, 0x1F300))
    return "".join(
        character_class(_ranges_where(lambda char: not char.isalnum() and _is_written_for_letters(char), block))
        for block in blocks
    )


def _is_written_for_letters(char: str) -> bool:
    return char != "№" and any(map(str.isalnum, folded_character(char)))


def plain_characters() -> str:
    """The common characters that stay what they are, for a regular expression's brackets.

    Hebrew, the virama of Devanagari and the point of Catalan are not among them, whose neighbours are looked at; nor
    are blocks that are rarely met.
    """
    blocks = (range(0x05D0), range(0x0600, 0x0700), range(0x0900, 0x0E00), range(0x2010, 0x2060))
    return "".join(
        character_class(_ranges_where(lambda char: folded_character(char) == char not in _LOOKED_AROUND, block))
        for block in blocks
    )


def latin_ligatures() -> str:
    """Single Latin characters that become several letters, for a regular expression's brackets."""
    blocks = (range(0x00C0, 0x0250), range(0xFB00, 0xFB07))
    return "".join(
        character_class(_ranges_where(lambda char: len(folded_character(char)) > 1, block)) for block in blocks
    )


def _latin_base(char: str) -> str:
    """The letter below the diacritics of a Latin one; empty for other characters."""
    base = unicodedata.normalize("NFD", char)[0]
    return base if base != char and base.isascii() and base.isalpha() else ""


def _without_case(char: str, point: int) -> str:
    """Unicode's full case folding, where lower case alone isn't enough; letters without what is dropped beside them:
    Greek ones without accents and iota subscript, Indian ones without their nukta."""
    if point in _GREEK or point in _INDIC:
        letters = "".join(char for char in unicodedata.normalize("NFD", char) if not _within(ord(char), _DROPPED))
        return letters.casefold()
    folded = char.casefold()
    return char if point < _LATIN_OR_CYRILLIC_END and len(folded) == 1 else folded
