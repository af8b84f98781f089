br auth sign-up --email ada@example.com --name "Ada Lovelace" --organisation "Analytical Engines"
