"""Plain text: one article a file, several pasted together, or with front matter."""
