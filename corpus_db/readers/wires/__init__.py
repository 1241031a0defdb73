"""Wires and collections of them: IPTC 7901, ANPA, Reuters-21578, <DOC> collections."""
