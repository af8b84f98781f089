br analytics history T-12
