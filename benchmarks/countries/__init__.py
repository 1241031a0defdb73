"""Builds the gazetteer, trains the models and measures the finding of countries and places."""
