curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/comments/cmt_01a2008b71a07f2ebe4265f046903171/read" \
  -H "Authorization: Bearer your-api-key"
