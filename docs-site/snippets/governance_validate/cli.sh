br governance validate
