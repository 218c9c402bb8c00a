"""A browser as people name it, out of the long line with which it presents itself."""

import re

KINDS = {
    r"MicroMessenger/": "WeChat",
    r"Edg(e|A|iOS)?/": "Edge",
    r"HuaweiBrowser/": "HUAWEI Browser",
    r"QQBrowser/": "QQ Browser",
    r"UCBrowser/": "UC Browser",
    r"(Firefox|FxiOS)/": "Firefox",
    r"(Chrome|CriOS|Chromium)/": "Chrome",
    r"Safari/": "Safari",
}
MACHINES = {
    r"OpenHarmony|HarmonyOS": "HarmonyOS",
    r"iPhone": "iPhone",
    r"iPad": "iPad",
    r"Android": "Android",
    r"Windows": "Windows",
    r"Mac OS X": "macOS",
    r"Linux": "Linux",
}
"""In this order: each also claims to be some that stand below it."""


def named(browser: str) -> str:
    """Empty where nothing of it is known to us."""
    found = (first(browser, KINDS), first(browser, MACHINES))
    return " · ".join(name for name in found if name)


def first(browser: str, names: dict[str, str]) -> str | None:
    return next((name for sign, name in names.items() if re.search(sign, browser)), None)
