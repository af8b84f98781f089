curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/projects/your-project-id/steps/S-4" \
  -H "Authorization: Bearer your-api-key"
