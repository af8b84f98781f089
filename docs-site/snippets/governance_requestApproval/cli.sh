br governance request T-12 --status done --reason "Reviewed with Ben"
