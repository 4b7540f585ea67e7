"""A name that the house writes otherwise: the vocabulary has Lukashenko, and the text Lukashenka."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import normalize

from dateline.analysis.edit_distance import edits
from dateline.copy_check.remark import CheckedText, Remark, TextField, about
from dateline.domain.slugs import slug_of
from dateline.domain.tag import Evidence, Tag
from dateline.domain.term import Term
from dateline.ports.vocabulary import Terms

MOST_EDITS: Final = 2
LONGEST: Final = 60
MOST_UNKNOWN: Final = 20
"""Unknown people of a text that are looked for under names near theirs."""

_FIELDS: Final[dict[str, TextField]] = {"headline": "headline", "summary": "summary", "body_text": "body_text"}
_NO_NAMES: Final = frozenset({"demonym", "attributive"})
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_ALIKE: Final = (
    ("kh", "h"), ("ck", "k"), ("c", "k"), ("x", "ks"), ("v", "w"), ("s", "z"), ("ph", "f"), ("tz", "ts"), ("zh", "j"),
    ("ya", "ia"), ("yu", "iu"), ("iy", "y"), ("ij", "y"), ("yy", "y"), ("sch", "sh"),
)  # fmt: skip
_VOWELS: Final = "aeiouy"


def house_name_remarks(text: CheckedText, tags: Sequence[Tag], terms: Terms) -> Iterator[Remark]:
    """People and places of ``tags`` by a name that is nearly, and not quite, what the vocabulary calls them.

    Names in Cyrillic are left out: what a case makes of one is no other spelling.
    """
    named = [tag for tag in tags if tag.type in ("person", "place") and tag.evidence]
    for tag in named:
        if tag.status == "accepted" and (term := terms.find(tag.type, tag.slug)):
            yield from _remark(text, tag, term)
    unknown = (tag for tag in named if tag.status == "proposed" and tag.type == "person" and " " in tag.label)
    for _, tag in zip(range(MOST_UNKNOWN), unknown, strict=False):
        near = (terms.find("person", slug) for slug in _slugs_near(slug_of(tag.label)[:LONGEST]))
        if term := next((one for one in near if one and one.status == "accepted"), None):
            yield from _remark(text, tag, term)


def _remark(text: CheckedText, tag: Tag, term: Term) -> Iterator[Remark]:
    """The first place where the name stands otherwise."""
    house = term.labels.get(text.language.partition("-")[0], term.label)
    for one in tag.evidence:
        if one.field in _FIELDS and _names_it(one) and _is_nearly(one, house, term):
            yield about(text, "house-name", _FIELDS[one.field], (one.start, one.end), f"The house writes “{house}”.")
            return


def _is_nearly(evidence: Evidence, house: str, term: Term) -> bool:
    """Whether a name is another spelling of what the house writes: no other name, nor its label in a language."""
    name, meant = _bare(evidence.text), _bare(house)
    if _CYRILLIC.search(name + meant) or name in {_bare(label) for label in (term.label, *term.labels.values())}:
        return False
    same_shape = len(name.split()) == len(meant.split()) and name[:1] == meant[:1]
    return same_shape and len(name) > 3 and 0 < edits(name, meant) <= MOST_EDITS


def _names_it(evidence: Evidence) -> bool:
    """Whether the words are a name of the term, and not what points to it otherwise (German, for Germany)."""
    return ":" not in evidence.rule and evidence.rule not in _NO_NAMES


def _bare(name: str) -> str:
    """Letters and spaces: a mark on a letter, a stop or a comma makes no other spelling."""
    return "".join(letter for letter in normalize("NFD", name.casefold()) if letter.isalpha() or letter == " ")


def _slugs_near(slug: str) -> Iterator[str]:
    """The slugs of names that are easily taken for one another: a vowel, a doubled letter, another transliteration."""
    for place, letter in enumerate(slug):
        before, after = slug[:place], slug[place + 1 :]
        if letter in _VOWELS:
            yield from (before + other + after for other in _VOWELS if other != letter)
        if letter == after[:1]:
            yield before + after
        elif letter != "-":
            yield before + letter + letter + after
            yield before + after[:1] + letter + after[1:]
        for one, other in _ALIKE:
            if slug.startswith(one, place):
                yield before + other + slug[place + len(one) :]
            if slug.startswith(other, place):
                yield before + one + slug[place + len(other) :]
