"""HTML as programs paste it: what its styles say, what it embeds, what nobody saw."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.domain.html import clean_html, text_of


def link(address: str, text: str) -> str:
    return f'<a href="{address}" rel="noopener noreferrer">{text}</a>'


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<b style="font-weight:normal" id="docs-internal-guid-1"><p>Plain.</p></b>', "<p>Plain.</p>"),
        (
            '<p><span style="font-weight:700">Bold</span> <span style="font-style:italic">italic</span></p>',
            "<p><strong>Bold</strong> <em>italic</em></p>",
        ),
        ('<b>all <span style="font-weight: 400">but</span> this</b>', "<strong>all </strong>but<strong> this</strong>"),
        ('<p style="font-weight:bold !important">All</p>', "<p><strong>All</strong></p>"),
        ('<h2><span style="font-weight:700">Head</span></h2>', "<h2>Head</h2>"),
        ('<em style="font-style:normal">x</em><i style="color:red">y</i>', "x<em>y</em>"),
        ('<span style="text-decoration:line-through">x</span>', "<s>x</s>"),
        ('<span style="text-decoration:underline">x</span>', "x"),
        ('CO<span style="vertical-align:sub;font-size:0.6em">2</span>', "CO<sub>2</sub>"),
        ('m<span style="vertical-align:super">2</span>', "m<sup>2</sup>"),
        ('<sup style="vertical-align:baseline">x</sup>', "x"),
        ('<font style="font-weight:bold" color="red">x</font>', "<strong>x</strong>"),
        ('<span style="font-weight:calc(1+x);font-style:">x</span>', "x"),
        ('<p><span lang="he" dir="rtl" style="color:red">x</span></p>', '<p><span lang="he" dir="rtl">x</span></p>'),
        ('<p style="direction:rtl">x</p>', '<p dir="rtl">x</p>'),
        ('<span style="FONT-WEIGHT: 600"><i>x</i></span>', "<strong><em>x</em></strong>"),
    ],
)
def test_looks_become_elements_and_never_their_opposite(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (
            '<p>Watch:</p><iframe src="https://www.youtube.com/embed/abc" title="Launch"></iframe>',
            f'<p>Watch:</p><figure>{link("https://www.youtube.com/embed/abc", "Launch")}</figure>',
        ),
        (
            '<video controls><source src="https://e.example/v.mp4">Your browser is old.</video>',
            f'<figure>{link("https://e.example/v.mp4", "e.example/v.mp4")}</figure>',
        ),
        ('<p>On <audio src="//e.example/a"></audio>.</p>', f'<p>On {link("https://e.example/a", "e.example/a")}.</p>'),
        (
            '<figure><iframe data-src="https://e.example/v"></iframe><figcaption>Launch</figcaption></figure>',
            f'<figure>{link("https://e.example/v", "e.example/v")}<figcaption>Launch</figcaption></figure>',
        ),
        (
            '<object data="https://e.example/a.pdf"><embed src="https://e.example/b.pdf"></object>after',
            f'<figure>{link("https://e.example/a.pdf", "e.example/a.pdf")}</figure>after',
        ),
        ('<embed src="https://e.example/a">', f'<figure>{link("https://e.example/a", "e.example/a")}</figure>'),
        (
            '<div class="fb-post" data-href="https://e.example/1"></div>',
            f'<div><figure>{link("https://e.example/1", "e.example/1")}</figure></div>',
        ),
        ('<div data-href="https://e.example/1">words</div>', "<div>words</div>"),
        ('<iframe srcdoc="<script>bad()</script>"></iframe>a', "a"),
        ('<iframe src="javascript:bad()"></iframe><iframe src="/own"></iframe>a', "a"),
        (
            '<iframe src="https://e.example/" title="<b>T</b>"></iframe>',
            f'<figure>{link("https://e.example/", "&lt;b&gt;T&lt;/b&gt;")}</figure>',
        ),
    ],
)  # fmt: skip
def test_what_was_embedded_leaves_a_link(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


EMBEDDED = [
    ('<figure class="media"><oembed url="https://youtu.be/a"></oembed></figure>', "https://youtu.be/a", ""),
    ('<div data-oembed-url="https://e.example/v"></div>', "https://e.example/v", ""),
    ('<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@x/video/1"><a href="https://www.tiktok.com/@x">@x'
     "</a></blockquote>", "https://www.tiktok.com/@x/video/1", ""),
    ('<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="x/83"></script>',
     "https://t.me/x/83", ""),
    ('<amp-youtube data-videoid="abc" layout="responsive"></amp-youtube>', "https://youtu.be/abc", ""),
    ('<amp-video controls><source src="https://e.example/v.mp4"/></amp-video>', "https://e.example/v.mp4", ""),
    ('<amp-twitter data-tweetid="12"></amp-twitter>', "https://twitter.com/i/status/12", ""),
    ('<amp-instagram data-shortcode="fBwFP"></amp-instagram>', "https://www.instagram.com/p/fBwFP/", ""),
    ('<lite-youtube videoid="abc" playlabel="Launch"><i class="lyt-visually-hidden">Play</i></lite-youtube>',
     "https://youtu.be/abc", "Launch"),
    ('<noscript><iframe src="https://e.example/v" title="Launch"></iframe></noscript>',
     "https://e.example/v", "Launch"),
    ('<iframe data-litespeed-src="https://e.example/v" src="about:blank" title="Launch"></iframe><noscript><iframe '
     'src="https://e.example/v"></iframe></noscript>', "https://e.example/v", "Launch"),
    ('<iframe src="https://e.example/blank.html" data-lazy-src="https://e.example/v"></iframe>',
     "https://e.example/v", ""),
    ('<iframe data-cookieblock-src="https://e.example/v"></iframe>', "https://e.example/v", ""),
    ('<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://e.example/v?a=1&amp;b=2\n</div>'
     "</figure>",
     "https://e.example/v?a=1&amp;b=2", ""),
    ('<figure class="wp-block-embed"><div><p>https://youtu.be/a</p></div></figure>', "https://youtu.be/a", ""),
    ('<video><source data-src="https://e.example/v.mp4"></video>', "https://e.example/v.mp4", ""),
    ('<object><param name="movie" value="https://e.example/v.swf"></object>', "https://e.example/v.swf", ""),
    ('<div class="fb-post" data-href="https://www.facebook.com/x/posts/1"><p>Words</p></div>',
     "https://www.facebook.com/x/posts/1", ""),
    ('<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:a/app.bsky.feed.post/3k"><p>Words</p></blockquote>',
     "https://bsky.app/profile/did:plc:a/post/3k", ""),
    ('<blockquote class="mastodon-embed" data-embed-url="https://m.example/@x/1/embed"></blockquote>',
     "https://m.example/@x/1", ""),
    ('<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/x/1/">Post</a></blockquote>',
     "https://www.reddit.com/r/x/1/", "Post"),
    ('<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/a/?utm_source=ig_embed">'
     '<a href="https://www.instagram.com/p/a/?utm_source=ig">Post</a></blockquote>',
     "https://www.instagram.com/p/a/?utm_source=ig", "Post"),
    ('<div id="vk_post_-1_2"></div>', "https://vk.com/wall-1_2", ""),
    ('<div class="youtube-player" data-id="abc"></div>', "https://youtu.be/abc", ""),
    ('<video-js data-account="1" data-player="p" data-embed="default" data-video-id="5" class="v"></video-js>',
     "https://players.brightcove.net/1/p_default/index.html?videoId=5", ""),
    ('<video data-account="1" data-player="p" data-video-id="ref:a" class="video-js"></video>',
     "https://players.brightcove.net/1/p_default/index.html?videoId=ref:a", ""),
    ('<amp-brightcove data-account="1" data-player="p" data-video-id="5"></amp-brightcove>',
     "https://players.brightcove.net/1/p_default/index.html?videoId=5", ""),
    ('<amp-jwplayer data-media-id="AbC" data-player-id="dEf"></amp-jwplayer>',
     "https://cdn.jwplayer.com/players/AbC-dEf.html", ""),
    ('<script src="https://cdn.jwplayer.com/players/AbCd1234-EfGh5678.js"></script>',
     "https://cdn.jwplayer.com/players/AbCd1234-EfGh5678.html", ""),
    ("<div><script src='//content.jwplatform.com/players/AbCd1234-EfGh5678.js'></script></div>",
     "https://cdn.jwplayer.com/players/AbCd1234-EfGh5678.html", ""),
    ('<script type="text/javascript" charset="utf-8" async src="https://api-maps.yandex.ru/services/constructor/1.0/js/'
     '?um=constructor%3A12ab&amp;width=500&amp;height=400&amp;lang=ru_RU&amp;scroll=true"></script>',
     "https://yandex.ru/maps/?um=constructor%3A12ab", ""),
    ('<div id="ok_group_widget"></div><script>!function (d, id, did, st) {var js = d.createElement("script"); js.src = '
     '"https://connect.ok.ru/connect.js";}(document,"ok_group_widget","5058","{width:250}");</script>',
     "https://ok.ru/group/5058", ""),
    ('<drupal-url data-embed-url="https://youtu.be/abc" data-url-provider="YouTube"></drupal-url>',
     "https://youtu.be/abc", ""),
    ('<div data-pym-src="https://e.example/graphic.html"></div>', "https://e.example/graphic.html", ""),
    ('<div class="elementor-widget-video" data-settings="{&quot;youtube_url&quot;:&quot;https:\\/\\/youtu.be\\/abc'
     '&quot;}"><div></div></div>', "https://youtu.be/abc", ""),
    ('<div class="elementor-widget-video" data-settings="{&quot;hosted_url&quot;:{&quot;url&quot;:&quot;https://e.example/'
     'v.mp4&quot;}}"></div>', "https://e.example/v.mp4", ""),
    ('<div data-vimeo-id="123"></div>', "https://vimeo.com/123", ""),
    ('<div class="wistia_embed wistia_async_abcde12345 x"></div>',
     "https://fast.wistia.net/embed/iframe/abcde12345", ""),
    ('<div class="typeform-widget" data-url="https://form.typeform.com/to/a"></div>',
     "https://form.typeform.com/to/a", ""),
    ('<script src="https://gist.github.com/anna/0123abcd.js"></script>', "https://gist.github.com/anna/0123abcd", ""),
    ('<div id="datawrapper-vis-XyZ"><script defer src="https://datawrapper.dwcdn.net/XyZ12/embed.js"></script></div>',
     "https://datawrapper.dwcdn.net/XyZ12/", ""),
]  # fmt: skip


@pytest.mark.parametrize(("dirty", "address", "title"), EMBEDDED)
def test_each_way_to_embed_leaves_one_link(dirty: str, address: str, title: str) -> None:
    clean = clean_html(f"<p>a</p>{dirty}<p>b</p>")
    shown = title or re.sub(r"^https://(?:www\.)?|/?\?.*|/$", "", address)
    assert clean.count(link(address, shown)) == 1
    assert clean.count("<a ") == 1 + ("/video/1" in address)
    assert clean.startswith("<p>a</p>") and clean.endswith("<p>b</p>")
    assert clean_html(clean) == clean


def test_a_frame_ends_where_it_ends() -> None:
    frame = link("https://e.example/v", "e.example/v")
    for inside in ("<iframe>", "</video>secret", "<p>secret"):
        dirty = f'<iframe src="https://e.example/v">{inside}</iframe><p>seen</p>'
        assert clean_html(dirty) == f"<figure>{frame}</figure><p>seen</p>"


def test_amp_images_are_images_and_two_players_are_two() -> None:
    image = '<img src="https://e.example/a.jpg" width="9" alt="b">'
    amp = f'<amp-img src="https://e.example/a.jpg" width=9 alt=b layout=fill><noscript>{image}</noscript></amp-img>'
    assert clean_html(f"{amp}<p>x</p>") == f"{image}<p>x</p>"
    assert clean_html("".join(f'<iframe src="https://e.example/play?id={n}"></iframe>' for n in "12")).count("<a ") == 2


@pytest.mark.parametrize(
    "unseen",
    [
        '<iframe src="https://e.example/" style="display:none"></iframe>',
        '<iframe src="https://e.example/" width="0" height="0"></iframe>',
        '<iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe>',
        '<div class="fb-like" data-href="https://e.example/"></div>',
    ],
)
def test_what_only_counts_readers_leaves_no_link(unseen: str) -> None:
    assert "<a " not in clean_html(unseen)


@pytest.mark.parametrize(
    "dirty",
    [
        '<p>a<span style="display:none">b<b>c</b></span>d</p>',
        "<p>a<span hidden>b</span>d</p>",
        '<p>a<span style="visibility: hidden">b</span>d</p>',
        '<p>a<span style="mso-hide:all">b<iframe src="https://e.example/"></iframe></span>d</p>',
    ],
)
def test_hidden_words_are_not_leaked(dirty: str) -> None:
    assert text_of(clean_html(dirty)) == "ad"


PIECES = st.sampled_from([
    '<b style="font-weight:normal">', "</b>", '<p style="font-style:italic">', "</p>", "<span hidden>", "</span>", "x ",
    '<iframe src="https://e.example/">', "</iframe>", "<video>", "</video>", "<table><tr><td>", "</table>", "&lt;",
    "<a href='/x'>", "</a>", "<embed src=//e.example>", "<!--", "-->", "<h2>", "<svg>", "<sup>", "<textarea>", "<li>",
    "&lt;p&gt;", "&lt;/p&gt;", "&amp;lt;b&amp;gt;", "&lt;br&gt;", "<img src=/x alt=y>", "<noscript>", "</noscript>",
    "<img data-src=//e.example/a alt=b>", "<picture>", "<source srcset='https://e.example/b 2x'>",
    '<sub style="vertical-align:super">', "<p class=MsoCommentText>", "<oembed url='https://e.example/v'>", "[gallery]",
    "<a href='#cmnt_ref1'>", "<a href='#fn1'>", "[caption id=1]", "[/caption]", "<ruby>", "<rt>", "<del>", "<div>",
    "</div>", '<p style="font-size:0">', '<div class="fb-post" data-href="https://e.example/p">', "<figure>", "https://e.example/x",
    "&amp;lt;p&amp;gt;", "&amp;lt;/p&amp;gt;", "<dl><dt id=comment-1>", "<dd>", "\u00b9", "<ins cite=mailto:x>",
])  # fmt: skip
LEFT = re.compile(r"<(iframe|video|embed)|<[^>]* (style|hidden)=")


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_is_pasted_is_clean_after_one_pass(dirty: str) -> None:
    clean = clean_html(dirty)
    assert clean_html(clean) == clean
    assert not LEFT.search(clean)


SHEET = (
    '<html><head><style type="text/css">@import url("x.css");ol{margin:0}.c0{font-weight:700}span.C1 , .c9{font-style:'
    "italic}/* .c2{font-weight:700} */.c3{display:none}.c4{vertical-align:super}.c5:hover{display:none}.a .c5{display:"
    "none}@media print{.c5{display:none}.c6{font-weight:700}}.c7{text-decoration:line-through;color:red}</style>"
    "<STYLE media=print>.c5{display:none}</STYLE></head><body>{}</body></html>"
)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (
            '<p class=c8><span class=c0>a</span> <span class="c1">b</span></p>',
            "<p><strong>a</strong> <em>b</em></p>",
        ),
        ('<p><span class="c0 c1">a</span><span class="c3">x</span></p>', "<p><strong><em>a</em></strong></p>"),
        ('<p>m<span class="c4">2</span> <span class="c2 c5 c6">a</span></p>', "<p>m<sup>2</sup> a</p>"),
        ('<p><span class="c0" style="font-weight:400">a</span><i class="c7">b</i></p>', "<p>a<em><s>b</s></em></p>"),
    ],
)
def test_the_classes_of_a_style_sheet_are_looked_up(dirty: str, clean: str) -> None:
    assert clean_html(SHEET.replace("{}", dirty)) == clean
