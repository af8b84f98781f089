curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/microsteps/T-12/move" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"parent":"S-4"}'
