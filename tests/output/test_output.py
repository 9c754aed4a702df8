"""Which output a configuration names."""

from pathlib import Path

import pytest

from feedsvc.errors import Code, OutputError
from feedsvc.output import open_output, open_tree
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
def test_an_object_store_is_refused_in_words(
    tmp_path: Path, opening: type[object]
) -> None:
    with pytest.raises(OutputError) as refused:
        opening("s3://bucket/prefix", tmp_path)  # type: ignore[call-arg]  # functions, not types
    assert refused.value.fault.code is Code.E_OUTPUT
    assert refused.value.fault.args["path"] == "s3://bucket/prefix"
