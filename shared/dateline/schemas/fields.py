"""Fields that say no: strict types, exact bounds, aware times, absolute addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import marshmallow as ma
from babel.core import get_global
from marshmallow import fields, validate

from dateline.domain.html import check_html
from dateline.domain.timestamps import day_or_rfc3339, read_timestamp
from dateline.errors import InvalidInput

SLUG: Final = r"^[a-z0-9-]{1,100}$"
MOST_LISTED: Final = 100
SHORT: Final = 300
LONG: Final = 2000
ADDRESS: Final = 4000

YEARS: Final = (1600, 2199)
"""News is dated within these: a year 9999 from a broken feed must not become the newest story."""

MOST_OFFSET: Final = timedelta(hours=16)
"""No zone of the IANA database ever reached it; index and ledger don't read what lies further."""

_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_BREAKS: Final = re.compile(r"[\r\n\t\u2028\u2029]+")
_NO_MOMENT: Final = (
    "Must be an ISO 8601 date-time with an offset: 2026-11-30T10:15:00+03:00, "
    "20261130T101500+0300 or 2026-W49-1T10:15Z."
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{8}|\d{4}-W\d\d(?:-\d)?|\d{4}W\d{2,3}", re.ASCII | re.IGNORECASE)
"""The dates of ISO 8601 that ``date.fromisoformat`` reads; a week alone is its Monday."""
_LANGUAGE: Final = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"


class Text(fields.String):
    """A text of ``least`` to ``most`` code points.

    One line unless ``lines``; outer white space goes unless ``exact``; with ``least`` something must be seen.
    """

    def __init__(
        self, most: int | None = SHORT, least: int = 0, *, lines: bool = False, exact: bool = False, **options: Any
    ) -> None:
        self._lines = lines
        self._exact = exact
        self._least = least
        if least:
            options.setdefault("metadata", {}).setdefault("pattern", r"\S")
        bounds = validate.Length(min=least or None, max=most) if least or most else None
        super().__init__(validate=bounds, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if _SURROGATES.search(text):
            raise ma.ValidationError("Half of a surrogate pair is no character.")
        if not self._exact:
            text = (text if self._lines else _BREAKS.sub(" ", text)).strip()
        if self._least and not any(char.isprintable() and not char.isspace() for char in text):
            raise ma.ValidationError("Must not be blank.")
        return text


class Html(Text):
    """HTML of any length that can be cleaned: what the workers would refuse is refused here."""

    def __init__(self, least: int = 0, *, exact: bool = False, **options: Any) -> None:
        super().__init__(None, least, lines=True, exact=exact, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        html = super()._deserialize(value, attr, data, **kwargs)
        try:
            check_html(html)
        except InvalidInput as error:
            raise ma.ValidationError(str(error)) from None
        return html


class Slug(fields.String):
    """Lower-case letters, digits and hyphens, 1 to 100."""

    def __init__(self, **options: Any) -> None:
        rule = validate.Regexp(SLUG, error="Must be 1 to 100 of a-z, 0-9 and hyphen.")
        super().__init__(validate=_whole(rule), metadata={"pattern": SLUG, **options.pop("metadata", {})}, **options)


class Language(fields.String):
    """A language tag of BCP 47, such as en, be or zh-Hant-TW; its case is made canonical (RFC 5646 section 2.1.1),
    and a language of two letters has no three: ``rus`` is ``ru`` (section 2.2.1)."""

    def __init__(self, **options: Any) -> None:
        rule = validate.Regexp(_LANGUAGE, error="Must be a BCP 47 language tag, such as en.")
        metadata = {"pattern": _LANGUAGE, **options.pop("metadata", {})}
        super().__init__(validate=[_whole(rule), validate.Length(max=35)], metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        first, *rest = super()._deserialize(value, attr, data, **kwargs).split("-")
        return "-".join([_shortest(first.lower()), *(_subtag(part) for part in rest)])


def _shortest(language: str) -> str:
    known = get_global("language_aliases").get(language, "") if len(language) == 3 else ""
    return known if len(known) == 2 else language


def _subtag(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()


def _whole(rule: validate.Regexp) -> Callable[[str], str]:
    """``rule`` for the whole string: ``$`` alone would let a newline pass at the end."""

    def check(value: str) -> str:
        if value.endswith("\n"):
            raise ma.ValidationError(rule.error or "Invalid.")
        return rule(value)

    return check


class Address(fields.String):
    """An absolute http or https address."""

    def __init__(self, **options: Any) -> None:
        pattern = r"^[hH][tT][tT][pP][sS]?://[^\s<>\"\\]+$"
        metadata = {"format": "uri", "pattern": pattern, **options.pop("metadata", {})}
        super().__init__(validate=[validate.Length(max=ADDRESS), is_address], metadata=metadata, **options)


def is_address(value: str) -> None:
    """Raise ``ValidationError`` unless ``value`` is an absolute http(s) address."""
    try:
        parts = urlsplit(value[:ADDRESS])  # a longer one is refused, and ``urlsplit`` remembers what it was asked
        good = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or re.search(r"[\s<>\"\\\x00-\x1f\x7f\ud800-\udfff]", value):
        raise ma.ValidationError("Must be an absolute address that begins with http:// or https://.")


def address_or_nothing(value: str) -> str:
    """``value`` where an ``Address`` takes it; else empty."""
    try:
        is_address(value)
    except ma.ValidationError:
        return ""
    return value if len(value) <= ADDRESS else ""


class Moment(fields.Field[datetime]):
    """A date-time of ISO 8601 with its offset from UTC; it goes out as RFC 3339."""

    def __init__(self, **options: Any) -> None:
        metadata = {"type": "string", "format": "date-time", **options.pop("metadata", {})}
        super().__init__(metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        return read_moment(value)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else day_or_rfc3339(value)


class DayOrMoment(fields.Field[date | datetime]):
    """A plain date (all day; extended, basic, or of an ISO week), or a date-time with its offset."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return _in_range(value.upper(), date.fromisoformat, "There is no such date.")
        return read_moment(value)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else day_or_rfc3339(value)


def read_moment(value: Any) -> datetime:
    """The aware time that ``value`` says; raises ``ValidationError``."""
    if not isinstance(value, str):
        raise ma.ValidationError(_NO_MOMENT)
    moment: datetime = _in_range(value, read_timestamp, _NO_MOMENT)
    if abs(moment.utcoffset() or timedelta()) >= MOST_OFFSET:
        raise ma.ValidationError("No clock is 16 hours or more from UTC.")
    return moment


def _in_range(value: str, read: Callable[[str], Any], otherwise: str) -> Any:
    try:
        when = read(value)
    except ValueError:
        raise ma.ValidationError(otherwise) from None
    if not YEARS[0] <= when.year <= YEARS[1]:
        raise ma.ValidationError(f"Must lie in the years {YEARS[0]} to {YEARS[1]}.")
    return when


class WholeNumber(fields.Integer):
    """A JSON integer; neither a text nor true is one."""

    def __init__(self, low: int, high: int, **options: Any) -> None:
        super().__init__(validate=validate.Range(low, high), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if type(value) is not int:
            raise ma.ValidationError("Must be a whole number.")
        return value


class Counted(fields.Integer):
    """A whole number in a query, written in ASCII digits."""

    def __init__(self, low: int, high: int, **options: Any) -> None:
        super().__init__(validate=validate.Range(low, high), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if not re.fullmatch(r"-?[0-9]{1,19}", str(value)):
            raise ma.ValidationError("Must be a whole number.")
        return int(value)


class Degrees(fields.Float):
    """A JSON number of degrees within ±``most``."""

    def __init__(self, most: int, **options: Any) -> None:
        super().__init__(validate=validate.Range(-most, most), allow_nan=False, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if type(value) not in (int, float):
            raise ma.ValidationError("Must be a number.")
        return float(super()._deserialize(value, attr, data, **kwargs))


class Flag(fields.Boolean):
    """true or false, and nothing that only looks like it."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if type(value) is not bool:
            raise ma.ValidationError("Must be true or false.")
        return value


class Zone(fields.String):
    """A time zone of the IANA database."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        name: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ma.ValidationError("Must be a time zone of the IANA database, such as Europe/Minsk.") from None


class Listed(fields.List[Any]):
    """A list of at most ``most``; of a longer one nothing is looked at."""

    def __init__(self, inner: fields.Field[Any], most: int = MOST_LISTED, **options: Any) -> None:
        self._most = most
        super().__init__(inner, validate=validate.Length(max=most), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self._most:
            raise ma.ValidationError(f"Longer than maximum length {self._most}.")
        return super()._deserialize(value, attr, data, **kwargs)


class Texts(fields.Field[dict[str, str]]):
    """An object of texts by language tag, at most 100."""

    def __init__(self, **options: Any) -> None:
        self._language = Language()
        self._text = Text(least=1)
        metadata = {"type": "object", "additionalProperties": {"type": "string", "maxLength": SHORT}}
        super().__init__(metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise ma.ValidationError("Must be an object of texts by language.")
        if len(value) > MOST_LISTED:
            raise ma.ValidationError(f"At most {MOST_LISTED}.")
        errors: dict[str, Any] = {}
        texts: dict[str, str] = {}
        for language, text in value.items():
            try:
                tag = str(self._language.deserialize(language))
                if tag in texts:
                    raise ma.ValidationError(f"{tag} comes twice.")
                texts[tag] = str(self._text.deserialize(text))
            except ma.ValidationError as error:
                errors[language] = error.messages
        if errors:
            raise ma.ValidationError(errors)
        return texts
