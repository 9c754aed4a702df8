"""The egress's twin: a shelf of answers in memory, for tests and for replays."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedsvc.errors import Code
from feedsvc.fetch.faults import fault
from feedsvc.model.web import Failed, Fetched, NotModified, Page, Request, Validators

__all__ = ["Shelf"]

_NOT_FOUND = 404


@dataclass(slots=True)
class Shelf:
    """Answers by URL; what is not on it is not found. ``asked`` keeps every request."""

    answers: Mapping[str, Fetched]
    asked: list[Request] = field(default_factory=list)

    async def fetch(self, request: Request) -> Fetched:
        """Give the answer, or 304 to who has it already."""
        self.asked.append(request)
        answer = self.answers.get(request.url)
        if answer is None:
            told = fault(Code.E_NOT_FOUND, request.url, status=_NOT_FOUND)
            return Failed(fault=told, status=_NOT_FOUND)
        if isinstance(answer, Page) and _known(request, answer):
            return NotModified(
                url=answer.url, validators=answer.validators, hints=answer.hints
            )
        return answer

    async def spent(self) -> int:
        """How many requests it keeps."""
        return len(self.asked)


def _known(request: Request, page: Page) -> bool:
    return request.validators == page.validators != Validators()
