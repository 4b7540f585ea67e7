"""Forms whose headers or signs are a flood, or that name nothing: refused before they are taken apart."""

from __future__ import annotations

from typing import Any, Final

import pytest
from werkzeug.formparser import FormDataParser
from werkzeug.sansio import multipart

HEADER: Final = b'--BBB\r\nContent-Disposition: form-data; name="token"'
END: Final = b"\r\n--BBB--\r\n"


def post(newsroom: Any, body: bytes, token: str = "", path: str = "/sign-in") -> Any:
    return newsroom.ask("POST", path, token, data=body, content_type="multipart/form-data; boundary=BBB")


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes a header apart."""

    def never(*_: Any) -> None:
        raise AssertionError("the header was read")

    monkeypatch.setattr(multipart, "parse_options_header", never)


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("token", ["", "rita"])
@pytest.mark.parametrize(
    "body",
    [
        HEADER + b'; a="b"' * 800_000 + b"\r\n\r\nx" + END,
        HEADER + b'; a="b"' * 1_500 + b"\r\n\r\nx" + END,
        HEADER + b"".join(b";\r\n a%d*0*=utf-8''%%41" % n for n in range(1_000)) + b"\r\n\r\nx" + END,
        HEADER + b'; a="b"' * 1_500 + b'\r\n--BBBB; a="b"' * 9 + b"\r\n\r\nx" + END,
        b'--BBB\nContent-Disposition: form-data; name="t"' + b'; a="b"' * 1_500 + b"\n\nx" + END,
        b'preamble\r--BBB \rContent-Disposition: form-data; name="t"' + b'; a="b"' * 1_500 + b"\r\rx" + END,
        HEADER + b"\r\n" + b"a: b\r\n" * 2_000 + b"\r\nx" + END,
        b"".join(HEADER + b'; a="b"' * 1_000 + b"\r\n\r\nx\r\n" for _ in range(20)) + END,
    ],
    ids=["million", "longer", "continued", "boundary", "lf", "cr", "lines", "together"],
)
def test_headers_that_are_too_long_are_not_read(newsroom: Any, body: bytes, token: str) -> None:
    assert post(newsroom, body, token).status_code == 413


@pytest.mark.parametrize("token", ["", "rita"])
@pytest.mark.parametrize("path", ["/sign-in", "/stories"])
@pytest.mark.parametrize(
    "header",
    [b"form-data", b'form-data; filename="f"', b'form-data; name="' + b'\\"' * 30, b'form-data; x="name"'],
)
def test_a_part_without_a_name_is_refused(newsroom: Any, header: bytes, path: str, token: str) -> None:
    body = HEADER + b"\r\n\r\nx\r\n--BBB\r\nContent-Disposition: " + header + b"\r\n\r\nx" + END
    assert post(newsroom, body, token, path).status_code == 400
    assert not newsroom.items


@pytest.mark.parametrize("header", [b"", b"X: y", b'Content-Disposition: form-data; name="' + b'\\"' * 30])
@pytest.mark.parametrize("token", ["", "rita"])
def test_no_odd_part_is_a_fault_of_ours(newsroom: Any, header: bytes, token: str) -> None:
    for path in ("/sign-in", "/stories"):
        assert post(newsroom, b"--BBB\r\n" + header + b"\r\n\r\nx" + END, token, path).status_code < 500


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/", "/stories", "/nowhere"])
def test_who_is_not_signed_in_sends_few_bytes_in_parts(newsroom: Any, path: str) -> None:
    body = HEADER + b"\r\n\r\n" + b"x" * 70_000 + END
    assert post(newsroom, body, path=path).status_code == 413


@pytest.mark.parametrize("token", ["", "rita"])
@pytest.mark.parametrize(
    "signs", [b"%", b"%ff", b"%4", b"%zz", b"%c0%af", b"%e0%80%af", b"%ed%a0%80", b"%f4%90%80%80", b"%c3", b"%a9"]
)
def test_signs_that_are_no_text_are_not_read_by_the_million(
    newsroom: Any, signs: bytes, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("it was taken apart")

    monkeypatch.setattr(FormDataParser, "_parse_urlencoded", never)
    body = b"token=" + signs * (6_000_000 // len(signs))
    form = "application/x-www-form-urlencoded"
    assert newsroom.ask("POST", "/sign-in", token, data=body, content_type=form).status_code == 400


def test_a_lone_percent_sign_is_one(newsroom: Any) -> None:
    form = "application/x-www-form-urlencoded"
    body = b"headline=100% open&body_text=It+is+open."
    assert newsroom.ask("POST", "/stories", data=body, content_type=form).status_code == 303
    assert [item.label for item in newsroom.items.values()] == ["100% open"]


@pytest.mark.parametrize("text", ["ж", "a", "퟿", "𐀀􏿿", "ࠀ", "%+&= "])
def test_long_texts_in_any_script_are_read(newsroom: Any, text: str) -> None:
    answer = newsroom.ask("POST", "/stories", data={"headline": "", "body_text": text * 30_000})
    assert (answer.status_code, "Headline" in answer.text) == (422, True)


def test_forms_in_parts_are_stories_still(newsroom: Any) -> None:
    parts = {"headline": "Bridge opens", "body_text": "It is open. " * 20_000, **{f"f{n}": "y" for n in range(500)}}
    body = b"".join(
        b'--BBB\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), text.encode())
        for name, text in parts.items()
    )
    assert post(newsroom, body + END, "rita", "/stories").status_code == 303
    assert [item.label for item in newsroom.items.values()] == ["Bridge opens"]
