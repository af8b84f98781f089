br governance explain T-12 --status done
