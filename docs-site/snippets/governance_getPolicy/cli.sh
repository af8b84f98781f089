br governance show --policy-version 2
