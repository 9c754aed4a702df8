"""Where configuration and data stand, and how the configuration is loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from feedsvc import bundled
from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.model.config import Config, Source

__all__ = ["Place", "choose", "load", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The two directories of an installation.

    ``shipped`` says that there is no ``./config``, so that the bundled one is used.
    """

    config: Path
    data: Path
    environ: Mapping[str, str]
    shipped: bool = False


def place(config: str | None, data: str | None, environ: Mapping[str, str]) -> Place:
    """Options before environment before defaults (contract, section 1)."""
    named = config or environ.get("FEEDSVC_CONFIG")
    chosen = Path(named or "config")
    shipped = not named and not chosen.is_dir()
    return Place(
        config=bundled.directory("config") if shipped else chosen,
        data=Path(data or environ.get("FEEDSVC_DATA") or "var"),
        environ=environ,
        shipped=shipped,
    )


def load(where: Place) -> Config:
    """The configuration; ConfigError with every fault at once."""
    from feedsvc import config

    return config.load(where.config, where.environ)


def choose(config: Config, names: Sequence[str]) -> list[Source]:
    """The named sources, or every enabled one; UsageError for a name unknown."""
    if not names:
        return [source for source in config.sources.values() if source.enabled]
    unknown = [name for name in names if name not in config.sources]
    if unknown:
        raise UsageError(*(_unknown(name, config) for name in unknown))
    return [config.sources[name] for name in dict.fromkeys(names)]


def _unknown(name: str, config: Config) -> Fault:
    from difflib import get_close_matches

    nearest = get_close_matches(name, list(config.sources), n=1, cutoff=0.0)
    return Fault(
        code=Code.E_SOURCE_UNKNOWN,
        stage=Stage.CONFIG,
        place=name,
        args={"id": name, "nearest": nearest[0] if nearest else ""},
    )
