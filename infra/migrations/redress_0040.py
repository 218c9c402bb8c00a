from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0040"
VERSION = "1.38.0"
DESCRIPTION = "who is at a case now, and news of what changes"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
