br notifications watch T-12 --off
