from pathlib import Path

import pytest

from infra.assets.build import build, is_fresh
from infra.assets.manifest import names

STYLE = "body { background: url('../img/seal.svg'); mask: url(#shape) }"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    contents = {"css/app.css": STYLE, "img/seal.svg": "<svg/>", "app.js": "let a = 1;\n" * 99}
    for name, content in contents.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return {name: tmp_path / "static" / name for name in contents}


def test_a_name_tells_the_content(files: dict[str, Path], tmp_path: Path):
    first = build(files, into=tmp_path / "built")
    files["app.js"].write_text("let a = 2;")
    second = build(files, into=tmp_path / "built")

    assert first["app.js"] != second["app.js"]
    assert first["img/seal.svg"] == second["img/seal.svg"]
    assert sorted(path.name for path in (tmp_path / "built").glob("app*.js")) == [second["app.js"]]


def test_style_sheets_call_files_by_their_new_names(files: dict[str, Path], tmp_path: Path):
    built = build(files, into=tmp_path / "built")

    style = (tmp_path / "built" / built["css/app.css"]).read_text()
    assert f'url("/static/{built["img/seal.svg"]}")' in style
    assert "url(#shape)" in style


def test_a_style_sheet_that_asks_for_a_missing_file_stops_the_build(
    files: dict[str, Path], tmp_path: Path
):
    del files["img/seal.svg"]

    with pytest.raises(ValueError, match=r"app\.css asks for \.\./img/seal\.svg"):
        build(files, into=tmp_path / "built")


def test_what_compresses_is_there_compressed(files: dict[str, Path], tmp_path: Path):
    built = build(files, into=tmp_path / "built")

    assert (tmp_path / "built" / f"{built['app.js']}.br").exists()
    assert (tmp_path / "built" / f"{built['app.js']}.gz").exists()


def test_a_build_is_fresh_until_a_source_changes(files: dict[str, Path], tmp_path: Path):
    into = tmp_path / "built"
    assert not is_fresh(files, into=into)

    build(files, into=into)
    assert is_fresh(files, into=into)
    assert set(names(into)) == set(files)

    files["app.js"].write_text("let a = 3;")
    assert not is_fresh(files, into=into)
