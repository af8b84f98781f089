curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/steps" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"key":"S-4","parent":"M-2","title":"Sign-in"}'
