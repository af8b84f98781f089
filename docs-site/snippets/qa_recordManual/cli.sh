br qa record T-12 C-2 --pass --note "Seen on staging."
