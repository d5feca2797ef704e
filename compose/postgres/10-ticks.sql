-- The sample workers' sink: a database of its own, so that nothing of theirs stands among Weir's tables.
CREATE DATABASE ticks;
