curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/projects/your-project-id/microsteps/T-12" \
  -H "Authorization: Bearer your-api-key"
