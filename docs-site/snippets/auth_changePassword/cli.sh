br auth password
