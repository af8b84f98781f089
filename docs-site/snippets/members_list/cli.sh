br members list --search ada
