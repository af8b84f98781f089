br comments list T-12
