br notifications watch T-12
