br governance simulate --since 2026-10-01T00:00:00Z
