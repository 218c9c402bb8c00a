-- One entry more on the small chain of the tenant, sealed as services/audit/chain.py checks it: `sealed` is what
-- stands in the canonical text between the actor and the seal of the entry before. Every statement of it sees what
-- was committed before it began, so the head is read behind the lock. The next entry waits for this one's commit;
-- whoever has only been reading does not hold the others up until the disk has it too (decision 0032).
create function append_audit(moment timestamptz, kind text, body jsonb, sealed text, by_whom text, reading boolean)
    returns bigint
    language plpgsql volatile as $$
declare
    house constant uuid := cur_tenant();
    who   constant text := coalesce(by_whom, current_setting('app.actor'));
    place bigint;
    last  bytea;
begin
    if reading and pg_current_xact_id_if_assigned() is null then
        perform set_config('synchronous_commit', 'off', true);
    end if;
    perform pg_advisory_xact_lock(hashtextextended('audit/' || house, 0));
    select e.seq, e.hash into place, last
        from audit_entry e where e.tenant_id = house order by e.seq desc limit 1;
    place := coalesce(place, 0) + 1;
    last := coalesce(last, decode(repeat('00', 32), 'hex'));
    insert into audit_entry (tenant_id, seq, at, actor, kind, body, prev_hash, hash)
        values (house, place, moment, who, append_audit.kind, append_audit.body, last, sha256(convert_to(
            '{"actor":' || to_json(who) || sealed || encode(last, 'hex')
            || '","seq":' || place || ',"tenant":"' || house || '"}', 'UTF8')));
    return place;
end $$;
revoke execute on function append_audit(timestamptz, text, jsonb, text, text, boolean) from public;
grant execute on function append_audit(timestamptz, text, jsonb, text, text, boolean)
    to redress_app, redress_worker;
