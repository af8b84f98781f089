curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/microsteps" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"key":"T-12","parent":"S-4","title":"Write the guide","estimate":{"hours":4}}'
