"""``feedsvc hide``: an article out of everything that is published."""

from feedsvc.app import articles
from feedsvc.cli.call import Call

__all__ = ["command", "tell"]


def command(call: Call) -> int:
    """Hide the article, and say what was published for it."""
    options = call.options
    return tell(call, articles.hide(call.where, options.article, options.reason))


def tell(call: Call, done: articles.Said) -> int:
    """Say which article it was, and whether feeds are without it (or with it) yet."""
    article, published = done.article, done.published
    said = f"{call.options.command}.done"
    print(call.speech(said, title=article.title, url=article.url))
    if published is None:
        print(call.speech("hide.service"))
        return 0
    for fault in published.faults:
        call.fault(fault)
    print(call.speech("collect.published", count=len(published.switched)))
    return int(published.failed)
