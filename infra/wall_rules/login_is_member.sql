-- A log-in that can become somebody else.
select member.rolname || ' in ' || granted.rolname
from pg_auth_members m
join pg_roles member on member.oid = m.member
join pg_roles granted on granted.oid = m.roleid
where member.rolcanlogin and member.rolname ~ '^redress_'
