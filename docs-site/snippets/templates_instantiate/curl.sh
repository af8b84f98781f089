curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/templates/instantiate" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"templates":["web-app","auth"],"values":{"name":"Shop","auth.secondFactor":false}}'
