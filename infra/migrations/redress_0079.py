from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0079"
VERSION = "1.38.0"
DESCRIPTION = "a clock is told to look again"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
