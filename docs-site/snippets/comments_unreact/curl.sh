curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/comments/cmt_01a2008b71a07f2ebe4265f046903171/reactions/%F0%9F%8E%89" \
  -H "Authorization: Bearer your-api-key"
