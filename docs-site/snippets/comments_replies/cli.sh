br comments list
