curl -sS --fail-with-body "https://api.buildrunner.com/api/health"
