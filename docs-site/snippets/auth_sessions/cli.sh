br auth sessions
