"""By what an event is recognised in a text: its title, and what of it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dateline_indexer.mentions.words import Word, stems_of, words_of

SMALL: Final = stems_of(
    "a an the of in on at for and or to with by from into s is are its our your his her "
    "в во на с со и из за по для от к о об у при под над без до ў у з са і да на пра аб па ад за не"
)
"""Words that tell nothing."""
COMMON: Final = stems_of(
    "festival fair concert exhibition conference forum marathon race match game open day night week month year evening "
    "morning meeting lecture workshop seminar tour show premiere performance championship cup tournament parade "
    "ceremony celebration anniversary competition contest congress summit market book music film art city national "
    "international annual world new first spring summer autumn winter christmas easter school club public free walk "
    "course class training camp opening closing final children family readers reading holiday "
    "фестиваль ярмарка концерт выставка конференция форум марафон забег матч игра день ночь неделя месяц год вечер "
    "встреча лекция семинар экскурсия шоу премьера спектакль чемпионат кубок турнир парад церемония праздник юбилей "
    "конкурс конгресс саммит рынок книга музыка кино фильм искусство город национальный международный ежегодный мир "
    "новый первый весна лето осень зима рождество пасха школа клуб открытый открытие закрытие финал дети семья "
    "фестываль кірмаш канцэрт выстава канферэнцыя дзень ноч тыдзень месяц год вечар сустрэча лекцыя семінар экскурсія "
    "прэм'ера спектакль чэмпіянат кубак турнір свята юбілей конкурс рынак кніга музыка кіно мастацтва горад "
    "нацыянальны міжнародны штогадовы свет новы першы вясна лета восень зіма каляды вялікдзень школа клуб адкрыты "
    "адкрыццё закрыццё фінал дзеці сям'я"
)
"""Words that many events have in their titles: alone they name none."""
_NUMBER: Final = re.compile(r"(?:\d+(?:st|nd|rd|th)?|[ivxlc]+)")
_QUOTED: Final = re.compile(r"[«“„\"]([^«»“”„\"]{3,})[»”“\"]")


@dataclass(frozen=True, slots=True)
class Title:
    """A run of words, ``text``, that names an event. ``telling`` says how many of them few events have, ``words`` how
    many mean anything; ``capital``: it begins with a capital letter."""

    text: str
    stems: tuple[str, ...]
    telling: int
    words: int
    capital: bool

    @property
    def is_strong(self) -> bool:
        """Whether it means the event where only its place or its day stands beside it."""
        return (self.telling >= 2 and self.words >= 3) or (self.telling >= 1 and self.words >= 4)


def titles_of(title: str) -> list[Title]:
    """The title without what each year adds to it, and what stands in it in quotation marks; at least two words that
    mean something."""
    runs = [title, *(found[1] for found in _QUOTED.finditer(title))]
    made = {one.stems: one for run in runs for one in _title(run)}
    return list(made.values())


def _title(run: str) -> Iterator[Title]:
    kept = _trimmed(words_of(run))
    meaning = [word for word in kept if word.stem not in SMALL and not _NUMBER.fullmatch(word.stem)]
    telling = [word for word in meaning if word.stem not in COMMON and len(word.stem) > 2]
    if len(meaning) >= 2:
        yield Title(
            text=run[kept[0].start : kept[-1].end], stems=tuple(word.stem for word in kept), telling=len(telling),
            words=len(meaning), capital=kept[0].capital,
        )  # fmt: skip


def _trimmed(words: Sequence[Word]) -> Sequence[Word]:
    """Without numbers and small words at both ends: '35th', '2026', 'the'."""
    first, last = 0, len(words)
    while first < last and _adds_nothing(words[first]):
        first += 1
    while last > first and _adds_nothing(words[last - 1]):
        last -= 1
    return words[first:last]


def _adds_nothing(word: Word) -> bool:
    return word.stem in SMALL or _NUMBER.fullmatch(word.stem) is not None
