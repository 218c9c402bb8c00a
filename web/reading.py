"""What people mean by what they type: days, sums, phones and names as they are written in China.

Pure functions; each answers None for what cannot be meant."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

YEARS = range(1990, 2101)
MONEY_MAX = Decimal("99999999.99")
DOTS = dict.fromkeys(map(ord, "•‧∙・･⋅᛫"), "·")
"""What stands for the dot in 买买提·吐尔逊 on the keyboards of the world."""

WITH_YEAR = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))"
)
WITHOUT_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?|(\d{1,2})[./-](\d{1,2})")
MONEY = re.compile(
    r"(?:¥|￥|rmb|cny)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,4})?(万)?(?:元整?|块|圆|rmb|cny)?"
)
WHOLE_NUMBER = re.compile(r"\d{1,9}")
PHONE_SIGNS = re.compile(r"[\s().\-–—_/]")
EXTENDED = re.compile(r"(.{7,}?)\s*(?:转|分机|ext\.?|x|#|[-–—])\s*(\d{1,6})")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})(\d{7,8})")
LOCAL = re.compile(r"[2-9]\d{6,7}")
SERVICE = re.compile(r"[48]00\d{7}|95\d{3,6}|96\d{3,6}|12\d{3}")
ABROAD = re.compile(r"\+(?:852[2-9]\d{7}|853[26]\d{7}|886[2-9]\d{7,8}|(?!86|852|853|886)\d{7,15})")


def plain(text: str) -> str:
    """Full-width digits, letters and signs become the usual ones."""
    return unicodedata.normalize("NFKC", text).strip()


def day(text: str, *, today: date, ahead: bool = False) -> date | None:
    """Without a year, the nearest such day behind us; `ahead` of us where a plan is asked for."""
    typed = re.sub(r"\s", "", plain(text))
    if found := WITH_YEAR.fullmatch(typed):
        year, month, number = (int(part) for part in found.groups() if part)
        return real_day(year, month, number)
    if found := WITHOUT_YEAR.fullmatch(typed):
        month, number = (int(part) for part in found.groups() if part)
        return nearest(month, number, today=today, ahead=ahead)
    return None


def nearest(month: int, number: int, *, today: date, ahead: bool) -> date | None:
    years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)
    days = (real_day(year, month, number) for year in years)
    return next((d for d in days if d and (d >= today if ahead else d <= today)), None)


def real_day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if year in YEARS else None
    except ValueError:
        return None


def money(text: str) -> Decimal | None:
    """1286 · 1,286.50 · ¥1286 · 1286元 · 1.2万; never less than nothing, cents at the finest."""
    found = MONEY.fullmatch(re.sub(r"\s", "", plain(text)).lower())
    if not found:
        return None
    whole, cents, myriad = found.groups()
    try:
        amount = Decimal(whole.replace(",", "") + (cents or "")) * (10_000 if myriad else 1)
        exact = amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return exact if exact == amount and exact <= MONEY_MAX else None


def number(text: str) -> int | None:
    found = WHOLE_NUMBER.fullmatch(plain(text))
    return int(found[0]) if found else None


def phone(text: str) -> str | None:
    """A mainland number as it is dialled there, any other with + and its country."""
    typed = plain(text).lower()
    if found := dialled(typed):
        return found
    extended = EXTENDED.fullmatch(typed)
    found = dialled(extended[1]) if extended else None
    return f"{found}-{extended[2]}" if extended and found else None


def dialled(typed: str) -> str | None:
    """+86 falls away, and a landline behind it gets its 0 back."""
    bare = re.sub(r"^00", "+", PHONE_SIGNS.sub("", typed))
    home = re.sub(r"^(?:\+86|86(?=1[3-9]\d{9}$))0?(?=\d)", "", bare)
    if home == bare:
        return at_home(bare) or (bare if ABROAD.fullmatch(bare) else None)
    return at_home(home) or at_home(f"0{home}")


def at_home(digits: str) -> str | None:
    if not digits.isascii() or not digits.isdigit():
        return None
    if found := LANDLINE.fullmatch(digits):
        return f"{found[1]}-{found[2]}"
    fits = MOBILE.fullmatch(digits) or SERVICE.fullmatch(digits) or LOCAL.fullmatch(digits)
    return digits if fits else None


def name(text: str) -> str:
    """One field for any name of any people; look-alikes of the middle dot become the dot."""
    return " ".join(unicodedata.normalize("NFC", text).translate(DOTS).split())
