"""Notes that outlive a run."""


class Notebook:
    """The store's small facts, without a store."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}

    def memory(self, key: str) -> str | None:
        return self.notes.get(key)

    def remember(self, key: str, value: str) -> None:
        self.notes[key] = value
