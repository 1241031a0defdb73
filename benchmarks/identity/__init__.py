"""Identity: how well the mentions of one person are told to be one person's."""
