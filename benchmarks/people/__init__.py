"""Training, evaluation and word lists of the recogniser of persons."""
