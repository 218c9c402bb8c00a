-- 'look': nothing happened to the case, and yet its bells are due at other times than its clock believes.
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind in ('case', 'look', 'notice'));
