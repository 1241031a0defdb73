"""What measures, builds and trains: nothing here is needed at run time."""
