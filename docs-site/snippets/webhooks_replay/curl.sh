curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/deliveries/dlv_01a2008b71a07f2ebe4265f046903171/replay" \
  -H "Authorization: Bearer your-api-key"
