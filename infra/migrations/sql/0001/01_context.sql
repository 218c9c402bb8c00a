-- Who is asking: four settings that live as long as one transaction.
-- After a transaction such a setting is '' and not null on that connection, hence the nullif.

create function cur_tenant() returns uuid language sql stable parallel safe
    return nullif(current_setting('app.tenant_id', true), '')::uuid;

create function cur_case() returns uuid language sql stable parallel safe
    return nullif(current_setting('app.case', true), '')::uuid;

create function cur_role() returns text language sql stable parallel safe
    return coalesce(current_setting('app.role', true), '');

create function on_platform() returns boolean language sql stable parallel safe
    return coalesce(current_setting('app.platform', true), '') = 'yes';

-- A consumer or merchant came by a link and sees one case. The public log-in sees none at all: it only files.
create function by_link() returns boolean language sql stable parallel safe
    return cur_role() in ('consumer', 'merchant') and session_user <> 'redress_public';

create function within_case(bound uuid) returns boolean language sql stable parallel safe
    return coalesce(bound = cur_case(), not by_link());

-- Business time is the clock plus the tenant's offset; now() would stand still while we waited for a row.
create function clock(out real_now timestamptz, out business_now timestamptz)
    language plpgsql volatile as $$
begin
    real_now := clock_timestamp();
    business_now := real_now + coalesce(
        (select clock_offset from tenant where tenant_id = cur_tenant()), interval '0');
end $$;

create function enter(
    tenant uuid, actor text, role text, case_id uuid, out real_now timestamptz, out business_now timestamptz
) language plpgsql volatile as $$
begin
    perform set_config('app.tenant_id', tenant::text, true), set_config('app.actor', actor, true),
        set_config('app.role', role, true), set_config('app.case', coalesce(case_id::text, ''), true);
    select c.real_now, c.business_now into real_now, business_now from clock() c;
end $$;

create function enter_platform(out real_now timestamptz, out business_now timestamptz)
    language plpgsql volatile as $$
begin
    perform set_config('app.platform', 'yes', true);
    real_now := clock_timestamp();
    business_now := real_now;
end $$;
