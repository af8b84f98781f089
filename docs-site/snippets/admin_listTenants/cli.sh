br admin tenants --search acme
