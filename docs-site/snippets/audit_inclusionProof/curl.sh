curl -sS --fail-with-body "https://api.buildrunner.com/api/audit/records/aud_01a2008b71a07f2ebe4265f046903171/proof?size=2" \
  -H "Authorization: Bearer your-api-key"
