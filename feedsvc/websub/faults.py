"""What the hub refuses, as a fault in the words of every language."""

from feedsvc.errors import Code, Fault, Stage

__all__ = ["Refused", "busy", "fault", "insecure"]


class Refused(ValueError):  # noqa: N818 -- it is an answer, and says no more than that
    """A field of a form that the hub cannot take, and what would be right."""

    def __init__(self, name: str, expected: str) -> None:
        """``name`` is a field's; nothing of what was sent is repeated."""
        super().__init__(name)
        self.fault = fault(Code.E_HUB_REQUEST, field=name, expected=expected)


def fault(code: Code, place: str = "", **args: str | float) -> Fault:
    """A fault of this room."""
    return Fault(code=code, stage=Stage.WEBSUB, place=place, args=args)


def busy(host: str) -> Fault:
    """Too much is waiting to be confirmed already."""
    return fault(Code.E_HUB_BUSY, host=host)


def insecure(host: str) -> Fault:
    """A secret that came, or is to be used, where others can listen."""
    return fault(Code.W_HUB_SECRET, host=host)
