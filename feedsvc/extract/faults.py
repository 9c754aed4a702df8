"""Faults of this stage, made in one place."""

from feedsvc.errors import Code, ExtractError, Fault, Stage
from feedsvc.model.web import Page
from feedsvc.text.encoding import Decoded

__all__ = ["fault", "refuse_garbled", "refused"]


def fault(code: Code, page: Page, **args: str | int) -> Fault:
    """Say what is wrong with a document."""
    return Fault(code=code, stage=Stage.EXTRACT, place=page.url, args=args)


def refused(code: Code, page: Page, **args: str | int) -> ExtractError:
    """Refuse a document."""
    return ExtractError(fault(code, page, **args))


def refuse_garbled(decoded: Decoded, page: Page) -> str:
    """Give the decoded text; E_ENCODING when it would be mojibake."""
    if decoded.is_garbled:
        raise refused(Code.E_ENCODING, page, declared=decoded.encoding)
    return decoded.text
