"""Base 32 that survives being read aloud: no I, L, O, U; case and dashes do not matter."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
MISREAD = str.maketrans("ILO", "110", "- ")


def encode(raw: bytes, symbols: int) -> str:
    """The first bits of these bytes, five to a symbol."""
    spare = len(raw) * 8 - symbols * BITS
    assert spare >= 0, "too few bytes for that many symbols"
    number = int.from_bytes(raw, "big") >> spare
    shifts = range((symbols - 1) * BITS, -1, -BITS)
    return "".join(ALPHABET[number >> shift & 31] for shift in shifts)


def random(symbols: int) -> str:
    return encode(secrets.token_bytes((symbols * BITS + 7) // 8), symbols)


def read(typed: str, symbols: int) -> str | None:
    """What was meant, or None if it cannot be one of ours."""
    if len(typed) > 4 * symbols:
        return None
    meant = typed.strip().upper().translate(MISREAD)
    fits = len(meant) == symbols and set(meant) <= set(ALPHABET)
    return meant if fits else None
