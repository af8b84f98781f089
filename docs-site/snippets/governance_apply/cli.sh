br governance apply --reason "We begin without rules"
