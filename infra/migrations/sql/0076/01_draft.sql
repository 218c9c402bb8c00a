-- Complaints that are still being written (decision 0067). No log-in may touch the table: it is reached through the
-- four functions of 02, by whoever holds the link. `hash` is a keyed hash of the link, `words` are sealed with a key
-- made from it, so that neither this table nor the keys of the product alone open a draft.
create table draft (
    tenant_id  uuid not null references tenant,
    hash       bytea not null check (length(hash) = 32),
    words      bytea not null check (length(words) <= 131072),
    expires_at timestamptz not null,
    primary key (tenant_id, hash)
);
create index on draft (tenant_id, expires_at);
call walls.tenant_table('draft');
grant select, insert, update, delete on draft to redress_definer;
