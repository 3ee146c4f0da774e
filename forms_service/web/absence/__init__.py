"""«Fravær»: when somebody is away, who stands in, and what waits for her meanwhile."""
