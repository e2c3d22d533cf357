// DRBDSyntax
