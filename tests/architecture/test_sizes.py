"""How big things may be. A limit may be tightened here, and is never loosened."""

from collections.abc import Sequence
from statistics import median

import pytest

from tests.architecture.code import ROOMS, ROOT, functions, lines_of, modules, short, tracked

FUNCTION_LINES_MAX = 40
HANDLER_LINES_MAX = 15
FILE_LINES_MAX = 250
TEST_FILE_LINES_MAX = 300
TEMPLATE_LINES_MAX = 80

FUNCTION_LINES_MEDIAN = 7
FUNCTION_LINES_NINE_IN_TEN = 18
FILE_LINES_NINE_IN_TEN = 185


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_function_outgrows_a_screen(room: str):
    long = [
        f"{found.where} {found.name}: {found.lines} lines"
        for path in modules(room)
        for found in functions(path)
        if found.lines > FUNCTION_LINES_MAX
    ]

    assert long == []


def test_handlers_stay_thin():
    thick = [
        f"{found.where} {found.name}: {found.lines} lines"
        for path in modules("web")
        for found in functions(path)
        if found.is_handler and found.lines > HANDLER_LINES_MAX
    ]

    assert thick == []


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_file_outgrows_one_idea(room: str):
    long = {short(path): lines_of(path) for path in modules(room)}

    most = TEST_FILE_LINES_MAX if room == "tests" else FILE_LINES_MAX
    assert {path: lines for path, lines in long.items() if lines > most} == {}


def test_templates_stay_small():
    long = {
        short(path): lines_of(path)
        for path in tracked(".html", ".txt", ".jinja", ".j2")
        if "templates" in path.relative_to(ROOT).parts and lines_of(path) > TEMPLATE_LINES_MAX
    }

    assert long == {}


def test_the_code_as_a_whole_keeps_its_shape():
    sizes = [found.lines for path in modules(*ROOMS) for found in functions(path)]
    files = [lines for path in modules(*ROOMS) if (lines := lines_of(path))]

    assert median(sizes) <= FUNCTION_LINES_MEDIAN
    assert nine_in_ten(sizes) <= FUNCTION_LINES_NINE_IN_TEN
    assert nine_in_ten(files) <= FILE_LINES_NINE_IN_TEN


def nine_in_ten(numbers: Sequence[int]) -> int:
    return sorted(numbers)[len(numbers) * 9 // 10]
