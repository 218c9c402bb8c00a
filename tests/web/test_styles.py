"""What the style sheets of the two kinds of pages may hold, weigh and name."""

import re
from collections.abc import Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from infra.assets.build import content, sources
from web.gallery.catalogue import STYLES, classes_in, classes_of_sheet, parts
from web.templating import FOLDER

WEB = FOLDER.parent
BUNDLES = ("public.css", "staff.css")
PUBLIC_BYTES_MAX = 15 * 1024
OKLCH_AT = re.compile(r"@supports \(color: oklch\(0 0 0\)\) {(?:[^{}]|{[^{}]*})*}")
TOO_NEW = {
    "nesting": re.compile(r"(?<![\w\"'])&|{[^{}@]*[^{}\s;:]+\s*{"),
    ":has": re.compile(r":has\("),
    "container queries": re.compile(r"@container|container(-type|-name)?:"),
    "scopes": re.compile(r"@scope"),
    "mixing colours": re.compile(r"color-mix\("),
    "important": re.compile(r"!important"),
}
MACRO = re.compile(r"{%-? macro (\w+)\(.*?%}(.*?){%-? endmacro", re.DOTALL)
CALL = re.compile(r"\b(\w+)\(")
LOOSE = {"only-keys"}
"""Names for scripts alone; they need no rule."""


def bundle(name: str) -> str:
    text = content(sources()[name]).decode()
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("what", TOO_NEW)
def test_old_phones_can_read_the_sheet_of_the_public(what: str):
    rules = re.sub(r"@(layer|media|supports|page)[^{;]*{", "", bundle("public.css"))

    assert TOO_NEW[what].findall(rules) == []


@pytest.mark.parametrize("name", [*BUNDLES, "dark.css"])
def test_wide_colours_stand_where_a_browser_says_that_it_knows_them(name: str):
    assert "oklch(" not in OKLCH_AT.sub("", bundle(name))


def test_the_sheet_of_the_public_is_light():
    assert len(brotli.compress(bundle("public.css").encode())) <= PUBLIC_BYTES_MAX


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_declares_its_layers_first_and_each_sheet_keeps_to_its_own(name: str):
    assert bundle(name).strip().startswith("@layer reset, tokens, base, layout, components,")
    for sheet in STYLES.rglob("*.css"):
        layer = "components" if sheet.parent.name == "components" else sheet.stem
        assert sheet.read_text(encoding="utf-8").startswith(f"@layer {layer} {{"), sheet


@pytest.mark.parametrize("sheet", sorted(STYLES.rglob("*.css")), ids=lambda sheet: sheet.stem)
def test_type_keeps_to_what_chinese_can_bear(sheet: Path):
    """No letters under 11 px (12 for Chinese), no slanted or spaced ones, and only weights that
    every system has."""
    text = sheet.read_text(encoding="utf-8")

    small = [
        size for size in map(float, re.findall(r"font-size: (\.\d+)rem", text)) if size < 0.6875
    ]
    assert small == []
    assert set(re.findall(r"font-weight: (\d+)", text)) <= {"400", "600", "650", "700"}
    assert (
        re.findall(
            r"letter-spacing: [^i]|font-style: italic|(?<!letter { )text-transform|justify;", text
        )
        == []
    )


def test_every_sheet_is_part_of_a_bundle():
    listed = "".join((WEB / "static" / name).read_text(encoding="utf-8") for name in BUNDLES)

    assert [s.name for s in STYLES.rglob("*.css") if f"/{s.name}" not in listed] == []


def test_every_class_of_a_template_has_a_rule():
    known = {name for sheet in STYLES.rglob("*.css") for name in of(sheet)}

    bare = {
        f"{file.relative_to(FOLDER)}: {name}"
        for file in FOLDER.rglob("*.html")
        for name in classes_in(file.read_text(encoding="utf-8")).whole
        if name not in known | LOOSE
    }

    assert bare == set()


def test_pages_of_the_public_have_every_rule_that_they_use():
    """Theirs are all templates outside the desk, with every macro that these call."""
    bodies = {name: body for part in parts() for name, body in macros(part.name)}
    written, waiting = "", "".join(f.read_text(encoding="utf-8") for f in public_templates())
    called: set[str] = set()
    while waiting:
        written += waiting
        fresh = {name for name in CALL.findall(waiting) if name in bodies} - called
        called |= fresh
        waiting = "".join(bodies[name] for name in fresh)

    assert classes_in(written).whole - classes_of_sheet(bundle("public.css")) - LOOSE == set()


def public_templates() -> Iterator[Path]:
    yield from (FOLDER / "layout.html", FOLDER / "layout_public.html")
    for file in sorted(FOLDER.rglob("*.html")):
        if "layout_public.html" in file.read_text(encoding="utf-8"):
            yield from sorted(file.parent.glob("*.html"))


def macros(part: str) -> list[tuple[str, str]]:
    text = (FOLDER / "parts" / f"{part}.html").read_text(encoding="utf-8")
    return MACRO.findall(text)


@pytest.mark.parametrize("sheet", sorted(STYLES.rglob("*.css")), ids=lambda sheet: sheet.stem)
def test_no_rule_is_left_without_a_template(sheet: Path):
    written = "\n".join(text for text in everything_written())
    begun = {name for text in everything_written() for name in classes_in(text).begun}

    dead = {
        name
        for name in of(sheet)
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", written)
        and not any(name.startswith(each) for each in begun)
    }

    assert dead == set()


def of(sheet: Path) -> frozenset[str]:
    return classes_of_sheet(sheet.read_text(encoding="utf-8"))


def everything_written() -> Iterator[str]:
    """Whatever can put a class on a page: templates, the code behind them, scripts."""
    for file in (*FOLDER.rglob("*.html"), *WEB.rglob("*.py"), *(WEB / "static").glob("*.js")):
        yield file.read_text(encoding="utf-8")
