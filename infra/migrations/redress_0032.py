from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0032"
VERSION = "1.38.0"
DESCRIPTION = "the queue is read in the order of its indexes, however long it is"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
