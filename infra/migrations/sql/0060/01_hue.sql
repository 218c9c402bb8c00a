-- An association's colour is a cool one: warm pigments say what is due or late. Nobody saw a hue
-- before, so those outside, and the old default, become ours. The owner is behind the walls as well.
alter table tenant no force row level security;
update tenant set hue = 222 where hue = 210 or hue not between 170 and 300;
alter table tenant force row level security;

alter table tenant
    alter hue set default 222,
    drop constraint tenant_hue_check,
    add constraint tenant_hue_check check (hue between 170 and 300);
