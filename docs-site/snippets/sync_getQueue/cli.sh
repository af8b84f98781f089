br queue status
