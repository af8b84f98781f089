br analytics
br analytics ageing
br analytics burnup
