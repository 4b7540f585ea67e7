"""What the style sheet in a text says of its classes: which words are bold, italic, raised, struck or hidden."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

_SHEET: Final = re.compile(r"<style((?:\s[^<>]{0,1000})?)>", re.IGNORECASE)
_SHEET_END: Final = re.compile(r"</style", re.IGNORECASE)
_OF_PRINT: Final = re.compile(r"media\s{0,9}=\s{0,9}[\"']?\s{0,9}print", re.IGNORECASE)
_SELECTOR: Final = re.compile(r"\s*(?:[a-z][a-z0-9]{0,20})?\.([\w-]{1,100})\s*", re.IGNORECASE)
_HEEDED: Final = frozenset({
    "font-weight", "font-style", "text-decoration", "text-decoration-line", "vertical-align", "display", "visibility",
    "mso-hide",
})  # fmt: skip
_LONGEST_VALUE: Final = 100
Styles = Mapping[str, Mapping[str, str]]
"""Properties by class, in lower case."""


def styles_of(html: str) -> Styles:
    """What the ``style`` elements of ``html`` say of a class alone, as Google Docs exports write it.

    Rules for windows, for classes within others, or of states say nothing here. Cheap where there is no such element.
    """
    styles: defaultdict[str, dict[str, str]] = defaultdict(dict)
    if "<style" not in html.lower():
        return styles
    begun = _SHEET.split(html)
    for attributes, sheet in zip(begun[1::2], begun[2::2], strict=True):
        if _OF_PRINT.search(attributes):
            continue
        for selectors, said in _rules(_SHEET_END.split(sheet, 1)[0]):
            heeded = dict(_heeded(said))
            for selector in selectors.split(",") if heeded else ():
                if named := _SELECTOR.fullmatch(selector):
                    styles[named[1].lower()] |= heeded
    return styles


def with_styles(attributes: dict[str, str], styles: Styles) -> dict[str, str]:
    """The ``attributes`` of an element with what its classes say, in ``style``, before its own."""
    said: dict[str, str] = {}
    for name in attributes.get("class", "").lower().split():
        said |= styles.get(name, {})
    if not said:
        return attributes
    style = ";".join(f"{name}:{value}" for name, value in said.items())
    return attributes | {"style": f"{style};{attributes.get('style', '')}"}


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations outside of at-rules (CSS Syntax 3)."""
    first, *others = sheet.split("/*")
    is_within = False
    for rule in "".join([first, *(other.partition("*/")[2] for other in others)]).split("}"):
        before, _, said = rule.rpartition("{")
        selectors = before.rpartition(";")[2].replace("<!--", "").replace("-->", "")
        is_within = bool(rule.strip()) and (is_within or "{" in before)
        if not is_within and "@" not in selectors:
            yield selectors, said


def _heeded(said: str) -> Iterator[tuple[str, str]]:
    for declaration in said.lower().split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in _HEEDED and len(value) < _LONGEST_VALUE:
            yield name.strip(), value.strip()
