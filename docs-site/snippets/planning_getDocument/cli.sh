br plan export --format json
