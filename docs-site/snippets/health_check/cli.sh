br health check
