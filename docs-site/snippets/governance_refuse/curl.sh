curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/approvals/apr_01a2008b71a07f2ebe4265f046903171/refuse" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"comment":"The guide is missing"}'
