curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/webhooks/whk_01a2008b71a07f2ebe4265f046903171/test" \
  -H "Authorization: Bearer your-api-key"
