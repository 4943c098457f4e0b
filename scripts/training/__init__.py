"""Training of the shipped English pipeline: from raw data to the directory `kg/data/pipeline`. Needs torch; users never do."""
