br admin tenant acme --tier enterprise --extra-seats 10
