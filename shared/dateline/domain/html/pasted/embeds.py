"""What a page would load from elsewhere: players, posts of social networks, documents; and where each of it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Final
from urllib.parse import quote, urlsplit

from dateline.domain.html.pasted.sizes import is_shrunk
from dateline.domain.html.pasted.trackers import is_tracker
from dateline.domain.web_address import MOST_CHARACTERS, absolute_address

EMBEDS: Final = frozenset({"iframe", "video", "audio", "object", "embed"})
"""Elements whose content is shown only where they can't be; a link takes their place, and nothing is loaded."""
_SOURCES: Final = (
    "data-litespeed-src", "data-lazy-src", "data-rocket-src", "data-cookieblock-src", "data-cmp-src",
    "data-suppressedsrc", "data-consent-src", "data-src", "src", "data",
)  # fmt: skip
"""Where the address of such an element stands: what waits for a script or a consent, before what stands in for it."""
_MOVIES: Final = frozenset({"movie", "src", "url", "filename", "file"})
"""The ``param`` of an ``object`` that say so."""
FALLBACK: Final = "data-fallback"
_PARTS: Final = (
    "data-account", "data-player", "data-player-id", "data-embed", "data-video-id", "data-playlist-id", "data-media-id",
)  # fmt: skip
"""Attributes that only together say what is played."""
EMBED_ATTRIBUTES: Final = frozenset({
    *_SOURCES, *_PARTS, "title", "aria-label", "name", "value", "width", "height", "style", "hidden", "class", FALLBACK,
})  # fmt: skip


def _by_id(address: str) -> Callable[[str], str]:
    return lambda id: address.format(quote(id, safe="@")) if id else ""


def _as_written(value: str) -> str:
    return absolute_address(value) or ""


def _played_by_elementor(settings: str) -> str:
    """The film that a widget of Elementor plays, as its settings (JSON) say."""
    try:
        said = json.loads(settings)
    except (ValueError, RecursionError):
        return ""
    values = [said.get(name) for name in _ELEMENTOR] if isinstance(said, dict) else []
    urls = (one.get("url") if isinstance(one, dict) else one for one in values)
    return next((found for one in urls if isinstance(one, str) and (found := _as_written(one))), "")


_ELEMENTOR: Final = ("youtube_url", "vimeo_url", "dailymotion_url", "videopress_url", "external_url", "hosted_url")
_YOUTUBE: Final = _by_id("https://youtu.be/{}")
_VIMEO: Final = _by_id("https://vimeo.com/{}")
_TWEET: Final = _by_id("https://twitter.com/i/status/{}")
PLAYERS: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    "oembed": ("url", _as_written), "drupal-url": ("data-embed-url", _as_written),
    "lite-youtube": ("videoid", _YOUTUBE), "lite-vimeo": ("videoid", _VIMEO),
    "amp-youtube": ("data-videoid", _YOUTUBE), "amp-vimeo": ("data-videoid", _VIMEO),
    "amp-dailymotion": ("data-videoid", _by_id("https://www.dailymotion.com/video/{}")),
    "amp-twitter": ("data-tweetid", _TWEET),
    "amp-instagram": ("data-shortcode", _by_id("https://www.instagram.com/p/{}/")),
    "amp-tiktok": ("data-src", lambda src: _as_written(src) or _by_id("https://www.tiktok.com/embed/{}")(src)),
    "amp-facebook": ("data-href", _as_written), "amp-pinterest": ("data-url", _as_written),
    "amp-reddit": ("data-src", _as_written), "amp-iframe": ("src", _as_written),
    "amp-video-iframe": ("src", _as_written),
    "amp-soundcloud": ("data-trackid", _by_id("https://api.soundcloud.com/tracks/{}")),
    "video-js": ("data-video-id", lambda _: ""), "amp-brightcove": ("data-video-id", lambda _: ""),
    "amp-jwplayer": ("data-media-id", lambda _: ""),
    "amp-gist": ("data-gistid", _by_id("https://gist.github.com/{}")),
}  # fmt: skip
"""Elements of libraries and of AMP: the attribute that says what is shown, and the address of that."""

PLAYER_ATTRIBUTES: Final = frozenset({*_PARTS, "src", "title", "playlabel", "style"})

POST_ATTRIBUTES: Final = frozenset({
    "data-href", "data-instgrm-permalink", "data-oembed-url", "data-embed-url", "data-bluesky-uri", "data-tweet-id",
    "data-text-post-permalink", "data-url", "data-id", "data-src", "data-youtube-id", "data-plyr-provider",
    "data-plyr-embed-id", "data-pym-src", "data-vimeo-id", "data-vimeo-url", "data-tf-live", "data-settings", "cite",
    "id", "aria-label",
})  # fmt: skip
_ALWAYS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("data-oembed-url", _as_written),
    ("data-instgrm-permalink", _as_written),
    ("data-text-post-permalink", _as_written),
    ("data-tweet-id", _TWEET),
    ("data-youtube-id", _YOUTUBE),
    ("data-vimeo-id", _VIMEO),
    ("data-vimeo-url", _as_written),
    ("data-pym-src", _as_written),
    ("data-tf-live", _by_id("https://form.typeform.com/to/{}")),
)
_BY_CLASS: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    "fb-post": ("data-href", _as_written), "fb-video": ("data-href", _as_written),
    "fb-comment-embed": ("data-href", _as_written), "fb-page": ("data-href", _as_written),
    "tiktok-embed": ("cite", _as_written), "youtube-player": ("data-id", _YOUTUBE),
    "mastodon-embed": ("data-embed-url", lambda url: _as_written(url).removesuffix("/embed")),
    "infogram-embed": ("data-id", _by_id("https://infogram.com/{}")),
    "typeform-widget": ("data-url", _as_written), "elementor-widget-video": ("data-settings", _played_by_elementor),
    "flourish-embed": ("data-src", lambda src: f"https://public.flourish.studio/{quote(src.strip('/'))}/"),
}  # fmt: skip
_WIDGETS: Final = re.compile(r"fb-(?:like|share|save|send|comments|quote|login|follow|messenger)")
_BLUESKY: Final = re.compile(r"at://([\w.:-]{1,100})/app\.bsky\.feed\.post/(\w{1,50})")
_WISTIA: Final = re.compile(r"(?:^|\s)wistia_async_(\w{5,20})(?=\s|$)")
_VK_POST: Final = re.compile(r"vk_post_(-?\d{1,15}_\d{1,15})")
_WRAPPERS: Final = frozenset({"wp-block-embed", "wp-block-embed__wrapper", "wp-embed", "embed"})

_ASIDE: Final = re.compile(r"(?:utm_\w+|ref\w*|igsh\w*|fbclid|gclid|si|s|t|feature|rel|autoplay)=.*", re.DOTALL)
"""What of an address says only where somebody came from, or how it is to be shown."""

_SCRIPT: Final = re.compile(
    r"<script(?=\s)(?:"
    r"[^<>]{0,1000}?\sdata-telegram-post\s{0,9}=\s{0,9}[\"']?(?P<telegram>[\w/]{1,100})"
    r"|[^<>]{0,1000}?\ssrc\s{0,9}=\s{0,9}[\"']?(?:https?:)?//(?:"
    r"gist\.github\.com/(?P<gist>[\w-]{1,60}/\w{5,60})\.js"
    r"|datawrapper\.dwcdn\.net/(?P<chart>\w{3,20})/(?:\d{1,9}/)?embed\.js"
    r"|(?:cdn\.jwplayer|content\.jwplatform)\.com/players/(?P<jw>\w{1,20}-\w{1,20})\.js"
    r"|api-maps\.yandex\.ru/services/constructor/[\d.]{1,9}/js/?\?(?:[^<>\"'\s]{0,500}?[&;])?um=(?P<map>[\w%:.-]{1,200})"
    r"))[^<>]{0,1000}>",
    re.IGNORECASE,
)
_BY_SCRIPT: Final = {
    "telegram": "https://t.me/{}", "gist": "https://gist.github.com/{}", "chart": "https://datawrapper.dwcdn.net/{}/",
    "jw": "https://cdn.jwplayer.com/players/{}.html", "map": "https://yandex.ru/maps/?um={}",
}  # fmt: skip
"""The address of what a script shows, by the group of the pattern that says which."""
_SCRIPTS: Final = ("data-telegram-post", "/players/", "api-maps.yandex.ru", "gist.github.com", "datawrapper.dwcdn.net")
_ODNOKLASSNIKI: Final = re.compile(
    r"\(\s?document\s?,\s?[\"'](ok_group_widget)[\"']\s?,\s?[\"']?(\d{1,20})", re.IGNORECASE
)
_ODNOKLASSNIKI_PLACE: Final = re.compile(
    r"<div\s[^<>]{0,200}?\bid=[\"']?ok_group_widget[\"']?[^<>]{0,200}>", re.IGNORECASE
)
_AMP: Final = re.compile(r"<(/?)amp-(?:(video|audio)|img|anim)(?=[\s>])", re.IGNORECASE)


def with_embeds_open(html: str) -> str:
    """``html`` with what the parser would drop as elements that it reads: scripts that show a post of Telegram, a film
    of JW, a map of Yandex, a group of Odnoklassniki, a chart of Datawrapper or a gist; AMP's images and films."""
    lowered = html.lower()
    if any(mark in lowered for mark in _SCRIPTS):
        html = _SCRIPT.sub(_script_as_link, html)
    if "ok_group_widget" in lowered and (group := _ODNOKLASSNIKI.search(html)):
        html = _ODNOKLASSNIKI_PLACE.sub(rf'\g<0><oembed url="https://ok.ru/group/{group[2]}"></oembed>', html, count=1)
    return _AMP.sub(lambda tag: f"<{tag[1]}{tag[2] or 'img'}", html) if "<amp-" in lowered else html


def _script_as_link(script: re.Match[str]) -> str:
    address = next(url.format(script[name]) for name, url in _BY_SCRIPT.items() if script[name])
    return f'<oembed url="{address}"></oembed>{script[0]}'


def loaded_address(attributes: Mapping[str, str]) -> str:
    """Where an embedding element (or a ``source`` or ``param`` in it) loads from; empty where that says nothing."""
    if attributes.get("name", "").lower() in _MOVIES and "value" in attributes:
        return absolute_address(attributes["value"]) or ""
    named = next((found for name in _SOURCES if (found := absolute_address(attributes.get(name, "")))), "")
    return named or _address_of_parts(attributes)


def _address_of_parts(attributes: Mapping[str, str]) -> str:
    """What a player of Brightcove or JW plays."""
    part = {name: quote(attributes.get(name, "").strip(), safe=":") for name in _PARTS}
    player = part["data-player"] or part["data-player-id"] or "default"
    if part["data-account"] and (part["data-video-id"] or part["data-playlist-id"]):
        shown = (
            f"videoId={part['data-video-id']}" if part["data-video-id"] else f"playlistId={part['data-playlist-id']}"
        )
        page = f"{part['data-account']}/{player}_{part['data-embed'] or 'default'}"
        return f"https://players.brightcove.net/{page}/index.html?{shown}"
    if part["data-media-id"] and part["data-player-id"]:
        return f"https://cdn.jwplayer.com/players/{part['data-media-id']}-{player}.html"
    return ""


def is_seen(attributes: Mapping[str, str], style: Mapping[str, str]) -> bool:
    """Whether an embedding element shows anything: none that counts readers does."""
    return not is_shrunk(attributes, style) and not is_tracker(loaded_address(attributes))


def player_address(name: str, attributes: Mapping[str, str]) -> str:
    """What an element of ``PLAYERS`` plays."""
    attribute, address = PLAYERS[name]
    return address(attributes.get(attribute, "").strip()) or loaded_address(attributes)


def post_address(attributes: Mapping[str, str]) -> tuple[str, bool]:
    """Which post a script would show in an element; and whether it would be shown though there are words in it."""
    classes = attributes.get("class", "").lower().split()
    if any(map(_WIDGETS.match, classes)):
        return "", False
    for name, address in (*_ALWAYS, *(_BY_CLASS[one] for one in classes if one in _BY_CLASS)):
        if found := address(attributes.get(name, "").strip()):
            return found, True
    if wistia := _WISTIA.search(attributes.get("class", "")):
        return f"https://fast.wistia.net/embed/iframe/{wistia[1]}", True
    if bluesky := _BLUESKY.fullmatch(attributes.get("data-bluesky-uri", "")):
        return f"https://bsky.app/profile/{bluesky[1]}/post/{bluesky[2]}", True
    if vk := _VK_POST.fullmatch(attributes.get("id", "")):
        return f"https://vk.com/wall{vk[1]}", True
    if attributes.get("data-plyr-provider") in ("youtube", "vimeo"):
        by_id = _YOUTUBE if attributes["data-plyr-provider"] == "youtube" else _VIMEO
        return by_id(attributes.get("data-plyr-embed-id", "")), True
    return _as_written(attributes.get("data-href", "")), False


def holds_address(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element holds nothing but the address of what is to be shown."""
    return name == "figure" or not _WRAPPERS.isdisjoint(attributes.get("class", "").lower().split())


def short(address: str) -> str:
    """An address as its link's text: without scheme and query, but for YouTube's, which says what is shown."""
    parts = urlsplit(address[:MOST_CHARACTERS])
    video = parts.query.partition("&")[0] if parts.path == "/watch" and parts.query.startswith("v=") else ""
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/") + (f"?{video}" if video else "")


def page_of(address: str) -> str:
    """An address without what says only where somebody came from."""
    before, _, query = address.partition("#")[0].partition("?")
    told = sorted(one for one in query.split("&", 20) if one and not _ASIDE.fullmatch(one))
    return "?".join([before.partition("://")[2].removeprefix("www.").rstrip("/"), *told])


def only_address(text: str) -> str:
    """The address that ``text`` is; empty where it says anything else."""
    words = unescape(text).split(None, 1)
    return absolute_address(words[0]) or "" if len(words) == 1 else ""
