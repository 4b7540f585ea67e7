"""Datelines and credits: who signs a text, at its front, in a copyright line or at its end, and whom its sentences
quote as such ("BelTA has learned"): its source, no subject."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dateline.tagging.candidates import CREDIT, Candidates
from dateline.tagging.wordlists import word_lists

_HEAD: Final = 120
"""Characters of the body in which the dateline ends."""
_TAIL: Final = 300
"""Characters at the end of a text in which every sentence may be a credit, not only every line."""
_LONGEST: Final = 240

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĪĮİŁŃŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽЀ-Я"
_NAME: Final = rf"(?:[{_UPPER}]\.|[{_UPPER}]\w*(?:[-'’]\w+)*(?:\.(?:RU|BY|COM))?)"
_BETWEEN: Final = (
    r"(?:,(?: and| и| і)? (?:the )?| (?:and|of|for|via|with|in|at|и|і|в|у|из|з|для|по) (?:the )?|/| / | & | )"
)
_NAMES: Final = rf"(?:[Tt]he |[LlDd]['’])?{_NAME}(?:{_BETWEEN}{_NAME})*"
"""Only one way leads through such a list, so that a long one costs no more than its length."""
_YEAR: Final = r"\d{4}(?: ?[-–] ?\d{4})?"
_END: Final = r"(?=\s*(?:[.;,)\]|\n]|\Z))"
_WORK: Final = (
    "(?:reporting|writing|editing|compiled|translated|translation|photos?|photographs?|photography|video|graphics?|"
    "files)"
)

_WORKED: Final = re.compile(
    rf"(?:(?:additional|further|with) )*{_WORK} (?:by|from) (?-i:{_NAMES}){_END}", re.IGNORECASE
)
_CONTRIBUTED: Final = re.compile(
    rf"{_NAMES}(?: (?:writer|reporter|journalist|correspondent)s?(?: {_NAMES})?)?(?: also)? "
    rf"contributed(?: (?:to (?:this|the) (?:report|story|article)|reporting)\b|{_END})"
)
_COLON: Final = "[ \u00a0\u202f]?:"
_SOURCE: Final = re.compile(rf"(?:Sources?|Источники?|Автор|Крыніц[аы]|Аўтар){_COLON} {_NAMES}{_END}")
_PICTURE: Final = re.compile(
    rf"(?:(?:(?:File )?[Pp]hotos?|Pictures?|Images?|(?:Photo |Image )?[Cc]redits?|Фото|Фота){_COLON} {_NAMES}{_END}"
    rf"|(?:\w+ Photo|REUTERS|AFP|EPA)/ ?{_NAME}(?:[ /]{_NAME})*)"
)
"""Counts only for a news agency, since others are shown as well as named."""
_PREPARED: Final = re.compile(
    "(?:По (?:материалам|информации|сообщению|данным)|(?:Материал )?[Пп]одготовил[аи]?|"
    "Паводле(?: інфармацыі| матэрыялаў)?|(?:Матэрыял )?[Пп]адрыхтава(?:ў|ла|лі)) "
    rf"{_NAMES}(?=\s*(?:[.)\n]|\Z))"
)
_COPYRIGHT: Final = re.compile(
    rf"(?:(?:Copyright )?(?:©|\([cC]\))|Copyright(?= (?:by|{_YEAR})\b))(?: ?(?:by|{_YEAR}),?)* ?{_NAMES}"
)
_BYLINE: Final = re.compile(rf"By {_NAME}(?: {_NAME}){{1,3}}, (?P<agency>(?!Prime M){_NAMES}){_END}")
"""By Anna Smith, AFP. Counts only for a news agency, as any other may be what a writer is or leads."""
_CLAUSE: Final = re.compile(r"[.;,»”\"] (?=[ABCEFPRSTVWacefprstvwАИКМПФ(])")
_BY_BEGINNING: Final = {
    beginning: credits
    for beginnings, credits in (
        ("add fur wit rep wri edi com tra vid gra fil", (_WORKED,)),
        ("sou ист авт кры аўт", (_SOURCE,)),
        ("pic ima cre фот ap_ reu afp epa", (_PICTURE,)),
        ("по_ мат под пав пад", (_PREPARED,)),
        ("cop (c)", (_COPYRIGHT,)),
        ("by_", (_BYLINE,)),
        ("pho", (_WORKED, _PICTURE)),
    )
    for lower in (beginning.replace("_", " ") for beginning in beginnings.split(" "))
    for beginning in (lower, lower.capitalize(), lower.upper())
}
"""Which credits begin so: nearly all other lines are passed by at once."""
_OF_AGENCIES: Final[dict[re.Pattern[str], int | str]] = {_PICTURE: 0, _BYLINE: "agency"}
"""The credits that count only for a news agency, and the group that must name one."""

_IN_SLASHES: Final = re.compile(
    rf"/(?<=[\s(]/)(?:(?:[Кк][оа]р[рэ]?|[Cc]orr)\. ?)?{_NAMES}(?: [-–—] {_NAMES})?/(?=[\s.,)–—-]|\Z)"
)
_PLACE: Final = r"\s*(?P<place>[^\n()–—]{0,58}?)"
_DASH: Final = r"(?:[–—]|--|-(?=\s))"
_DATED: Final = rf"\s*(?:[^\n()–—]{{0,40}}?[\s,])?(?:\d{{1,2}} \w{{3,12}}|[{_UPPER}]\w{{2,11}}\.? \d{{1,2}})"
_AT_FRONT: Final = (
    ("(", re.compile(rf"{_PLACE}\s*\((?P<agency>[^()\n]{{1,40}})\)\s*(?:{_DASH}|[:.])")),  # BREST (AFP) –
    ("", re.compile(rf"{_PLACE},\s*(?P<agency>{_NAMES})\s*{_DASH}")),  # BREST, 5 May, AFP –
    ("", re.compile(rf"{_PLACE}\s*{_DASH}\s*(?P<agency>{_NAMES})\.\s")),  # МОСКВА, 5 мая – РИА Новости.
    # 5 мая. БелТА. Minsk. May 5. INTERFAX -
    (".", re.compile(rf"{_DATED}\. (?P<place>)(?P<agency>{_NAMES})\s*(?:\.\s|{_DASH})")),
    # БЕЛТА / Мост открыт
    (" ", re.compile(rf"\s*(?P<place>)(?P<agency>{_NAMES})\s*(?:[/|:]|{_DASH})\s*[\"«“„]?[{_UPPER}\d]")),
)
"""What must stand in the head of the body, or "" for a dash; and what an agency there looks like."""
_AT_END: Final = re.compile(rf"(?:(?:\n|[–—] ?)\(?|\()(?:[Aa]vec |[Pp]ar |[Mm]it |[Cc]on )?{_NAMES}[)./]*\s*\Z")
"""— AFP"""
_QUOTED_AFTER: Final = re.compile(
    r"(?:['’]s)? (?:(?:has |had )?(?:learn(?:ed|t)|informed|been told)|was (?:told|informed)|informs"
    r"|(?:reported|reports)(?=\s*(?:[.,;:”\"]|\Z)| (?:that|earlier|citing|from)\b)"
    r"|correspondents?|сообщил[аио]?|сообщает|переда[её]т|информирует|узнал[аио]?|стало известно|пишет"
    r"|рассказали|заявили|расказалі|заявілі|паведаміл[аі]|паведамляе|перадае|інфармуе|даведал[аі]ся|стала вядома"
    r"|піша)\b"
)
_QUOTED_BEFORE: Final = re.compile(
    r"(?:\b(?:told|tells|telling|informed|according to|reported by|reports|talking to|speaking to"
    r"|interview (?:with|to))(?: the)?(?: news)?(?: agency| correspondent)?"
    r"|\b(?:сообщ(?:ил[аио]?|ает|ают|ению|ениям)|рассказал[аи]?|заявил[аи]?|переда[её]т|информирует|пишет"
    r"|по (?:данным|информации)|со ссылкой на|в интервью|как стало известно|как узнал[аио]?"
    r"|паведам(?:іў|іла|ілі|ляе|ляюць|ленні|леннях)|расказа(?:ў|ла|лі)|заяві(?:ў|ла|лі)|перадае|інфармуе|піша"
    r"|па (?:даных|звестках|інфармацыі)|паводле(?: інфармацыі| звестак| даных)?|са спасылкай на|у інтэрв['’ʼ]ю)"
    r"(?: корреспондент[ау]?| карэспандэнт[ау]?)?(?: (?:информ)?агентств[уа]| (?:інфарм)?агенцтв[уа])?"
    r"|\b(?:корреспондент|карэспандэнт)[ау]?"
    r"|\b(?:selon|d['’]après|(?:indiqué|déclaré|affirmé|confié) à|(?:journaliste|correspondant|photographe)e?s? de"
    r"|secondo|laut)) [«„“\"]?(?:l['’])?\Z",
    re.IGNORECASE,
)
"""What makes of an agency's name a mere "so we are told"; not "said", since agencies speak for themselves too."""
_ATTRIBUTION: Final = 48
_AFTER_LAST: Final = " .)/\n"
_LONGEST_AT_END: Final = 60
_DATELINE: Final = re.compile(r"\s*(\w[^\n()–—]{0,58}?)\s*(?:\([^()\n]{1,40}\)\s*)?(?:[–—]|--|-(?=\s))\s")
_DATE: Final = rf"(?:\d{{1,2}}\.? [^\W\d]{{3,12}}\.?|[{_UPPER}]\w{{2,11}}\.? \d{{1,2}})(?:,? \d{{4}})?(?: г\.| года)?"
_JOINT: Final = "(?:, | ?/ ?| )(?:am |an der |de |la |le |do |da |di |del |sur |на )?"
_PLACES: Final = rf"[{_UPPER}][\w.'’-]*(?:{_JOINT}[{_UPPER}][\w'’-]*){{0,5}}"
_BEFORE_AGENCY: Final = re.compile(rf"\s*(?:{_DATE}, )?{_PLACES}(?:[.,]? {_DATE})?[\s.,:(–—-]*\Z")
"""What stands before the agency of a dateline: a place in any letters, and a date."""
_AGENCY_FIRST: Final = re.compile(r"\s*\([^()\n]{1,40}\)\s*(?:[–—]|--|-(?=\s))\s*")
_DATED_PLACE: Final = re.compile(rf"\s*({_PLACES})[.,] {_DATE}\s*[.:]\s")
"""MINSK, 5 December."""
_DASHES: Final = frozenset("-–—")


def find(candidates: Candidates) -> None:
    """Take the spans of the credits, so that no rule finds a subject there."""
    text = candidates.text
    _find_from(candidates, 0)
    for sign in "\n(":
        start = text.find(sign) + 1
        while start:
            if text[start : start + 3] in _BY_BEGINNING:
                _find_from(candidates, start)
            start = text.find(sign, start) + 1
    for match in _CLAUSE.finditer(text, max(0, len(text) - _TAIL)):
        _find_from(candidates, match.end())
    for sign, credit in (("©", _COPYRIGHT), ("/", _IN_SLASHES)):
        for match in credit.finditer(text) if sign in text else ():
            _take(candidates, *match.span())
    _find_at_front(candidates)
    _find_at_end(candidates)
    _find_attributions(candidates)


def _find_attributions(candidates: Candidates) -> None:
    """Where the body quotes an agency that signs the text: as little its subject there as in the signature."""
    text, body = candidates.text, candidates.offsets.body
    organisations = [name for name in candidates.names if name.senses.organisations]
    signing = {
        entry.key
        for name in organisations
        if candidates.is_credit(name.start, name.end)
        for entry, _ in name.senses.organisations
    }
    for start, end, senses in organisations if signing else ():
        if start < body or signing.isdisjoint([entry.key for entry, _ in senses.organisations]):
            continue
        before = text[max(body, start - _ATTRIBUTION) : start]
        if _QUOTED_AFTER.match(text, end) or _QUOTED_BEFORE.search(before):
            _take(candidates, start, end)


def _find_from(candidates: Candidates, start: int) -> None:
    """The credit that begins there, as a line, in brackets, or near the end of the text as a sentence or a clause."""
    text = candidates.text
    for credit in _BY_BEGINNING.get(text[start : start + 3], ()):
        match = credit.match(text, start, start + _LONGEST)
        if match and (credit not in _OF_AGENCIES or _has_agency(match[_OF_AGENCIES[credit]])):
            _take(candidates, *match.span())


def _find_at_front(candidates: Candidates) -> None:
    """The agency in the dateline, or before the first sentence."""
    text, body = candidates.text, candidates.offsets.body
    head = text[body : body + _HEAD]
    has_dash = "–" in head or "—" in head or "- " in head
    for sign, pattern in _AT_FRONT:
        match = pattern.match(text, body, body + _HEAD) if (sign in head if sign else has_dash) else None
        if match and (
            _has_agency(match["agency"])
            if sign == "."
            else _is_behind_a_place(candidates, match) or _is_agency(candidates, *match.span("agency"))
        ):
            _take(candidates, *match.span("agency"))
            return


def dateline_end(candidates: Candidates, place: str) -> int:
    """Where the dateline at the body's beginning ends: "MINSK, 5 December (BelTA) –", "Berlin (dpa) -", "МОСКВА, 5 мая.
    /ТАСС/."; 0 when there is none.

    ``place``: the dateline's place as the story has it, "" when it has none.
    """
    text, body = candidates.text, candidates.offsets.body
    if body == len(text):
        return 0
    credit = candidates.taken.overlapping(body, min(body + _HEAD, len(text)))
    if credit is not None and credit[2] == CREDIT:
        if _BEFORE_AGENCY.match(text, body, credit[0]):
            return credit[1]
        if agency := _AGENCY_FIRST.match(text, body):
            body = agency.end()
    for pattern in (_DATELINE, _DATED_PLACE):
        if pattern is _DATELINE and _DASHES.isdisjoint(text[body : body + _HEAD]):
            continue
        if match := pattern.match(text, body, body + _HEAD):
            first = match[1].split(",")[0].strip()
            if first.isupper() or first.casefold() == place.casefold():
                return match.end()
    return 0


def _is_behind_a_place(candidates: Candidates, match: re.Match[str]) -> bool:
    """Whether the words before an agency are a dateline's: the first of them in capitals, and no organisation's."""
    place = match["place"]
    name = candidates.names_at.get(match.start("place"))
    is_organisation = name is not None and bool(name.senses.organisations)
    return place.partition(",")[0].isupper() and not is_organisation


def _is_agency(candidates: Candidates, start: int, end: int) -> bool:
    name = candidates.names_at.get(start)
    return _has_agency(candidates.text[start:end]) or (name is not None and bool(name.senses.organisations))


def _find_at_end(candidates: Candidates) -> None:
    """The agency that stands alone in the last line, in brackets or behind a dash; or that contributed."""
    text = candidates.text
    tail = max(0, len(text) - _TAIL)
    if text.find("contributed", tail) >= 0:
        for match in _CONTRIBUTED.finditer(text, tail):
            _take(candidates, *match.span())
    if text[tail:].rstrip(_AFTER_LAST).lower().endswith(_agencies()):
        match_at_end = _AT_END.search(text, max(0, len(text) - _LONGEST_AT_END))
        if match_at_end:
            _take(candidates, *match_at_end.span())


@cache
def _agencies() -> tuple[str, ...]:
    return tuple(word_lists().news_agencies)


def _has_agency(names: str) -> bool:
    return not word_lists().news_agencies.isdisjoint(re.split(r"\W+", names.lower()))


def _take(candidates: Candidates, start: int, end: int) -> None:
    if not candidates.taken.overlapping(start, end):
        candidates.taken.add(start, end, CREDIT)
