curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/steps/S-4/move" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"parent":"M-1"}'
