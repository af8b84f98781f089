br teams list --search front
