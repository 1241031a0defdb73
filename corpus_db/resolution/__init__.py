"""From names in texts to persons: within one article (`within`), then across the corpus (`across`)."""
