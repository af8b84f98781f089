curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/webhooks/whk_01a2008b71a07f2ebe4265f046903171/deliveries/replay" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"since":"2026-11-20T00:00:00Z"}'
