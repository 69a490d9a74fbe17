"""What the network asks for, and what becomes of it. Words: request ("we need …"), voice (a municipality seconds a
request; each has one), decision (answered with a link, scheduled into an event, declined, or made one with another)."""
