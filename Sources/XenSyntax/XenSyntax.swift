// XenSyntax
