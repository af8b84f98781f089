br teams create "Back end" --slug backend
