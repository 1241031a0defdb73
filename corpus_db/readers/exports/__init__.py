"""Exports of news archives and databases: Nexis, Factiva, ProQuest, Europresse, RIS."""
