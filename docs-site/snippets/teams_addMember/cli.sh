br teams add frontend grace@example.com
