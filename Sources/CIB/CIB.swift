// CIB
