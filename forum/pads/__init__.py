"""Notes that people take together. Words: pad (the notes of a subject, one for each event), pen (who has it writes: one
at a time), lease (how long it is theirs without a sign of them), version (what the pad said at a time)."""
