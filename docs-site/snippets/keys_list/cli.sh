br keys list
