"""Shortcodes that a program sent before they were replaced: ``[caption …]…[/caption]`` of WordPress and its like,
``[[{"fid":…}]]`` of Drupal, ``{youtube}…{/youtube}`` of Joomla."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

from dateline.domain.web_address import absolute_address

_PLAYED: Final = frozenset({
    "embed", "youtube", "vimeo", "video", "audio", "playlist", "tweet", "twitter", "instagram", "facebook", "tiktok",
    "soundcloud", "spotify", "dailymotion", "gist", "googlemaps", "iframe", "embedyt", "su_youtube", "su_vimeo",
    "su_video", "su_audio", "telegram", "vk", "rutube", "reddit", "pinterest", "ted", "wpvideo", "videopress",
    "fvplayer", "kaltura", "scribd", "slideshare", "issuu", "flickr", "giphy", "bandcamp", "mixcloud", "datawrapper",
})  # fmt: skip
"""What stands for something embedded: a link to it takes its place, where it names an address."""
_DROPPED: Final = frozenset({
    "gallery", "caption", "wp_caption", "contact-form", "contact-form-7", "contact_form", "gravityform", "gravityforms",
    "wpforms", "ninja_form", "ninja_forms", "formidable", "mc4wp_form", "polldaddy", "poll", "crowdsignal", "toc",
    "ez-toc", "no_toc", "adsense", "ad", "ads", "adrotate", "dropcap", "pullquote", "button", "su_button", "spacer",
    "su_spacer", "divider", "su_divider", "clear", "one_half", "one_half_last", "one_third", "one_third_last",
    "two_third", "two_third_last", "column", "columns", "row", "tabs", "tab", "accordion", "toggle", "spoiler",
    "newsletter", "jetpack_subscription_form", "jetpack-related-posts", "related_posts", "relatedposts", "ssba",
    "addtoany", "sharethis", "rev_slider", "layerslider", "metaslider", "ngg", "nggallery", "slideshow", "wp_ad_camp",
    "printfriendly", "playbuzz", "recipe", "tablepress", "table", "infobox", "highlight", "quote", "intense_hr",
    "blockquote",
})  # fmt: skip
"""What stands for something that a text can't hold, or sets words otherwise; words between two of it stay."""
_FAMILIES: Final = re.compile(
    r"(?:vc|et_pb|fusion|su|av|tatsu|ux|thb|mk|cs|elementor|wpv|ngg|bt_bb|kc|nectar|td)_\w+|elementor-[\w-]+"
)
"""Those of page builders."""
_ORDINARY: Final = frozenset({
    "video", "audio", "caption", "ad", "ads", "poll", "button", "clear", "column", "columns", "row",
    "tab", "tabs", "table", "toggle", "spoiler", "quote", "highlight", "recipe", "newsletter", "toc", "twitter",
    "facebook", "instagram", "youtube", "vimeo", "tweet", "tiktok", "telegram", "vk", "reddit", "ted", "spotify",
    "soundcloud", "slideshow", "divider", "spacer", "iframe", "pinterest", "flickr", "giphy",
})  # fmt: skip
"""Words that people put into brackets, too: they are shortcodes with an attribute, an address or an end, or alone in
their line."""

_BY_NUMBER: Final = frozenset({"youtube", "vimeo", "tweet"})
"""What a bare number or id may follow."""
_PLUGINS: Final = (
    "youtube|vimeo|dailymotion|soundcloud|mp[34](?:remote)?|flv|gallery|module|field|fieldgroup"
    "|loadposition|loadmodule|loadmoduleid|modulepos|jcomments|emailcloak|rsform|widgetkit|phocagallery"
)
"""Those of Joomla, in curly brackets; of the first line with their end, or a number."""
_NUMBERED: Final = frozenset({"module", "field", "fieldgroup"})
_ENDED: Final = frozenset({
    "youtube", "vimeo", "dailymotion", "soundcloud", "mp3", "mp4", "mp3remote", "mp4remote", "flv", "gallery",
})  # fmt: skip
_MEDIA: Final = r"\[\[\{\s{0,9}(?:\"|&quot;)(?:(?!\}\s{0,9}\]\]|\[\[\{)[^\0]){1,5000}\}\s{0,9}\]\]"
"""What Drupal writes for a picture or a film, by its number."""
_TOKEN: Final = re.compile(
    r"<(?P<end>/?)(?P<element>pre|code|script|style|kbd|samp)(?=[\s>/])"
    r"|(?<!\[)\[(?P<close>/?)(?P<name>[a-z][a-z0-9_-]{1,40})(?P<said>(?:[\s=][^\[\]<>]{0,1500})?)/?\](?!\])"
    rf"|(?P<media>{_MEDIA})"
    rf"|(?<!\{{)\{{(?P<ends>/?)(?P<plugin>{_PLUGINS})(?P<saying>(?:[\s=][^{{}}<>]{{0,300}})?)\}}(?!\}})",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"(?:https?:)?//[^\s\"'<>\[\]|”“″′]{3,1000}|www\.[^\s\"'<>\[\]|”“″′]{3,1000}")
_SHORT_ID: Final = re.compile(r"(\d{3,20})")
_NAMED: Final = re.compile(r"\w\s*=")
_ID: Final = re.compile(r"(?:^[=\s]*|\b(?:id|v|videoid)\s*=\s*)[\"'”“″]?([\w-]{6,20})[\"'”“″]?(?=\s|$|&)")
_PICTURE: Final = re.compile(r"<img(?=[\s/>])[^<>]{0,20000}>(?:\s{0,20}</a\s{0,5}>)?", re.IGNORECASE)
_EDGES: Final = re.compile(r"</?(?:p|br|div)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"<p(?:\s[^<>]{0,100})?>\s{0,50}$")
_PARAGRAPH_END: Final = re.compile(r"\s{0,50}</p\s{0,5}>")
_PARAGRAPH_TAG: Final = re.compile(r"</?p(?=[\s>])", re.IGNORECASE)
_NO_PARAGRAPH: Final = re.compile(r"<p>\s{0,50}(?:</p>|(?=<p[\s>]))", re.IGNORECASE)
_MOST: Final = 2_000
"""Brackets that a text of shortcodes may have."""
_BESIDE: Final = 200
_LONGEST_NAMED: Final = 400
_LONGEST: Final = 20_000
"""Characters within a caption, or between the two of what is embedded."""


def without_shortcodes(html: str) -> str:
    """``html`` with captions as ``figure``, links where something was embedded, and without other known shortcodes.

    What else stands in brackets stays (``[sic]``), and so does all in ``code`` and ``pre``. Cheap where there is none.
    """
    if "[" not in html and "{" not in html:
        return html
    parts: list[str] = []
    last = 0
    for found in _shortcodes(html):
        if found.start() < last:
            continue
        written, end = _replaced(html, found)
        start, end = _with_paragraph(html, max(last, found.start() - _BESIDE), found.start(), end)
        parts += [html[last:start], written]
        last = end
    return "".join([*parts, html[last:]]) if parts else html


def _shortcodes(html: str) -> list[re.Match[str]]:
    """The known shortcodes, but for those within elements of code; none of a text that is full of brackets."""
    within = 0
    brackets: list[re.Match[str]] = []
    for token in _TOKEN.finditer(html):
        if token["element"]:
            within = max(0, within + (-1 if token["end"] else 1))
        elif not within:
            brackets.append(token)
        if len(brackets) > _MOST:
            return []
    return [one for one in brackets if _is_known(html, one)]


def _is_known(html: str, token: re.Match[str]) -> bool:
    if token["media"]:
        return True
    if token["plugin"]:
        return _is_plugin(html, token)
    name = token["name"]
    if not (name in _PLAYED or name in _DROPPED or _FAMILIES.fullmatch(name)):
        return False
    said = token["said"].strip()
    if token["close"] or _NAMED.search(said) or _ADDRESS.search(said):
        return True
    if said:
        if name == "tweet" and _SHORT_ID.fullmatch(said):
            return True
        return not name.isalpha() or (name in _BY_NUMBER and bool(_ID.search(said)) and any(map(str.isdigit, said)))
    is_begun = html.find(f"[/{name}]", token.end(), token.end() + _LONGEST) >= 0
    return name not in _ORDINARY or is_begun or _is_alone(html, token)


def _is_plugin(html: str, token: re.Match[str]) -> bool:
    name, said = token["plugin"].lower(), token["saying"].strip(" =")
    if token["ends"] or _end_of_plugin(html, name, token.end()) >= 0:
        return True
    return bool(said) and name not in _ENDED and (name not in _NUMBERED or said.isdigit())


def _is_alone(html: str, token: re.Match[str]) -> bool:
    """Whether nothing else stands in its line."""
    before = html[max(0, token.start() - _BESIDE) : token.start()].rstrip(" \t")
    after = html[token.end() : token.end() + _BESIDE].lstrip(" \t")
    return before[-1:] in ("", ">", "\n") and after[:1] in ("", "<", "\n", "\r")


def _with_paragraph(html: str, earliest: int, start: int, end: int) -> tuple[int, int]:
    """The place of a shortcode, with the paragraph that holds nothing else."""
    begun, ended = _PARAGRAPH.search(html[earliest:start]), _PARAGRAPH_END.match(html, end)
    return (earliest + begun.start(), ended.end()) if begun and ended else (start, end)


def _replaced(html: str, token: re.Match[str]) -> tuple[str, int]:
    """What takes the place of a shortcode, and where that ends."""
    if token["plugin"] or token["media"]:
        return _without_plugin(html, token)
    name, close = token["name"], f"[/{token['name']}]"
    if token["close"]:
        return "", token.end()
    end = html.find(close, token.end(), token.end() + _LONGEST)
    content = html[token.end() : end] if end >= 0 else ""
    if name in ("caption", "wp_caption") and end >= 0 and f"[{name}" not in content:
        return _figure(content, token["said"]), end + len(close)
    if name == "blockquote" and end >= 0 and "[blockquote" not in content:
        return _quotation(content), end + len(close)
    if name not in _PLAYED:
        return "", token.end()
    if address := _address(name, token["said"]):
        whole = end >= 0 and "<" not in content
        return _link(address), end + len(close) if whole else token.end()
    if end >= 0 and (address := _address(name, content.strip())) and not re.search(r"\s", content.strip()):
        return _link(address), end + len(close)
    return "", token.end()


def _without_plugin(html: str, token: re.Match[str]) -> tuple[str, int]:
    """What takes the place of a code of Joomla or Drupal, and where that ends."""
    name = (token["plugin"] or "").lower()
    end = _end_of_plugin(html, name, token.end()) if name and not token["ends"] else -1
    if end < 0:
        return "", token.end()
    content = html[token.end() : end]
    address = "" if "<" in content else _address(name, content.partition("|")[0].strip())
    return (_link(address) if address else "" if "<" not in content else content), end + len(name) + 3


def _end_of_plugin(html: str, name: str, begun: int) -> int:
    """Where the end of a code of Joomla stands; -1 without one."""
    place = html[begun : begun + _LONGEST_NAMED].lower().find(f"{{/{name.lower()}}}")
    return begun + place if place >= 0 else -1


def _quotation(content: str) -> str:
    """What ``[blockquote]`` holds: the paragraphs within it, or that it stands within."""
    whole = without_shortcodes(content.strip())
    if _PARAGRAPH_TAG.search(whole):
        whole = _NO_PARAGRAPH.sub("", f"<p>{whole}</p>")
    return f"<blockquote>{whole}</blockquote>"


def _address(name: str, said: str) -> str:
    text = unescape(said)
    if found := _ADDRESS.search(text):
        return absolute_address(found[0].rstrip(".,;")) or ""
    short = _SHORT_ID.fullmatch(text.strip()) if name == "tweet" else None
    if not (found := short or _ID.search(text)):
        return ""
    match name:
        case "youtube" | "su_youtube" | "embedyt":
            return f"https://youtu.be/{found[1]}"
        case "vimeo" | "su_vimeo" if found[1].isdigit():
            return f"https://vimeo.com/{found[1]}"
        case "dailymotion":
            return f"https://www.dailymotion.com/video/{found[1]}"
        case "tweet" if found[1].isdigit():
            return f"https://twitter.com/i/status/{found[1]}"
    return ""


def _link(address: str) -> str:
    """Something embedded, as the cleaning that follows reads it."""
    return f"<oembed url='{escape(address)}'></oembed>"


def _figure(content: str, said: str) -> str:
    """A picture with its caption: what follows it, or stood in the attribute of that name."""
    picture = _PICTURE.search(content)
    if not picture:
        return content
    words = _EDGES.sub(" ", content[picture.end() :]).strip()
    if not words and (named := re.search(r"caption\s*=\s*[\"”″']([^\"”″']{1,1000})", unescape(said))):
        words = escape(named[1], quote=False)
    shown = _EDGES.sub(" ", content[: picture.end()]).strip()
    return f"<figure>{shown}<figcaption>{words}</figcaption></figure>" if words else f"<figure>{shown}</figure>"
