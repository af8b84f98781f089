curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/admin/impersonation/imp_01a2008b71a07f2ebe4265f046903171" \
  -H "Authorization: Bearer your-api-key"
