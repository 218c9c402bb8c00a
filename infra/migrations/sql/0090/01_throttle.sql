-- The worker counts what it sends to each consumer (decision 0079), by keyed hashes alone.
grant select, insert, update on throttle to redress_worker;
