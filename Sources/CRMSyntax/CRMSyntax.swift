// CRMSyntax
