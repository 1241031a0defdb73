"""Records: tables and JSON, one article a row or object, whatever its fields are called."""
