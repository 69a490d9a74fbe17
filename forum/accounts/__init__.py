"""An account as a whole: everything that is held of a person, given out to them, erased when they ask for it, or made
over to another account of theirs."""
