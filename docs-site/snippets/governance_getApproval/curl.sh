curl -sS --fail-with-body "https://api.buildrunner.com/api/approvals/apr_01a2008b71a07f2ebe4265f046903171" \
  -H "Authorization: Bearer your-api-key"
