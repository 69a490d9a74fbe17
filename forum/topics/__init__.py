"""Topics: what people talk about. Words: topic, post (the first one opens the topic, the others are replies), number (a
post's place in its topic, never given twice), change (counts everything that happened to a topic), read mark (the last
number that a member has read), fragment (a post as HTML, the same for every viewer)."""
