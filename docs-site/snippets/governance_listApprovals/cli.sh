br governance approvals
