curl -sS --fail-with-body "https://api.buildrunner.com/api/audit/consistency-proof?from=1&to=2" \
  -H "Authorization: Bearer your-api-key"
