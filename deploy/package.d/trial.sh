check_package() { :; }
