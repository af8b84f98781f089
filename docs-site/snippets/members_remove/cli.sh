br members remove grace@example.com --yes
