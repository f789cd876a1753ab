"""What is fixed about checks: bands and clocks, states and whose turn it is, what counts as asked twice."""
