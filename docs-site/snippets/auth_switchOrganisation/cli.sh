br auth switch analytical-engines
