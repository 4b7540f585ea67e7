"""What columns are usually called, in English, Russian and Belarusian, and which field of an event each stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, get_args

from dateline.errors import FieldError, InvalidInput
from dateline.formats.tables.sheet import Sheet, folded
from dateline.ports.ledger.column_mappings import ColumnMapping, DateOrder
from dateline.schemas.pointers import reference_token

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "uid", "no", "number", "ид", "идентификатор", "номер", "код", "ідэнтыфікатар", "нумар"),
    "title": (
        "title", "name", "event", "event name", "event title", "what", "headline", "summary", "subject",
        "название", "наименование", "мероприятие", "событие", "что", "заголовок", "тема", "название мероприятия",
        "название события", "назва", "найменне", "мерапрыемства", "падзея", "што", "загаловак", "тэма",
        "назва мерапрыемства", "назва падзеі",
    ),
    "start": (
        "start", "date", "start date", "begins", "from", "when", "day", "starts", "start at", "date from", "date start",
        "дата", "начало", "дата начала", "когда", "день", "с", "дата проведения", "дата и время",
        "пачатак", "дата пачатку", "калі", "дзень", "з", "дата правядзення", "дата і час",
    ),
    "time": (
        "time", "start time", "hour", "begins at", "time start", "время", "время начала", "час", "часы", "час пачатку",
    ),
    "end": (
        "end", "end date", "ends", "until", "to", "till", "date to", "date end", "конец", "окончание", "дата окончания",
        "по", "до", "завершение", "канец", "заканчэнне", "дата заканчэння", "да", "па",
    ),
    "end_time": ("end time", "ends at", "time end", "время окончания", "час заканчэння"),
    "timezone": ("timezone", "time zone", "tz", "часовой пояс", "часавы пояс"),
    "place": (
        "place", "venue", "location", "where", "location name", "место", "место проведения", "где", "площадка",
        "локация", "месца", "месца правядзення", "дзе", "пляцоўка", "месцы", "места",
    ),
    "address": ("address", "street", "street address", "адрес", "улица", "адрас", "вуліца"),
    "city": ("city", "town", "locality", "город", "населенный пункт", "горад", "населены пункт"),
    "country": ("country", "страна", "краіна"),
    "lat": ("lat", "latitude", "широта", "шырата"),
    "lon": ("lon", "lng", "long", "longitude", "долгота", "даўгата"),
    "category": (
        "category", "categories", "type", "kind", "genre", "категория", "категории", "тип", "вид", "жанр", "рубрика",
        "катэгорыя", "катэгорыі", "тып", "від", "рубрыка",
    ),
    "price": (
        "price", "cost", "admission", "fee", "tickets", "цена", "стоимость", "вход", "билеты", "цена билета",
        "цана", "кошт", "уваход", "квіткі", "білеты",
    ),
    "currency": ("currency", "валюта"),
    "url": (
        "url", "link", "website", "web", "site", "web site", "homepage", "ссылка", "сайт", "адрес сайта", "веб сайт",
        "спасылка", "вэб сайт",
    ),
    "online_url": ("online url", "online", "stream", "онлайн", "трансляция", "анлайн", "трансляцыя"),
    "description": (
        "description", "details", "text", "about", "notes", "body", "описание", "подробности", "текст", "анонс",
        "о мероприятии", "апісанне", "падрабязнасці", "тэкст",
    ),
    "organizer": (
        "organizer", "organiser", "organised by", "organized by", "host", "организатор", "организаторы", "арганізатар",
        "арганізатары",
    ),
    "contact": (
        "contact", "contacts", "phone", "e mail", "email", "контакт", "контакты", "телефон", "кантакт", "кантакты",
        "тэлефон",
    ),
    "status": ("status", "статус", "состояние", "стан"),
    "reason": ("reason", "причина", "прычына"),
    "section": ("section", "раздел", "раздзел"),
    "language": ("language", "lang", "язык", "мова"),
    "rrule": ("rrule", "repeats", "recurrence", "повтор", "паўтор"),
    "image": ("image", "picture", "photo", "image url", "изображение", "картинка", "фото", "выява", "малюнак"),
}  # fmt: skip
_BY_HEADING: Final = {name: meant for meant, names in FIELDS.items() for name in names}
KNOWN: Final = frozenset(_BY_HEADING)


def mapping_of(sheet: Sheet, *chosen: ColumnMapping | None) -> ColumnMapping:
    """What the columns of ``sheet`` stand for: by the first of ``chosen`` that says it, else by what they are called.
    Of two columns with the same usual name the first counts."""
    said = [one for one in chosen if one is not None]
    by_name: dict[str, str] = {}
    for one in reversed(said):
        by_name |= {folded(heading): meant for heading, meant in one.columns.items()}
    taken = {by_name[folded(heading)] for heading in sheet.headings if folded(heading) in by_name}
    columns: dict[str, str] = {}
    for heading in sheet.headings:
        name = folded(heading)
        meant = by_name.get(name)
        if meant is None:
            usual = _BY_HEADING.get(name, "")
            meant = "" if usual in taken else usual
            taken.add(meant)
        columns[heading] = meant
    return ColumnMapping(columns=columns, dates=next((one.dates for one in said if one.dates), ""))


def check_mapping(mapping: ColumnMapping) -> None:
    """Raise ``InvalidInput`` for a mapping by which no row can be an event."""
    if errors := tuple(_mapping_errors(mapping)):
        raise InvalidInput("What the columns mean has to be said.", errors)


def read_mapping(pairs: Mapping[str, str], dates: str, sheet: Sheet) -> ColumnMapping:
    """What somebody says of the columns of ``sheet``. Raises ``InvalidInput`` for columns that it hasn't, and fields
    that no event has."""
    there = {folded(heading) for heading in sheet.headings}
    errors = [_at(column, "There is no such column.") for column in pairs if folded(column) not in there]
    errors += [
        _at(column, f"{meant!r} is no field: {', '.join(FIELDS)}.")
        for column, meant in pairs.items()
        if meant and meant not in FIELDS
    ]
    if dates not in get_args(DateOrder):
        errors.append(FieldError("/dates", "Must be dmy or mdy."))
    if errors:
        raise InvalidInput("The columns can't be read so.", tuple(errors))
    order: DateOrder = "dmy" if dates == "dmy" else "mdy" if dates == "mdy" else ""
    return ColumnMapping(columns=dict(pairs), dates=order)


def _mapping_errors(mapping: ColumnMapping) -> Iterator[FieldError]:
    meant = [one for one in mapping.columns.values() if one]
    for name, words in (("title", "the title"), ("start", "the date")):
        if name not in meant:
            there = ", ".join(f"“{heading}”" for heading in mapping.columns)
            yield FieldError("/columns", f"No column is known to hold {words}: {there}.")
    for name in sorted({one for one in meant if meant.count(one) > 1}):
        doubled = [heading for heading, one in mapping.columns.items() if one == name]
        yield _at(doubled[-1], f"More than one column holds {name}: {', '.join(doubled)}.")


def _at(column: str, detail: str) -> FieldError:
    return FieldError(f"/columns/{reference_token(column)}", detail)
