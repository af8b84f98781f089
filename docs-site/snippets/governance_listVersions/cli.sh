br governance history
