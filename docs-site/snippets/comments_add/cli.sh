br comments add T-12 "Great work @johndoe! @role:QA please review."
