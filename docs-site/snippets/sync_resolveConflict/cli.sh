br conflicts resolve T-12 --keep local
