"""Datelines and credits: who signs a text, at its front, in a copyright line or at its end, and whom its sentences
quote as such ("BelTA has learned"): its source, no subject."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import Final

from dateline.tagging.candidates import CREDIT, Candidates
from dateline.tagging.rules.credits.agencies import NAME, NAMES, agencies, has_agency
from dateline.tagging.rules.credits.datelines import find_agency

_TAIL: Final = 300
"""Characters at the end of a text in which every sentence may be a credit, not only every line."""
_LONGEST: Final = 240

_YEAR: Final = r"\d{4}(?: ?[-–] ?\d{4})?"
_END: Final = r"(?=\s*(?:[.;,)\]|\n]|\Z))"
_WORK: Final = (
    "(?:reporting|writing|editing|compiled|translated|translation|photos?|photographs?|photography|video|graphics?|"
    "files)"
)

_WORKED: Final = re.compile(rf"(?:(?:additional|further|with) )*{_WORK} (?:by|from) (?-i:{NAMES}){_END}", re.IGNORECASE)
_CONTRIBUTED: Final = re.compile(
    rf"{NAMES}(?: (?:writer|reporter|journalist|correspondent)s?(?: {NAMES})?)?,?(?: also)? "
    rf"contributed(?: (?:to (?:this|the) (?:report|story|article)|reporting)\b|{_END})"
)
_COLON: Final = "[ \u00a0\u202f]?:"
_SOURCE: Final = re.compile(
    rf"(?:Sources?|Editors?|Источники?|Автор|Редактор|Рэдактар|Крыніц[аы]|Аўтар){_COLON} {NAMES}{_END}"
)
_PICTURE: Final = re.compile(
    r"(?:(?:(?:File )?[Pp]hotos?|Pictures?|Images?|(?:Photo |Image )?[Cc]redits?|Ф[Оо][Тт][ОоАа])"
    rf"(?:{_COLON}| by| courtesy of)? {NAMES}{_END}"
    rf"|(?:\w+ Photo|REUTERS|AFP|EPA)/ ?{NAME}(?:[ /]{NAME})*)"
)
"""Counts only for a news agency, since others are shown as well as named."""
_PREPARED: Final = re.compile(
    "(?:По (?:материалам|информации|сообщению|данным)|(?:Материал )?[Пп]одготовил[аи]?|"
    "Паводле(?: інфармацыі| матэрыялаў)?|(?:Матэрыял )?[Пп]адрыхтава(?:ў|ла|лі)) "
    rf"{NAMES}(?=\s*(?:[.)\n]|\Z))"
)
_COPYRIGHT: Final = re.compile(
    rf"(?:(?:Copyright )?(?:©|\([cC]\))|Copyright(?= (?:by|{_YEAR})\b))(?: ?(?:by|{_YEAR}),?)* ?{NAMES}"
    rf"(?:,? {_YEAR})?(?:\. All rights reserved)?"
)
_BYLINE: Final = re.compile(rf"By {NAME}(?: {NAME}){{1,3}}, (?P<agency>(?!Prime M){NAMES}){_END}")
"""By Anna Smith, AFP. Counts only for a news agency, as any other may be what a writer is or leads."""
_WITH: Final = re.compile(
    "(?:Mit (?:Material(?:ien)?|Informationen) (?:von|der)|Con (?:informaci(?:ón|ones)|informazioni|material) d[ei]"
    "|Com informações d[aeo]|(?:-- ?)?With (?:inputs?|material|information|assistance|contributions?) from) "
    rf"{NAMES}{_END}",
    re.IGNORECASE,
)
_REPORTED: Final = (
    "(?:reportage|reportaje|reporte|reportagem|rédigé|[eé]dité|traduit|editado|version française)"
    "(?: (?:de|du|par|por))?"
)
_REPORTED_BY: Final = re.compile(
    rf"{_REPORTED} (?-i:{NAMES})(?:[,;]? (?:et |y )?{_REPORTED} (?-i:{NAMES}))*{_END}",
    re.IGNORECASE,
)
"""(Reportage Jean Dupont, édité par Anne Martin)"""
_SIGNED: Final = re.compile(rf"(?:Written|Prepared|Provided) by {NAMES}{_END}")
_PUBLISHED: Final = re.compile(
    rf"This (?:report|story|article) (?:by|from) {NAMES} was (?:first|originally) published\b"
)
_PRODUCED: Final = re.compile(
    r"This (?:report|story|article|content) was (?:(?:first|originally) )?"
    rf"(?:published|produced|written|distributed|provided|reported) (?:by|with) {NAMES}{_END}"
)
_OFFERED: Final = re.compile(
    rf"(?:Follow|Read|See|Find|Get|More|Full)\b[^\n]{{1,120}}?\bhttps?://|{NAME}(?: \w+){{0,4}}: ?https?://"
)
"""Where more of an agency's reports are."""
_FUNDED: Final = re.compile(
    rf"(?P<agency>The {NAME}(?: {NAME})*)(?:['’]s?)? (?:[\w ]{{1,60}} (?:coverage|department|reporting|team) )?"
    r"receives? [^\n]{0,30}?support from\b"
)
_STANDARDS: Final = re.compile("Our Standards: The Thomson Reuters Trust Principles")
_CLAUSE: Final = re.compile(r"[.;,»”\"] (?=[ABCEFMOPRSTVWacefmprstvwАИКМПФ(])")
_BY_BEGINNING: Final = {
    beginning: credits
    for beginnings, credits in (
        ("add fur vid gra fil", (_WORKED,)),
        ("rep tra", (_WORKED, _REPORTED_BY)),
        ("edi", (_WORKED, _REPORTED_BY, _SOURCE)),
        ("édi réd ver", (_REPORTED_BY,)),
        ("wit mit con com", (_WORKED, _WITH)),
        ("wri pre pro", (_WORKED, _SIGNED)),
        ("our", (_STANDARDS,)),
        ("thi", (_PUBLISHED, _PRODUCED)),
        ("fol rea see fin get mor ful", (_OFFERED,)),
        ("ap_", (_OFFERED, _PICTURE)),
        ("the", (_FUNDED,)),
        ("--w", (_WITH,)),
        ("sou ист авт ред рэд кры аўт", (_SOURCE,)),
        ("pic ima cre фот reu afp epa", (_PICTURE,)),
        ("по_ мат под пав пад", (_PREPARED,)),
        ("cop (c)", (_COPYRIGHT,)),
        ("by_", (_BYLINE,)),
        ("pho", (_WORKED, _PICTURE)),
    )
    for lower in (beginning.replace("_", " ") for beginning in beginnings.split(" "))
    for beginning in (lower, lower.capitalize(), lower.upper())
}
"""Which credits begin so: nearly all other lines are passed by at once."""
_OF_AGENCIES: Final[dict[re.Pattern[str], int | str]] = {
    _PICTURE: 0, _SIGNED: 0, _BYLINE: "agency", _PRODUCED: 0, _OFFERED: 0, _FUNDED: "agency",
}  # fmt: skip
"""The credits that count only for a news agency, and the group that must name one."""

_IN_SLASHES: Final = re.compile(
    rf"/(?<=[\s(]/)(?:(?:[Кк][оа]р[рэ]?|[Cc]orr)\. ?)?{NAMES}(?: [-–—] {NAMES})?/(?=[\s.,)–—-]|\Z)"
)
_AT_END: Final = re.compile(
    r"(?:(?:\n(?:==|-- ?)?|[–—] ?|(?<=\w\w[.!?…] )|(?<=[.!?…][»”\"] ))\(?|\()"
    rf"(?:[Aa]vec |[Pp]ar |[Mm]it |[Cc]on )?{NAMES}[)./]*\s*\Z"
)
"""— AFP"""
_BELOW: Final = re.compile(
    rf"(?:[Pp]hotos?|Ф[Оо][Тт][ОоАа])(?:{_COLON}| by| courtesy of)? {NAMES}\.?"
    r"|[a-z]{2,4}(?:/[a-z]{2,4}){1,3}/?|[a-z]{2,4}/"
)
"""What stands below the agency that signs a text: who took the pictures, and the editors' initials."""
_END_MARK: Final = re.compile(r"\s*(?:-0-|-30-|###|(?<=Lusa)/[Ff]im|(?<=\bPTI)(?: [A-Z]{2,4}){1,6})\s*\Z")
_LAST_OF_MARKS: Final = frozenset(f"-#m{ascii_uppercase}")
_INITIALS_ABOVE: Final = re.compile(r"\n[A-Z]{2,5}(?:/[A-Z]{2,5})? // [A-Z]{2,5}(?=\s*\Z)")
"""Those of who wrote and who edited a text, above Lusa's name."""
_MOST_BELOW: Final = 4
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
        if text[match.end() : match.end() + 3] in _BY_BEGINNING:
            _find_from(candidates, match.end())
    for sign, credit in (("©", _COPYRIGHT), ("/", _IN_SLASHES)):
        for match in credit.finditer(text) if sign in text else ():
            candidates.take_credit(*match.span())
    find_agency(candidates)
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
            candidates.take_credit(start, end)


def _find_from(candidates: Candidates, start: int) -> None:
    """The credit that begins there, as a line, in brackets, or near the end of the text as a sentence or a clause."""
    text = candidates.text
    for credit in _BY_BEGINNING.get(text[start : start + 3], ()):
        match = credit.match(text, start, start + _LONGEST)
        if match and (credit not in _OF_AGENCIES or has_agency(match[_OF_AGENCIES[credit]])):
            candidates.take_credit(*match.span())


def _find_at_end(candidates: Candidates) -> None:
    """The agency that stands alone in the last line, in brackets or behind a dash; or that contributed."""
    text = candidates.text
    tail = max(0, len(text) - _TAIL)
    if text.find("contributed", tail) >= 0:
        for match in _CONTRIBUTED.finditer(text, tail):
            candidates.take_credit(*match.span())
    end = _above_what_stands_below(candidates)
    if text[tail:end].rstrip(_AFTER_LAST).lower().endswith(agencies()):
        match_at_end = _AT_END.search(text, max(0, end - _LONGEST_AT_END), end)
        if match_at_end:
            candidates.take_credit(*match_at_end.span())
            start = match_at_end.start()
            if initials := _INITIALS_ABOVE.search(text, max(0, start - _LONGEST_AT_END), start):
                candidates.take_credit(*initials.span())
            if end < len(text):
                candidates.take_credit(end, len(text))


def _above_what_stands_below(candidates: Candidates) -> int:
    """Where a text ends but for the lines and marks that stand below the agency which signs it."""
    text = candidates.text
    body, end = candidates.offsets.body, len(text)
    for _ in range(_MOST_BELOW):
        tail = max(body, end - _TAIL)
        end = tail + len(text[tail:end].rstrip())
        line = text.rfind("\n", tail, end) + 1
        if text[end - 1] in _LAST_OF_MARKS and (mark := _END_MARK.search(text, tail, end)):
            end = mark.start()
        elif body < line < end and (_BELOW.fullmatch(text, line, end) or _is_credit_line(candidates, line, end)):
            end = line
        else:
            break
    return end


def _is_credit_line(candidates: Candidates, start: int, end: int) -> bool:
    """Whether a line is a credit from its beginning to its full stop."""
    taken = candidates.taken.overlapping(start, end)
    return taken is not None and taken[0] == start and taken[1] >= end - 1 and taken[2] == CREDIT
