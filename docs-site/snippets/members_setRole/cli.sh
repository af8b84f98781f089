br members role grace@example.com TenantAdmin
