br plan timeline --server --level step
