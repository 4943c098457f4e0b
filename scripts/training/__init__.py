"""Training of the shipped English pipeline, from raw data to `kg/data/pipeline`. Needs torch; users never do."""
