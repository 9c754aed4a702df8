"""Which addresses can be subscribed to: those by which our feeds name themselves."""

from collections.abc import Iterator, Mapping

from feedsvc.edition.selection import editions
from feedsvc.model.config import Config
from feedsvc.model.websub import Topic
from feedsvc.render.addresses import FILES

__all__ = ["every", "topics", "url"]


def every(config: Config) -> Iterator[Topic]:
    """Every configured feed in every format."""
    for edition in editions(config):
        for form in config.settings.publish.formats:
            yield Topic(edition.path, FILES[form].name)


def url(topic: Topic, base_url: str) -> str:
    """The address by which a feed names itself."""
    return f"{base_url.rstrip('/')}/{topic.name}"


def topics(config: Config) -> Mapping[str, Topic]:
    """Every topic by its address; no other spelling of it is one (WebSub §4)."""
    base_url = config.settings.site.base_url
    return {url(topic, base_url): topic for topic in every(config)}
