br template list --source built-in
