br logout
