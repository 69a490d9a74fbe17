"""Spaces: who may see what. Words: space (every topic has one), kind (public, members, participants, staff, private),
membership (a row that opens a private or participants' space). The one visibility door is here."""
