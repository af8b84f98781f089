br teams remove frontend grace@example.com --yes
