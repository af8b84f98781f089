br admin impersonations
