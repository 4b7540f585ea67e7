"""The words by which a sentence announces an event, and those by which a date in it is something else."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_IGNORE: Final = re.IGNORECASE


class _ByScript(NamedTuple):
    """Words of English, and of Russian and Belarusian; each is looked for in a text in small letters."""

    latin: re.Pattern[str]
    cyrillic: re.Pattern[str]

    def found_in(self, text: str) -> bool:
        """Whether ``text`` has one of the words."""
        return (self.latin if text.isascii() or not _CYRILLIC.search(text) else self.cyrillic).search(text) is not None


_CYRILLIC: Final = re.compile("[а-я]")


def _by_script(latin: str, *cyrillic: str) -> _ByScript:
    return _ByScript(re.compile(latin), re.compile("|".join(cyrillic)))


LABEL: Final = re.compile(
    r"(?:\b(?:when|date and time|date|time and place)|\b(?:где и )?когда|\bдата(?: и время)?|\b(?:дзе і )?калі"
    r"|\bдата і час)\s*:",
    _IGNORE,
)
"""'When: …', which says by itself that something takes place."""

WHERE: Final = re.compile(r"\b(?:where|place|venue|где|место|дзе|месца)\s*:\s*([^.;\n]{2,120})", _IGNORE)

KIND: Final = _by_script(
    r"\b(?:concert|recital|festival|fest|fair|bazaar|market|exhibition|exhibit|premi[eè]res?|performance|lecture|meeting"
    r"|match|games?|tournament|championship|cup|(?:half[ -])?marathon|race|parade|ceremony|conference|forum|congress"
    r"|summit|seminar|workshop|master ?class|classes|guided tours?|tours|excursions?|screenings?|ball|party|gala"
    r"|celebrations?|session|hearing|open day|vernissage|auction|hackathon|presentation|evenings|mass|rally|picnic"
    r"|readings?|opera|ballet|regatta|competition|contest|(?:the|a) show|film nights?|symposium|book launch|elections?)"
    r"s?\b",
    r"\b(?:концерт|фестивал|ярмарк|выставк|спектакл|лекци[яюией]|встреч|матч|турнир|чемпионат|куб(?:ок|ка|ке)\b"
    r"|марафон|полумарафон|забег|парад|церемони|конференци|форум|конгресс|саммит|семинар|мастер-класс|заняти|экскурси"
    r"|кинофестивал|кинопоказ|показ(?:ы|а|у|ов)?\b|вечеринк|праздник|праздновани|сесси|слушани|открытых дверей|аукцион"
    r"|хакатон|презентаци|(?<!\d )(?<!часов )вечера?\b|опер[аыуе]\b|балет|конкурс|соревновани|регат|пикник|чтени[яейю]"
    r"|субботник|вернисаж|спартакиад|гастрол|шестви|митинг|олимпиад|выборы|премьер[аыу] (?:спектакл|фильм|опер|балет"
    r"|пьес|постановк|мюзикл|[«\"“]))",
    r"\b(?:канцэрт|фестывал|кірмаш|выстав[аыкц]|выставе|спектакл|лекцы|сустрэч|матч|турнір|чэмпіянат|куб(?:ак|ка)\b"
    r"|паўмарафон|цырымоні|канферэнцы|кангрэс|саміт|семінар|майстар-клас|занятк|экскурсі|кінафестывал|кінапаказ"
    r"|паказ(?:ы|у|аў)?\b|вечарын|свят[аы]\b|сесі[яію]|слуханн|адчыненых дзвярэй|аўкцыён|прэзентацы"
    r"|(?<!\d )(?<!гадзін )вечар[аы]?\b|конкурс|спаборніцтв|талак|танц|чытанн|гульн|выбары"
    r"|прэм['’ʼ]ер[аыу] (?:спектакл|фільм|опер|балет|п['’ʼ]ес|пастаноўк|[«\"“]))",
)
"""What takes place: a concert, a fair, a match."""

TAKES_PLACE: Final = _by_script(
    r"\b(?:tak(?:e|es|ing) place|(?:will|to|is|are) be held|(?:is|are) held"
    r"|be (?:performed|staged|shown|screened|unveiled)"
    r"|will (?:host|perform|play|stage)|performs?"
    r"|premieres|plays|scheduled (?:for|to)|kicks? off|invited? (?:you )?to|join us)\b",
    r"\b(?:состо(?:ится|ятся)|пройд[её]т|пройдут|буд(?:ет|ут) проходить|проход[ия]т|проводятся|проводится"
    r"|приглаша(?:ем|ют|ет)|назначен[аоы]? на|старту(?:ет|ют)|покажут|сыгра(?:ет|ют)|выступ(?:ит|ят)"
    r"|организу(?:ют|ет))\b",
    r"\b(?:адбудзецца|адбудуцца|адбыва(?:ецца|юцца)|пройдзе|пройдуць|буд(?:зе|уць) праходзіць|праходз(?:іць|яць)"
    r"|ладз(?:яцца|іцца)|запраша(?:ем|юць|е)|прызначан[аы]? на|старту(?:е|юць)|пакажуць|сыгра(?:е|юць)"
    r"|выступ(?:іць|яць))\b",
)
"""A verb that says by itself that something takes place, and has not yet."""

AHEAD: Final = _by_script(
    r"\b(?:will|shall|going to|is on|are on|opens?|starts?|begins?|runs?|returns?|hosts?|leaves?|expects?|planned|due"
    r"|upcoming|next|come to)\b",
    r"\b(?:буд(?:ет|ут)|откро(?:ет|ют)|начн[её]т|начнут|начина(?:ет|ют)|планиру|ожида|работа(?:ет|ют)|жд[её]т|ждут)",
    r"\b(?:будз(?:е|ем)|будуць|адкры(?:е|юць)|пачн(?:е|уць)|пачына(?:е|ю)|плану|чака|працу(?:е|юць))",
)
"""A verb of what is still to come, where the sentence names what takes place."""

PAST: Final = _by_script(
    r"\b(?:was|were|had|took|drew|gathered|attended|ended|closed|opened|hosted|won|gave|became|marked)\b",
    r"\b(?:прош[её]л|прошл[аио]|состоял(?:ся|ась|ось|ись)|проходил[аио]?|стал[аио]?|был[аио]?|собрал[аи]?|закры(?:л|ли)"
    r"|продали|откры(?:л|лся|лась|лись|ли)|заверш(?:ил|ился|илась|ились|ились)|выиграл[аи]?|посетил[аи]?)\b",
    r"\b(?:прайш(?:оў|ла|ло|лі)|адбы(?:ўся|лася|лося|ліся)|праходзі(?:ў|ла|ло|лі)|стаў|стал[аі]|бы(?:ў|ла|ло|лі)"
    r"|сабра(?:ў|ла|лі)|зачын(?:іў|ілі|іўся)|прадалі|адкры(?:ў|ўся|лася|ліся|лі)|завяршы(?:ў|ўся|лася|ліся)"
    r"|выйгра(?:ў|ла|лі)|наведалі)\b",
)

OTHER: Final = _by_script(
    r"\b(?:tickets?|on sale|cost|costs|price|fares?|deadline|applications?|submissions?|entries|registration|born|died"
    r"|in(?:to)? force|custody|ends|closes|rain|snow|showers|storms?|valid|expires?)\b",
    r"\b(?:билет|в продаж|подорожа|стоимост|цен[аы]\b|заявк|заявок|срок|регистраци|принимаются|родил(?:ся|ась)|умер"
    r"|вступ(?:ает|ит|ают) в силу|под стражей|законч|заверш|закро|арест|дожд|осадк|снегопад|гроз[аы]|мороз|действу)",
    r"\b(?:квітк|білет|у продаж|падаражэ|кошт|цан[аы]\b|заяўк|заявак|тэрмін|рэгістрацы|прымаюцца|нарадзі(?:ўся|лася)"
    r"|памёр|памерла|набыва(?:е|ю)|пад вартай|законч|скончы|заверш|закры(?:е|ю)|арышт"
    r"|дажд|ападк|навальніц|мароз|дзейніча)",
)
"""Of whose day a clause speaks instead: tickets, applications, births, laws, weather."""


def announces(sentence: str, clause: str, *, vague: bool) -> bool:
    """Whether ``sentence``, whose ``clause`` has the date, announces something.

    Of a ``vague`` date, as a weekday's name or the day of the text itself, the clause must say that it is to come.
    """
    if ":" in sentence and LABEL.search(sentence):
        return True
    words, part = sentence.lower(), clause.lower()
    if OTHER.found_in(part):
        return False
    takes_place = TAKES_PLACE.found_in(words)
    if not takes_place and not KIND.found_in(words):
        return False
    if TAKES_PLACE.found_in(part) or AHEAD.found_in(part):
        return True
    return not vague and not PAST.found_in(part) and (takes_place or AHEAD.found_in(words) or not PAST.found_in(words))
