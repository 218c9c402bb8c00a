"""A whole ladder as a file, association included, for a test organisation."""

OURS = 'source = "ours", confidence = "high", checked_on = 2026-11-01'


def rung(
    door: str, span: str, *, hand: str = "handler", expiry: str = "climb", more: str = ""
) -> str:
    unfiled = "pass" if expiry in ("climb", "ask") else "stay"
    return f'''
[[rung]]
id = "{door}"
channel = "{door}-desk"
hand = "{hand}"
file_within = "3 working days"
expiry = "{expiry}"
unfiled = "{unfiled}"
wait = {{ span = "{span}", from = "sent", kind = "own", pausable = true, {OURS} }}
if_nobody_acts = {{ zh = "会往上走", en = "It climbs." }}
{more}
'''


def ladder(*, name: str = "ladder", head: str = "", rungs: tuple[str, ...]) -> str:
    title = '[title]\nzh = "测试"\nen = "Test"\n'
    return f'id = "{name}"\n{head}\n{title}{"".join(rungs)}'


CHASE = 'chase = [{ after = "3 working days", tell = ["merchant"], letter = "chaser" }]'
RUNGS = (
    rung("merchant", "5 working days", more=CHASE),
    rung("platform", "10 working days", hand="consumer", expiry="ask"),
    rung("association", "60 days", expiry="stay"),
    rung("regulator", "75 days", hand="consumer", more='closed_to = ["resale"]'),
    rung("law", "6 months", hand="consumer", expiry="stay"),
)
LADDER = ladder(rungs=RUNGS)
MAILED = ladder(
    head='first_look = "forward"',
    rungs=(
        rung("merchant", "5 working days", hand="mail", more='mailbox = "shop@example.org"'),
        *RUNGS[1:],
    ),
)
