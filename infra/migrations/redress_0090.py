from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0090"
VERSION = "1.38.0"
DESCRIPTION = "the worker counts messages"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
