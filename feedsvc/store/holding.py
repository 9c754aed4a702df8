"""Articles that are kept from readers, and lists that an operator believes."""

import json
from typing import Any

from sqlalchemy import Connection, case, select, update

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article
from feedsvc.model.status import Held
from feedsvc.model.visit import Visit
from feedsvc.store import touching
from feedsvc.store.codec import article as decoded
from feedsvc.store.codec import dumps, micros, moment
from feedsvc.store.schema import articles, visits

__all__ = ["changed", "columns", "held", "release", "release_list"]

_DAY = 86_400_000_000
"""In microseconds."""

_HELD = (
    select(articles.c.document, articles.c.held_at, articles.c.held_for)
    .where(articles.c.held_at.is_not(None), articles.c.hidden_at.is_(None))
    .order_by(articles.c.held_at.desc(), articles.c.id)
)


def columns(article: Article) -> dict[str, Any]:
    """What the table says of an article's hold."""
    hold = article.hold
    if hold is None:
        return {"held_at": None, "held_for": None}
    told = dumps({"code": hold.code, "args": dict(hold.args)})
    return {"held_at": micros(article.first_seen), "held_for": told}


def changed(new: Any) -> dict[str, Any]:
    """An operator's word stands, whatever is read later."""
    released = articles.c.released == 1
    return {
        name: case((released, None), else_=new[name])
        for name in ("held_at", "held_for")
    }


def release(connection: Connection, article: str) -> bool:
    """Let a held article be published as it is; whether it was held."""
    change = (
        update(articles)
        .where(articles.c.id == article, articles.c.held_at.is_not(None))
        .values(held_at=None, held_for=None, released=1)
    )
    if not connection.execute(change).rowcount:
        return False
    touching.show(connection, [article])
    return True


def release_list(connection: Connection, visit: Visit) -> None:
    """Believe a source's next list, and visit it when ``visit`` says.

    Not before the server wants that, which is within a day.
    """
    due, blocked = micros(visit.due), visits.c.blocked_until
    at = case((blocked.between(due, due and due + _DAY), blocked), else_=due)
    change = update(visits).where(visits.c.source == visit.source)
    connection.execute(change.values(released=1, due=at))


def held(connection: Connection) -> tuple[Held, ...]:
    """Every article that is held, the latest first."""
    return tuple(_held(row) for row in connection.execute(_HELD))


def _held(row: Any) -> Held:
    article = decoded(row.document)
    told = json.loads(row.held_for)
    fault = Fault(
        code=Code(told["code"]),
        stage=Stage.DECIDE,
        place=article.url,
        source=article.source,
        args=told["args"],
    )
    at = moment(row.held_at)
    return Held(id=article.id, title=article.title, fault=fault, at=at)
