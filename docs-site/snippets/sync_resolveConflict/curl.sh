curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/conflicts/cfl_01a2008b71a07f2ebe4265f046903171/resolve" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"strategy":"keep_local"}'
