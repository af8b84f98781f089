br governance diff 1 2
