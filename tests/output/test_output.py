"""Which output a configuration names."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from feedsvc.errors import Code, OutputError
from feedsvc.output import is_store, open_output, open_tree
from feedsvc.output.objects import Objects
from tests.output.documents import folder


def test_a_directory_is_relative_to_the_data(tmp_path: Path) -> None:
    output = open_output("public", tmp_path)
    output.switch("zh/local", folder("1"))
    assert (tmp_path / "public" / "zh" / "local" / "feed.rss").exists()
    assert set(open_tree("public", tmp_path).stamps()) == {"zh/local"}
    elsewhere = tmp_path / "elsewhere"
    open_output(str(elsewhere), tmp_path / "data")
    assert elsewhere.is_dir()


@pytest.mark.parametrize("opening", [open_output, open_tree])
def test_an_object_store_is_named_by_its_scheme(
    tmp_path: Path, opening: Callable[[str, Path], object]
) -> None:
    assert is_store("s3://bucket/prefix")
    assert not is_store("/srv/s3")
    assert isinstance(opening("s3://bucket/prefix", tmp_path), Objects)
    assert list(tmp_path.iterdir()) == []


def test_without_its_client_an_object_store_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "feedsvc.output.bucket", None)
    with pytest.raises(OutputError) as refused:
        open_output("s3://bucket/prefix", tmp_path)
    assert refused.value.fault.code is Code.E_OUTPUT
    assert refused.value.fault.args == {
        "path": "s3://bucket/prefix",
        "detail": 'pip install "feedsvc[s3]"',
    }
