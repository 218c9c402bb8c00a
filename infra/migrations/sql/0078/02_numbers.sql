reset role;
set local role redress_searcher;

-- A number stands there as it is written and as one run: two texts, so that nothing is found across them.
update case_search set words = regexp_replace(words, '^( \d{4} \d+ )(\d+ \n)', E'\\1\n \\2');

set local role redress_owner;
