curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/templates/spike/0.9.0/deprecate" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"reason":"Use 1.0.0: it has criteria."}'
