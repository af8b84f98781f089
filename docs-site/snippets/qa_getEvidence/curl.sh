curl -sS --fail-with-body "https://api.buildrunner.com/api/qa/evidence/evd_01a2008b71a07f2ebe4265f046903172" \
  -H "Authorization: Bearer your-api-key"
