br login --email ada@example.com
