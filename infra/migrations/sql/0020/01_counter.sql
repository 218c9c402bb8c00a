-- `redress verify` compares the numbers given with the counter; only the definer's function moves it.
grant select on case_counter to redress_worker;
