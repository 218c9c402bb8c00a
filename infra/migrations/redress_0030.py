from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0030"
VERSION = "1.38.0"
DESCRIPTION = "the search: words of each case behind one function, which knows the tenant"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
