"""What every answer of ours tells the browser, whoever made it; an answer's own words win."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from infra.settings import Settings
from services.wording.language import Language

Headers = Iterable[tuple[bytes, bytes]]


def policy(files_url: str | None) -> str:
    """Everything from here, nothing inline, nothing framed."""
    files = f" {origin(files_url)}" if files_url else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self'{files}",
            f"media-src 'self'{files}",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def common(settings: Settings) -> tuple[tuple[bytes, bytes], ...]:
    told = {
        "content-security-policy": policy(settings.files_url),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    }
    if not settings.development:
        told["strict-transport-security"] = "max-age=63072000"
    return tuple((name.encode(), value.encode()) for name, value in told.items())


def of_pages(language: Language) -> tuple[tuple[bytes, bytes], ...]:
    """Pages are about somebody: no cache may keep them and no search engine list them."""
    return (
        (b"cache-control", b"no-store"),
        (b"x-robots-tag", b"noindex, nofollow, noarchive"),
        (b"content-language", language.tag.encode()),
        (b"vary", b"Accept-Language, Cookie, HX-Request"),
    )


def completed(given: Headers, added: Headers) -> list[tuple[bytes, bytes]]:
    headers = list(given)
    present = {name.lower() for name, _value in headers}
    return headers + [(name, value) for name, value in added if name not in present]
