"""What Piccolo's migration runner looks for: an engine for migrations only, and where they lie."""

from contextvars import ContextVar
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.conf.apps import AppConfig, AppRegistry

from infra.engine import UnconnectedEngine

FOLDER = Path(__file__).parent / "migrations"
MIGRATING: ContextVar[asyncpg.Connection] = ContextVar("redress_migrating")


class MigrationEngine(UnconnectedEngine):
    """Runs on the one connection that holds the migration lock."""

    async def get_new_connection(self) -> asyncpg.Connection:
        return MIGRATING.get()


DB = MigrationEngine()
APP_CONFIG = AppConfig(app_name="redress", migrations_folder_path=FOLDER)
APP_REGISTRY = AppRegistry(apps=["infra.piccolo_conf"])


def sql_migration(number: str, description: str) -> MigrationManager:
    """The hand-written SQL of one migration, file after file, in the transaction of the run."""
    manager = MigrationManager(migration_id=number, app_name="redress", description=description)

    async def run() -> None:
        for file in sorted((FOLDER / "sql" / number).glob("*.sql")):
            await MIGRATING.get().execute(file.read_text(encoding="utf-8"))

    manager.add_raw(run)
    return manager
