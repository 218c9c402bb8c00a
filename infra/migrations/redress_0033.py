from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0033"
VERSION = "1.38.0"
DESCRIPTION = (
    "an entry of the small chain costs one statement, and readers do not wait for the disk"
)


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
