br qa history T-12
