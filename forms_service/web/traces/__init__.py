"""What is refused leaves a trace: one discreet line in the log, and one in the access log of whoever was asked for."""
