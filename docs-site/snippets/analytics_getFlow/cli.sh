br analytics flow
br analytics ageing
br analytics burnup
