"""The codes by which the world names what a term is: Wikidata ids and qcodes, however they are written."""

from __future__ import annotations

import re
from typing import Final

_WIKIDATA: Final = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki/special:entitydata|wiki|entity)/|(?:wd|wikidata):)?"
    r"(q[1-9][0-9]{0,18})(?:[.#?/].*)?",
    re.IGNORECASE | re.DOTALL,
)
_NEWSCODES: Final = re.compile(
    r"https?://cvx?\.iptc\.org/newscodes/([a-z0-9-]+)/([a-z0-9_.:-]+)/?(?:[?#].*)?", re.IGNORECASE | re.DOTALL
)
_QCODE: Final = re.compile(r"([a-z][a-z0-9_.-]*):([^\s/][^\s]*)", re.IGNORECASE)
_MEDIATOPIC: Final = re.compile(r"[0-9]{8}", re.ASCII)
_SCHEMES: Final = {
    "mediatopic": "medtop", "mediatopics": "medtop", "iptc-mediatopic": "medtop", "subjectcode": "subj",
    "iso3166-1a2": "iso3166", "iso-3166": "iso3166", "iso3166-1": "iso3166", "country": "iso3166",
}  # fmt: skip
"""The IPTC's names of vocabularies in addresses, and other names of the same, by the alias in qcodes."""


def concept_code(written: str) -> str:
    """``written`` as terms have it: ``Q42``, ``medtop:20000002``, an address without its slash; empty for no code.

    >>> concept_code("http://cv.iptc.org/newscodes/mediatopic/20000002")
    'medtop:20000002'
    """
    text = written.strip()
    if wikidata := _WIKIDATA.fullmatch(text):
        return wikidata[1].upper()
    if _MEDIATOPIC.fullmatch(text):
        return _qcode("medtop" if text.startswith("2") else "subj", text)
    if address := _NEWSCODES.fullmatch(text):
        return _qcode(address[1], address[2])
    if text.lower().startswith(("http://", "https://")):
        return f"https://{text.partition('://')[2].rstrip('/')}"
    if qcode := _QCODE.fullmatch(text):
        return _qcode(qcode[1], qcode[2])
    return ""


def scheme_of(code: str) -> str:
    """What a code of ``concept_code`` is a code of: of two of one scheme only the same one is the same."""
    return "Q" if code.startswith("Q") else code.partition(":")[0]


def _qcode(alias: str, code: str) -> str:
    scheme = _SCHEMES.get(alias.lower(), alias.lower())
    if scheme == "subj" and code.endswith("000000"):  # the subjects at the top became media topics as they were
        scheme = "medtop"
    return f"{scheme}:{code.upper() if scheme == 'iso3166' else code}"
