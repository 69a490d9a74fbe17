"""After an event: closing it. Words: draft (what the managers prepare), record (what is published: the event's page
is it then), edition (one publication of it), outcome (of an objective: met, partly, not),
recording (one file with what was heard and seen)."""
