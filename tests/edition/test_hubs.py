"""Which hubs feeds name, by what is configured."""

from dataclasses import replace

import pytest

from feedsvc.model.config import WebSubSettings
from feedsvc.model.feed import Edition
from tests.edition.makers import BASE, localizer, with_publish

OWN = f"{BASE}/hub"
OTHER = "https://hub.example.org/"


@pytest.mark.parametrize(
    ("websub", "output", "hubs"),
    [
        (WebSubSettings(), "public", (OWN,)),
        (WebSubSettings(), "s3://bucket/prefix", ()),
        (WebSubSettings(hub=False), "public", ()),
        (WebSubSettings(hubs=(OTHER,)), "public", (OTHER,)),
        (WebSubSettings(hubs=(OTHER,)), "s3://bucket", (OTHER,)),
        (WebSubSettings(hub=True, hubs=(OTHER,)), "public", (OWN, OTHER)),
    ],
    ids=["default", "object store", "off", "another", "another there", "both"],
)
def test_a_feed_names_the_hubs_that_are_on(
    websub: WebSubSettings, output: str, hubs: tuple[str, ...]
) -> None:
    config = with_publish(output=output)
    config = replace(config, settings=replace(config.settings, websub=websub))
    edition = Edition(language="zh", category="all", include_all=True, items=1)
    feed = localizer("zh", config).feed(edition, [])
    assert feed.hubs == config.settings.hubs == hubs
    assert config.settings.own_hub == (OWN if OWN in hubs else None)
