from infra.stack_report import rows, summary

DEMO = {
    "org": "qinghe",
    "sign_ins": [
        {"email": "zhou@qinghe.example", "role": "manager"},
        {"email": "wu@qinghe.example", "role": "volunteer"},
    ],
}
CASES = {"cases": [{"arc": "fresh", "status_link": "http://localhost:8000/s/secret"}]}


def test_facts_of_any_shape_become_readable_lines():
    assert list(rows(DEMO)) == [
        "  org                qinghe",
        "  sign_ins",
        "    - email              zhou@qinghe.example",
        "      role               manager",
        "    - email              wu@qinghe.example",
        "      role               volunteer",
    ]


def test_the_last_words_say_where_to_look_how_to_sign_in_and_how_to_stop():
    said = "\n".join(summary({"pages": "http://localhost:8000", "home": "/h"}, DEMO, 12.34))

    assert "up after 12.3 s" in said
    assert "http://localhost:8000" in said
    assert "zhou@qinghe.example" in said
    assert said.endswith("Ctrl-C stops everything.")


def test_people_are_not_told_dozens_of_cases_one_by_one():
    said = "\n".join(summary({"pages": "http://localhost:8000"}, {**DEMO, **CASES}, 1.0))

    assert "secret" not in said
    assert "zhou@qinghe.example" in said


def test_without_a_demo_nothing_is_said_of_one():
    said = "\n".join(summary({"pages": "http://localhost:8000"}, None, 1.0))

    assert "demo" not in said
