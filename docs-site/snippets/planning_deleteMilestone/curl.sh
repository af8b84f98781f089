curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/projects/your-project-id/milestones/M-2" \
  -H "Authorization: Bearer your-api-key"
