curl -sS --fail-with-body -X PATCH "https://api.buildrunner.com/api/projects/your-project-id/steps/S-4" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"labels":["auth"]}'
