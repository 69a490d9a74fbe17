"""Files that members send: pictures and documents.

An *upload* belongs to its owner alone until something uses it. A *use* ties it to a subject (a post, a member's photo);
what may be seen of the subject decides who may have the file. `rules.SUBJECTS` says so for each kind of subject.
"""
