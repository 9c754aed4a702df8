"""The twin answers as the egress does."""

from feedsvc.errors import Code
from feedsvc.fetch.memory import Shelf
from feedsvc.model.web import Failed, NotModified, Page, Request, Validators

URL = "http://a.example/"
PAGE = Page(url=URL, body=b"x", validators=Validators(etag='"1"'))


async def test_what_lies_on_the_shelf_is_given_and_else_not_found() -> None:
    shelf = Shelf({URL: PAGE})
    assert await shelf.fetch(Request(url=URL)) is PAGE
    missing = await shelf.fetch(Request(url=f"{URL}missing"))
    assert isinstance(missing, Failed)
    assert missing.fault.code is Code.E_NOT_FOUND
    assert [asked.url for asked in shelf.asked] == [URL, f"{URL}missing"]


async def test_who_has_it_is_told_so() -> None:
    shelf = Shelf({URL: PAGE})
    told = await shelf.fetch(Request(url=URL, validators=PAGE.validators))
    assert told == NotModified(url=URL, validators=PAGE.validators)
