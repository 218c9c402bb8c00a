"""Passwords that are tried first: what remains when names, habits and runs are taken away?"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

REST_MIN = 6
HABITS = """
    password passwort passw0rd p@ssw0rd pass admin administrator manager volunteer welcome letmein
    login user test demo hello secret changeme iloveyou woaini woaiwojia nihao woshi redress
    weiquan weiquantai xiaoxie xiaofei xiaofeizhe tousu xiaobaohui xiehui mima 1688 12315 12345
    5201314 1314520 520 1314 147258369 147258 159357 112233 123123 321321 888 666 168 110 120 119
    qwertyuiop asdfghjkl zxcvbnm qwerty asdfgh zxcvbn 1qaz2wsx 3edc4rfv qazwsx qweasd q1w2e3r4
    1q2w3e4r abc123 a123456 abcd dragon monkey football sunshine princess
    密码 维权 维权台 投诉 消费 消费者 消协 消费者协会 志愿者 管理员 我爱你 你好 中国
""".split()
YEAR = re.compile(r"(19|20)\d\d((0[1-9]|1[0-2])([0-2]\d|3[01])?)?")
WORD = re.compile(r"\w{3,}")


def is_guessable(password: str, *, about: Iterable[str] = ()) -> bool:
    plain = unicodedata.normalize("NFKC", password).casefold()
    known = {name.casefold() for name in HABITS} | names(about)
    for word in sorted(known, key=len, reverse=True):
        plain = plain.replace(word, "")
    rest = unrepeated(without_runs(YEAR.sub("", plain)))
    return len(rest) < REST_MIN or len(set(rest)) < REST_MIN - 2


def names(about: Iterable[str]) -> set[str]:
    """Whole names and their parts, of three signs and more; Chinese names from two."""
    whole = {unicodedata.normalize("NFKC", name).casefold().strip() for name in about}
    parts = {part for name in whole for part in WORD.findall(name)}
    return {name for name in whole | parts if len(name) > 2 or (len(name) == 2 and name > "\u2e80")}


def without_runs(text: str) -> str:
    """abcd, 4321 and aaaa shrink to the sign they begin with."""
    steps = ((after, ord(after) - ord(before)) for before, after in pairwise(text))
    return text[:1] + "".join(sign for sign, step in steps if step not in {-1, 0, 1})


def unrepeated(text: str) -> str:
    """What is repeated to make length counts once."""
    for size in range(1, len(text) // 2 + 1):
        if text == (text[:size] * (len(text) // size + 1))[: len(text)]:
            return text[:size]
    return text
