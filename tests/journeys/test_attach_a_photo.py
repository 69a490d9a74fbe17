"""A photo as a phone takes it goes into a post: everybody sees it, nobody sees where it was taken."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import samples
from tests.journeys.visiting import PHONE, Visitor
from tests.serving import Server

TOPIC, LAST = 12, 53
NEXT = 3  # the id of the next file: the demonstration has two
SHOWS = {"ar": "المضخّة الجديدة في السوق", "en": "The new pump at the market"}

# A drop or a paste as a browser tells of it: ([selector, name of the event, name of the file, kind, bytes in base64])
BRING = """async ([selector, event, name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type }));
  const given = { bubbles: true, cancelable: true, [event === "paste" ? "clipboardData" : "dataTransfer"]: carried };
  const made = event === "paste" ? new ClipboardEvent(event, given) : new DragEvent(event, given);
  document.querySelector(selector).dispatchEvent(made);
}"""


def choose(writer: Visitor, path: Path) -> None:
    """By the button of the toolbar."""
    with writer.page.expect_file_chooser() as chooser:
        writer.page.click("[data-attach]")
    chooser.value.set_files(path)


def everything_kept(server: Server) -> dict[str, bytes]:
    """{name: bytes} of all that lies in the folder of files."""
    return {path.name: path.read_bytes() for path in (server.folder / "files").rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_photo_of_a_phone_loses_its_place_and_needs_a_description(
    forum: Server, visit: Callable[..., Visitor], tmp_path: Path, language: str
) -> None:
    photo = tmp_path / "IMG_0042.jpg"
    photo.write_bytes(samples.photo())
    before = everything_kept(forum)
    reader = visit(forum, None, "fr").open_topic(TOPIC, page=3)
    writer = visit(forum, f"member.{language}", language, viewport=PHONE).open_topic(TOPIC, page=3)
    writer.page.fill("#words", "…")
    choose(writer, photo)
    card = writer.page.locator(".attached")
    card.locator("img").wait_for()
    assert f"![](/files/{NEXT})" in writer.page.input_value("#words")

    writer.send()
    assert card.locator("[data-failed]").inner_text()
    assert writer.page.evaluate("document.activeElement.closest('.attached') !== null")
    assert writer.post(LAST + 1).count() == 0
    card.locator("[data-describe] input").fill(SHOWS[language])
    assert f"![{SHOWS[language]}](/files/{NEXT})" in writer.page.input_value("#words")
    writer.send()
    picture = reader.wait_for_post(LAST + 1).locator(".picture img")
    assert picture.get_attribute("alt") == SHOWS[language]
    assert [picture.get_attribute(name) for name in ("width", "height")] == ["1200", "1600"]
    picture.scroll_into_view_if_needed()
    reader.until("document.querySelector('.picture img').naturalWidth === 640")
    assert writer.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    kept = [content for name, content in everything_kept(forum).items() if name not in before]
    assert len(kept) == 2
    for content in [*kept, reader.context.request.get(f"{forum.url}/files/{NEXT}").body()]:
        assert samples.CAMERA.encode() not in content
        assert b"Exif" not in content and b"GPS" not in content


def test_a_drop_and_a_paste_and_what_is_refused(forum: Server, visit: Callable[..., Visitor]) -> None:
    writer = visit(forum, "member.ar", "ar").open_topic(TOPIC, page=3)
    writer.expects = ("415", "ERR_INTERNET_DISCONNECTED", "WebSocket connection to", "Failed to")
    data = samples.base64_of(samples.picture())
    writer.page.evaluate(BRING, [".composer-box", "drop", "plan.png", "image/png", data])
    writer.page.evaluate(BRING, ["#words", "paste", "image.png", "image/png", data])
    writer.until("document.querySelectorAll('.attached img').length === 2")
    writer.page.evaluate(BRING, [".composer-box", "drop", "a.png", "image/png", samples.base64_of(samples.SVG)])
    refused = writer.page.locator(".attached").nth(2)
    refused.locator("[data-failed]").wait_for()
    assert "png" in refused.locator("[data-failed]").inner_text()
    refused.locator("[data-away]").click()
    writer.page.locator(".attached [data-away]").first.click()
    assert writer.page.input_value("#words").count("/files/") == 1

    writer.context.set_offline(True)
    writer.page.evaluate(BRING, [".composer-box", "drop", "late.png", "image/png", data])
    again = writer.page.locator(".attached [data-again]:visible")
    again.wait_for()
    writer.context.set_offline(False)
    again.click()
    writer.until("document.querySelectorAll('.attached img').length === 2")
    assert writer.page.input_value("#words").count("/files/") == 2


def test_without_a_script_the_form_takes_it_along(forum: Server, visit: Callable[..., Visitor], tmp_path: Path) -> None:
    photo = tmp_path / "IMG_0042.jpg"
    photo.write_bytes(samples.photo())
    writer = visit(forum, "member.ar", "ar", java_script_enabled=False, viewport=PHONE).open(f"/topics/{TOPIC}?page=3")
    writer.page.fill("#words", "نص")
    writer.page.click(".attach summary")
    writer.page.set_input_files("#file", photo)
    writer.page.fill("#description", SHOWS["ar"])
    writer.page.click("[name=attach]")
    assert f"![{SHOWS['ar']}](/files/{NEXT})" in writer.page.input_value("#words")
    writer.send()
    assert writer.post(LAST + 1).locator(".picture img").get_attribute("alt") == SHOWS["ar"]


def test_who_saves_data_sees_a_picture_when_it_is_asked_for(forum: Server, visit: Callable[..., Visitor]) -> None:
    writer = visit(forum, "member.en", "en")
    sent = {"file": {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}}
    said = writer.context.request.post(
        f"{forum.url}/api/v1/files", multipart=sent, headers={"Origin": forum.url}
    ).json()
    writer.reply(TOPIC, f"![{SHOWS['en']}]({said['url']})")
    reader = visit(forum, None, "ar", extra_http_headers={"Save-Data": "on"})
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    post = reader.open_topic(TOPIC, page=3).post(LAST + 1)
    post.scroll_into_view_if_needed()
    reader.page.wait_for_timeout(500)
    assert not [url for url in asked if "/files/" in url]
    assert SHOWS["en"] in post.locator(".picture-note").inner_text()
    post.locator(".picture").click()
    reader.until("document.querySelector('.picture img').naturalWidth === 640")
    assert reader.page.url.partition("#")[0].endswith("?page=3")
