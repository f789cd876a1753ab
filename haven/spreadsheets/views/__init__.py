"""The pages of bringing in and taking away, one module per noun."""
