"""Playbooks whose months are seconds. Three hundredths of a minute are 1.8 seconds."""

OURS = 'source = "ours", confidence = "high", checked_on = 2026-11-01'
BLINK = "0.03 minutes"
FAR = "60 minutes"

OWN = f"""
[own]
first_look = "{{first_look}}"
first_look_chase = "{FAR}"
offer = "{FAR}"
question = "{FAR}"
promise = "{FAR}"
choice = "{FAR}"
alarm = "{FAR}"
report = "{FAR}"
reopen = "{FAR}"
dormant = "{FAR}"
notice = "{FAR}"
"""


def rung(
    door: str, *, wait: str = FAR, hand: str = "mail", expiry: str = "climb", more: str = ""
) -> str:
    box = f'mailbox = "{door}@door.example"' if hand == "mail" else ""
    return f"""
[[rung]]
id = "{door}"
channel = "{door}-desk"
hand = "{hand}"
{box}
file_within = "{FAR}"
chase_every = "{FAR}"
decide_within = "{FAR}"
expiry = "{expiry}"
unfiled = "stay"
wait = {{ span = "{wait}", from = "sent", kind = "own", pausable = true, {OURS} }}
if_nobody_acts = {{ zh = "会往上走", en = "It climbs." }}
{more}
"""


def ladder(
    *rungs: str, name: str = "seconds", first_look: str = "0.01 minutes", forward: bool = True
) -> str:
    look = "forward" if forward else "person"
    title = '[title]\nzh = "以秒计"\nen = "In seconds"\n'
    head = f'id = "{name}"\nfirst_look = "{look}"\n{title}'
    return head + OWN.format(first_look=first_look) + "".join(rungs)


REMINDS = 'remind = [{ after = "0.015 minutes", tell = ["consumer"], letter = "still_waiting" }]'
CHASES = 'chase = [{ after = "0.015 minutes", tell = ["merchant"], letter = "merchant_chaser" }]'
CLIMBING = ladder(
    rung("merchant", wait=BLINK, more=f"{REMINDS}\n{CHASES}"),
    rung("platform", wait=BLINK, more=REMINDS),
    rung("regulator", expiry="stay"),
)
"""It climbs from the first look to the regulator's door with no hand on it, in four seconds."""

STANDING = ladder(
    rung("merchant", hand="handler"),
    rung("regulator", hand="consumer", expiry="stay"),
    forward=False,
    first_look=FAR,
    name="standing",
)
"""Nothing rings within the hour: what moves it is a person."""
