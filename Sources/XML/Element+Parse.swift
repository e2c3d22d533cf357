// here: parsing through libxml2
