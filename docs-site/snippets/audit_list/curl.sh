curl -sS --fail-with-body "https://api.buildrunner.com/api/audit/records?action=member&from=2026-11-01T00%3A00%3A00.000Z" \
  -H "Authorization: Bearer your-api-key"
