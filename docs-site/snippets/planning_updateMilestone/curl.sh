curl -sS --fail-with-body -X PATCH "https://api.buildrunner.com/api/projects/your-project-id/milestones/M-2" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"due_date":"2027-01-31"}'
