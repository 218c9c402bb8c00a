"""Our cookies: bound to this host, out of reach for scripts, Secure wherever we speak https."""

from datetime import timedelta
from enum import StrEnum

from litestar.datastructures import Cookie

from infra.settings import Settings
from web.caller import Connection


class Jar(StrEnum):
    """Every cookie that we set."""

    SESSION = "session"
    SECOND_STEP = "second-step"
    DEVICE = "device"
    INVITATION = "invitation"
    GRANTS = "grants"
    ANONYMOUS = "anonymous"
    FLASH = "flash"
    LANGUAGE = "language"
    THEME = "theme"
    SIZE = "size"
    KEYS = "keys"


def settings_of(connection: Connection) -> Settings:
    settings: Settings = connection.app.state.settings
    return settings


def name_of(jar: Jar, *, secure: bool) -> str:
    """The prefix makes browsers refuse a cookie that another host or plain http tries to plant."""
    return f"__Host-{jar}" if secure else jar.value


def read(connection: Connection, jar: Jar) -> str:
    return connection.cookies.get(name_of(jar, secure=is_secure(settings_of(connection))), "")


def bake(settings: Settings, jar: Jar, value: str, *, lasts: timedelta | None = None) -> Cookie:
    """Without `lasts` it goes when the browser is closed."""
    secure = is_secure(settings)
    return Cookie(
        key=name_of(jar, secure=secure),
        value=value,
        max_age=int(lasts.total_seconds()) if lasts is not None else None,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def clear(settings: Settings, jar: Jar) -> Cookie:
    return bake(settings, jar, "", lasts=timedelta(0))


def is_secure(settings: Settings) -> bool:
    return not settings.development
