from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0078"
VERSION = "1.38.0"
DESCRIPTION = "words of middling frequency are found at once"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
