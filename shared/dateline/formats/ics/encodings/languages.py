"""Languages by their letters, with the charsets that calendars in them were written in: by these a charset is guessed.

How often letters are, charset-normalizer's tables say; of Latin alphabets only the letters with marks tell anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import exp, log
from typing import Final

from charset_normalizer.constant import FREQUENCIES

_RARE: Final = 0.004
"""Of a letter of the script that is none of a language's most frequent ones."""
FOREIGN: Final = -10.5
"""The logarithm of how likely a letter is that the language doesn't have."""
_WESTERN: Final = (("cp1252", 0.0), ("cp850", -5.0), ("mac_roman", -5.0))
_CENTRAL: Final = (("cp1250", 0.0), ("iso8859_2", -0.8), ("cp852", -4.0))
_BALTIC: Final = (("cp1257", 0.0), ("iso8859_13", -0.3), ("iso8859_4", -2.0))
_CYRILLIC: Final = (("cp1251", 0.0), ("koi8_r", -0.3), ("cp866", -0.5), ("iso8859_5", -1.0), ("mac_cyrillic", -3.0))
_EVENTS: Final = {
    "ja": "会議東京祭花火大音楽講演定例記者見開催説明新年春夏秋冬展示学校日本市県区町民館公園委員総文化協式典",
    "zh": "会议新年春节国庆音乐北京上海市政府人民代表大学讲座电影展览中华活动开幕仪式论坛研讨教育部发布记者",
    "zh-hant": "會議新年春節國慶音樂台灣北市政府立法院電影展覽活動開幕儀式論壇研討教育部發布記者講座人民大學",
}
"""Ideographs of which the names of events are made; they say more than the most frequent ones of long texts."""
_KANA_AND_KANJI: Final = "".join([*FREQUENCIES["Japanese—"], *FREQUENCIES["Japanese"]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language: the script of the letters that tell it, those letters (the most frequent first), of a Latin one
    those with ``marked``, its charsets with
    how likely each is, and how likely a calendar is in it, as logarithms."""

    code: str
    script: str
    letters: str
    charsets: tuple[tuple[str, float], ...]
    prior: float = 0.0
    marked: str = ""


def _latin(code: str, name: str, marked: str, charsets: tuple[tuple[str, float], ...], prior: float = 0.0) -> Language:
    found = _listed(code, "latin", name, charsets, prior)
    return replace(found, letters=found.letters or marked, marked=marked if found.letters else "")


def _listed(
    code: str,
    script: str,
    name: str,
    charsets: tuple[tuple[str, float], ...],
    prior: float = 0.0,
    more: str = "",
    first: str = "",
) -> Language:
    letters = "".join(dict.fromkeys(first + "".join(FREQUENCIES.get(name, [])) + more))
    return Language(code=code, script=script, letters=letters, charsets=charsets, prior=prior)


LANGUAGES: Final = (
    _latin("de", "German", "üäöß", _WESTERN, 1.0),
    _latin("fr", "French", "éèàêçîôûâëïœæÿ", _WESTERN, 1.0),
    _latin("es", "Spanish", "óíáéñúü¿¡", _WESTERN, 1.0),
    _latin("pt", "Portuguese", "ãçáéíóõêâúàô", _WESTERN, 1.0),
    _latin("it", "Italian", "àèéùòì", _WESTERN),
    _latin("sv", "Swedish", "äöåé", _WESTERN),
    _latin("da", "Danish", "øåæé", _WESTERN),
    _latin("nl", "Dutch", "éëïóèöüê", _WESTERN, -1.0),
    _latin("is", "", "arniestulðgmfáhvkþoídæjéyóbúöpýx", _WESTERN, -4.0),
    _latin("tr", "Turkish", "ıüşğçöİâî", (("cp1254", 0.0), ("cp857", -5.0)), 1.5),
    _latin("pl", "Polish", "łóążęśćńź", _CENTRAL, -0.3),
    _latin("cs", "Czech", "íáéřýěžščůúňťďó", _CENTRAL, -0.5),
    _latin("sk", "Slovak", "áíéčýžšúľťôňďäŕĺó", _CENTRAL, -1.5),
    _latin("hu", "Hungarian", "éáöóőüíúű", _CENTRAL, -0.7),
    _latin("ro", "Romanian", "ăţşîâșț", _CENTRAL, -3.2),
    _latin("hr", "Croatian", "čžšćđ", _CENTRAL, -1.2),
    _latin("lt", "Lithuanian", "ėųąšįžūčę", _BALTIC, -1.0),
    _latin("lv", "", "aistenrumādkopīlēvjzgbšcļņūžfģķčh", _BALTIC, -1.0),
    _latin("et", "Estonian", "äõöüšž", _BALTIC, -1.0),
    _listed("ru", "cyrillic", "Russian", _CYRILLIC, 0.0, "цщэфъё"),
    _listed("uk", "cyrillic", "Ukrainian", (*_CYRILLIC, ("koi8_u", -0.3)), -0.5, "їґєщюфц"),
    _listed("be", "cyrillic", "", _CYRILLIC, -1.0, "аінрелсктдвоызмупядбйгьюцчўшжхэфё"),
    _listed("bg", "cyrillic", "Bulgarian", _CYRILLIC, -1.0),
    _listed("sr", "cyrillic", "", _CYRILLIC, -1.5, "аоиенрстјвукдмплзбгцшжчњљћхђфџѓќѕ"),
    _listed("el", "greek", "Greek", (("cp1253", 0.0), ("iso8859_7", -0.3)), -0.3, "άέήίόύώϊϋΐΰζξψβφ"),
    _listed("he", "hebrew", "Hebrew", (("cp1255", 0.0), ("cp862", -4.0)), -0.3, "ףץ"),
    _listed("ar", "arabic", "Arabic", (("cp1256", 0.0), ("iso8859_6", -0.3)), -0.3, "ءآأؤإئةى"),
    _listed("fa", "arabic", "Farsi", (("cp1256", 0.0),), -1.0, "ءآأؤئژپچگک"),
    _listed("th", "thai", "Thai", (("cp874", 0.0),), 0.0, "ผซฉธฟถณศญ", "าัิเ์่้ีุืแโไูใำ"),
    _listed("ja", "japanese", "Japanese——", (("cp932", 0.0), ("euc_jp", -0.5)), 0.0, _KANA_AND_KANJI, _EVENTS["ja"]),
    _listed("zh", "han", "Chinese", (("gb18030", 0.0),), 0.0, "", _EVENTS["zh"]),
    _listed("zh-hant", "han", "Chinese", (("big5hkscs", 0.0),), -0.5, "", _EVENTS["zh-hant"]),
    _listed("ko", "hangul", "", (("cp949", 0.0),), -0.3),
)  # fmt: skip


@cache
def likelihoods(language: Language) -> dict[str, float]:
    """The logarithm of how likely each letter of a language is, and those of ASCII beside letters of another script."""
    if language.script in ("han", "japanese"):
        weights = [1 / (rank + 30) for rank in range(len(language.letters))]
        share = 0.5
    else:
        weights = [exp(-rank / max(7, len(language.letters) / 5)) for rank in range(len(language.letters))]
        share = 0.98
    found = {
        letter: log(max(_RARE, share * weight / sum(weights)))
        for letter, weight in zip(language.letters, weights, strict=True)
    }
    for rank, letter in enumerate(language.marked):
        found[letter] = max(found.get(letter, FOREIGN), log(0.01 * 0.85**rank))
    return found if language.script == "latin" else {**_english(), **found}


@cache
def _english() -> dict[str, float]:
    letters = FREQUENCIES["English"]
    weights = [exp(-rank / 7) for rank in range(len(letters))]
    return {letter: log(max(_RARE, weight / sum(weights))) for letter, weight in zip(letters, weights, strict=True)}
