br qa history --branch main
