curl -sS --fail-with-body -X PUT "https://api.buildrunner.com/api/projects/your-project-id/microsteps/T-12/status" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"status":"done"}'
